using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Stations;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Operation.Union;

namespace AlertDavao.Tests.Domain.Stations;

/// <summary>The router on the city's own boundaries.</summary>
public sealed class DavaoRoutingTests
{
    private const int RandomPointsPerBarangay = 20;

    // One metre in degrees of latitude.
    private const double Metre = 1 / 111_320.0;

    public static TheoryData<string> EveryPsgc() => new(Seeds.Barangays.Select(barangay => barangay.Psgc));

    [Fact]
    public void The_city_has_182_barangays()
        => Seeds.Map.Count.Should().Be(182);

    [Fact]
    public void The_codes_of_the_barangays_are_unique()
        => Seeds.Barangays.Select(barangay => barangay.Psgc).Should().OnlyHaveUniqueItems();

    [Fact]
    public void There_are_20_stations_and_no_PS14()
        => Seeds.StationCodes.Should().BeEquivalentTo(
            [.. Enumerable.Range(1, 20).Where(number => number != 14).Select(number => $"PS{number}"), "CYBER"]);

    [Fact]
    public void Every_numbered_station_has_a_barangay_and_no_barangay_another_station()
        => Seeds.Barangays.Select(barangay => barangay.StationCode).Distinct().Should()
            .BeEquivalentTo(Seeds.StationCodes.Where(code => code != LogCode.Cyber));

    [Theory]
    [MemberData(nameof(EveryPsgc))]
    public void A_point_inside_a_barangay_goes_to_its_station(string psgc)
    {
        var barangay = Seeds.Barangays.Single(one => one.Psgc == psgc);

        var routes = PointsInside(barangay).Select(point => Seeds.Router.Route(["Theft"], point.Y, point.X)).ToList();

        routes.Should().HaveCountGreaterThan(RandomPointsPerBarangay).And.OnlyContain(route =>
            route.Log == barangay.StationCode && route.Rule == RouteRule.Boundary && route.Barangay!.Psgc == psgc);
    }

    [Fact]
    public void The_7212_incidents_go_where_the_data_says()
    {
        var incidents = Seeds.Incidents().ToList();

        var mismatches = incidents.Where(incident =>
        {
            var route = Seeds.Router.Route(incident.Types, incident.Latitude, incident.Longitude);
            return route.Log != incident.RoutedStation || route.Barangay?.Psgc != incident.Psgc;
        });

        incidents.Should().HaveCount(7_212);
        mismatches.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Eden", "PS19")]
    [InlineData("Los Amigos", "PS20")]
    public void A_station_is_known_by_its_code_and_not_by_the_order_of_its_row(string name, string station)
    {
        var inside = Seeds.Barangays.Single(barangay => barangay.Name == name).Boundary.InteriorPoint;

        Seeds.Router.Route(["Theft"], inside.Y, inside.X).Log.Should().Be(station);
    }

    [Fact]
    public void The_middle_of_a_border_belongs_to_one_of_the_two_neighbours()
    {
        var borders = Seeds.Barangays.SelectMany(Edges).GroupBy(edge => edge.Line)
            .Where(edge => edge.Count() == 2)
            .ToDictionary(edge => edge.Key, edge => edge.Select(side => side.Psgc).ToArray());

        var astray = borders.Where(border =>
        {
            var middle = border.Key.MidPoint;
            return !border.Value.Contains(Seeds.Map.Find(new GeoPoint(middle.Y, middle.X))?.Psgc);
        });

        borders.Should().HaveCountGreaterThan(1_000);
        astray.Should().BeEmpty();
    }

    [Fact]
    public void A_shared_corner_goes_to_the_lowest_psgc_around_it()
    {
        var corners = Seeds.Barangays
            .SelectMany(barangay => barangay.Boundary.Coordinates.Distinct().Select(corner => (corner, barangay.Psgc)))
            .GroupBy(corner => corner.corner, corner => corner.Psgc)
            .Where(corner => corner.Count() > 2)
            .ToList();

        var astray = corners.Where(corner =>
            Seeds.Map.Find(new GeoPoint(corner.Key.Y, corner.Key.X))?.Psgc != corner.Min(StringComparer.Ordinal));

        corners.Should().HaveCountGreaterThan(100);
        astray.Should().BeEmpty();
    }

    [Fact]
    public void A_point_a_metre_outside_the_city_is_unrouted_and_never_goes_to_the_nearest_station()
    {
        var city = UnaryUnionOp.Union(Seeds.Barangays.Select(barangay => barangay.Boundary));
        var land = PreparedGeometryFactory.Prepare(city);
        var outside = CityEdges(city)
            .SelectMany(BothSides)
            .Where(point => !land.Intersects(new Point(point)))
            .ToList();

        var routes = outside.Select(point => Seeds.Router.Route(["Theft"], point.Y, point.X));

        outside.Should().HaveCountGreaterThan(500);
        routes.Should().OnlyContain(route => route.IsUnrouted && route.Rule == RouteRule.OutsideCity && route.Barangay == null);
    }

    [Fact]
    public void Many_threads_on_a_fresh_map_get_the_answers_of_one()
    {
        var points = Seeds.Incidents().Take(2_000).Select(one => new GeoPoint(one.Latitude, one.Longitude)).ToArray();
        var expected = points.Select(point => Seeds.Map.Find(point)?.Psgc).ToArray();
        var fresh = new BarangayMap("fresh", Seeds.Barangays);

        var wrong = ParallelEnumerable.Range(0, 8 * points.Length).WithDegreeOfParallelism(16)
            .Count(at => fresh.Find(points[at % points.Length])?.Psgc != expected[at % points.Length]);

        wrong.Should().Be(0);
    }

    private static IEnumerable<Coordinate> PointsInside(Barangay barangay)
    {
        var shape = PreparedGeometryFactory.Prepare(barangay.Boundary);
        var box = barangay.Boundary.EnvelopeInternal;
        var random = new Random(20_240_607);
        var candidates = Enumerable.Range(0, 10_000).Select(_ => new Coordinate(
            box.MinX + (random.NextDouble() * box.Width), box.MinY + (random.NextDouble() * box.Height)));
        var parts = Enumerable.Range(0, barangay.Boundary.NumGeometries).Select(barangay.Boundary.GetGeometryN);
        return candidates.Where(point => shape.ContainsProperly(new Point(point))).Take(RandomPointsPerBarangay)
            .Concat(parts.Select(part => part.InteriorPoint.Coordinate));
    }

    private static IEnumerable<(LineSegment Line, string Psgc)> Edges(Barangay barangay)
    {
        foreach (var edge in Segments(barangay.Boundary))
        {
            edge.Normalize();
            yield return (edge, barangay.Psgc);
        }
    }

    private static IEnumerable<LineSegment> Segments(Geometry shape)
        => NetTopologySuite.Geometries.Utilities.LinearComponentExtracter.GetLines(shape)
            .SelectMany(line => line.Coordinates.Zip(line.Coordinates.Skip(1), (from, to) => new LineSegment(from, to)));

    private static IEnumerable<LineSegment> CityEdges(Geometry city)
        => Segments(city).Where(edge => edge.Length > 4 * Metre);

    private static IEnumerable<Coordinate> BothSides(LineSegment edge)
        => [edge.PointAlongOffset(0.5, Metre), edge.PointAlongOffset(0.5, -Metre)];
}
