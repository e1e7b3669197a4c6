using AlertDavao.Domain;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Stations;
using NetTopologySuite.Coverage;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace AlertDavao.Tests.Domain.Stations;

/// <summary>The city as it is planned: on a small drawn map, and on the real one.</summary>
public sealed class CityPlanTests
{
    private static readonly Barangay West = Drawn("1001", "PS1", "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))");
    private static readonly Barangay East = Drawn("1002", "PS2", "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))");
    private static readonly Barangay Far = Drawn("1003", "PS2", "POLYGON ((40 0, 50 0, 50 10, 40 10, 40 0))");

    private static readonly CityPlan Before = new(
        [new("PS1", "Police Station 1", "One"), new("PS2", "Police Station 2", "Two"), new("CYBER", "Cybercrime Division", "Cyber")], [West, East, Far]);

    [Fact]
    public void A_station_is_added_and_gets_barangays_and_what_no_step_changed_stays_the_same()
    {
        var plan = Before.After(Station("PS14")).After(new GiveBarangays("PS14", ["1002"]));

        plan.Stations.Keys.Should().BeEquivalentTo("PS1", "PS2", "CYBER", "PS14");
        RouteOf(plan, 5, 15).Should().Be("PS14");
        RouteOf(plan, 5, 5).Should().Be("PS1");
        plan.Barangays["1001"].Should().BeSameAs(West);
        plan.Barangays["1002"].Boundary.Should().BeSameAs(East.Boundary);
        Before.Barangays["1002"].StationCode.Should().Be("PS2", "a plan touches nothing that it began with");
    }

    [Fact]
    public void A_station_there_is_is_called_otherwise_and_keeps_its_ground()
    {
        var plan = Before.After(Station("PS2") with { ShortName = "New name", Latitude = 7, Longitude = 125 });

        plan.Stations["PS2"].Should().BeEquivalentTo(new { ShortName = "New name", Latitude = 7.0, Longitude = 125.0 });
        RouteOf(plan, 5, 15).Should().Be("PS2");
    }

    [Theory]
    [InlineData("")]
    [InlineData("PS0")]
    [InlineData("PS100")]
    [InlineData("ps14")]
    [InlineData("CITY")]
    [InlineData("PS14\n")]
    [InlineData("<b>")]
    public void A_new_code_is_PS_and_a_number(string code) => Refused("Plan.Code", Station(code));

    [Fact]
    public void A_station_without_a_good_name_or_place_is_none()
    {
        Refused("Plan.Name", Station("PS14") with { Name = " " });
        Refused("Plan.Name", Station("PS14") with { ShortName = new string('x', CityPlan.MaxShortName + 1) });
        Refused("Plan.Name", Station("PS14") with { Name = "Two\nlines" });
        Refused("Plan.TooLong", Station("PS14") with { Address = new string('x', CityPlan.MaxAddress + 1) });
        Refused("Plan.TooLong", Station("PS14") with { ContactNumbers = new string('1', CityPlan.MaxNumbers + 1) });
        Refused("Plan.Place", Station("PS14") with { Latitude = 7 });
        Refused("Plan.Place", Station("PS14") with { Latitude = 91, Longitude = 125 });
    }

    [Fact]
    public void Barangays_there_are_go_to_stations_that_serve_ground()
    {
        Refused("Plan.NoSuchStation", new GiveBarangays("PS3", ["1001"]));
        Refused("Plan.NoSuchStation", new GiveBarangays("CYBER", ["1001"]));
        Refused("Plan.NoSuchStation", new GiveBarangays(LogCode.City, ["1001"]));
        Refused("Plan.NoBarangay", new GiveBarangays("PS1", []));
        Refused("Plan.NoSuchBarangay", new GiveBarangays("PS1", ["1001", "9999"]));
    }

    [Fact]
    public void A_border_that_moves_leaves_no_gap_and_no_overlap()
    {
        // A third of the east goes west, with ground that was nobody's.
        var plan = Before.After(new MoveGround("1001", [new(-1, 9), new(-1, 13), new(11, 13), new(11, 9)]));

        RouteOf(plan, 5, 12).Should().Be("PS1");
        RouteOf(plan, 5, 14).Should().Be("PS2");
        RouteOf(plan, -0.5, 11).Should().Be("PS1", "what was nobody's may be given as well");
        var (west, east) = (plan.Barangays["1001"].Boundary, plan.Barangays["1002"].Boundary);
        west.Intersection(east).Area.Should().Be(0);
        west.Union(east).Contains(West.Boundary.Union(East.Boundary)).Should().BeTrue();
        (west.Area + east.Area).Should().BeApproximately(200 + (2 * 4), 1e-9);
        plan.Barangays["1003"].Should().BeSameAs(Far);
    }

    [Fact]
    public void A_piece_that_is_none_or_moves_nothing_or_takes_all_is_refused()
    {
        Refused("Plan.NoSuchBarangay", new MoveGround("9999", Square(5, 5, 2)));
        Refused("Plan.NoPiece", new MoveGround("1001", [new(0, 0), new(1, 1)]));
        Refused("Plan.NoPiece", new MoveGround("1001", [new(0, 0), new(1, 1), new(2, 2)]));
        Refused("Plan.NoPiece", new MoveGround("1001", [new(0, 0), new(4, 4), new(0, 4), new(4, 0)]));
        Refused("Plan.NoPiece", new MoveGround("1001", [new(0, 0), new(0, 91), new(91, 0)]));
        Refused("Plan.NoPiece", new MoveGround("1001", [new(5, 5), new(5, 5), new(5, 5)]));
        Refused("Plan.NoPiece", new MoveGround("1001", [.. Enumerable.Repeat(new GeoPoint(1, 1), Ground.MaxCorners + 1)]));
        Refused("Plan.NotBeside", new MoveGround("1001", Square(5, 45, 2)));
        Refused("Plan.ItsOwn", new MoveGround("1001", Square(5, 5, 2)));
        Refused("Plan.NothingLeft", new MoveGround("1001", [new(-1, 5), new(-1, 21), new(11, 21), new(11, 5)]));
    }

    [Fact]
    [Trait("catalogue", "O9")]
    public void On_the_real_map_three_hundred_pieces_in_a_row_leave_every_place_in_exactly_one_barangay()
    {
        var plan = new CityPlan(Seeds.StationCodes.Select(code => new Station(code, code, code)), Seeds.Barangays);
        var land = Seeds.Barangays.Sum(barangay => barangay.Boundary.Area);
        var random = new Random(8);
        var taken = 0;
        for (var at = 0; at < 300; at++)
        {
            // A triangle around a corner of somebody's border, as large as a city block or a village.
            var taker = Seeds.Barangays[random.Next(Seeds.Barangays.Count)];
            var corner = taker.Boundary.Coordinates[random.Next(taker.Boundary.NumPoints)];
            var size = random.NextDouble() < 0.5 ? 0.0005 : 0.01;
            GeoPoint[] piece = [.. Enumerable.Range(0, 3).Select(side => (side + random.NextDouble() / 2) * 2.1)
                .Select(angle => new GeoPoint(corner.Y + (size * Math.Sin(angle)), corner.X + (size * Math.Cos(angle))))];
            try
            {
                plan = plan.After(new MoveGround(taker.Psgc, piece));
                taken++;
            }
            catch (DomainRuleViolated refused) when (refused.Rule is "Plan.ItsOwn" or "Plan.NotBeside" or "Plan.NothingLeft")
            {
                // A corner that an earlier piece has moved.
            }
        }

        taken.Should().BeGreaterThan(200);
        Geometry[] areas = [.. plan.Barangays.Values.Select(barangay => barangay.Boundary)];
        areas.Should().OnlyContain(area => area.IsValid && (area is Polygon || area is MultiPolygon));
        CoverageValidator.IsValid(areas).Should().BeTrue("neighbours share their border point by point");
        areas.Sum(area => area.Area).Should().BeGreaterThanOrEqualTo(land - 1e-9, "no ground is lost");

        var map = new BarangayMap("planned", plan.Barangays.Values);
        for (var at = 0; at < 2000; at++)
        {
            var about = Seeds.Barangays[random.Next(Seeds.Barangays.Count)].Boundary.InteriorPoint;
            var (latitude, longitude) = (about.Y + (random.NextDouble() / 100), about.X + (random.NextDouble() / 100));
            var holders = plan.Barangays.Values.Where(barangay => barangay.Boundary.Covers(new Point(longitude, latitude))).ToList();
            holders.Count.Should().BeLessThanOrEqualTo(1, "a place that was drawn by lot lies on no border");
            map.Find(new GeoPoint(latitude, longitude)).Should().BeSameAs(holders.SingleOrDefault());
        }
    }

    private static void Refused(string rule, CityChange change)
        => Before.Invoking(plan => plan.After(change)).Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be(rule);

    private static SetStation Station(string code) => new(code, "Police Station of the test", "Test", null, null, null, null);

    private static GeoPoint[] Square(double latitude, double longitude, double half)
        => [new(latitude - half, longitude - half), new(latitude - half, longitude + half), new(latitude + half, longitude + half), new(latitude + half, longitude - half)];

    private static string RouteOf(CityPlan plan, double latitude, double longitude)
        => new ReportRouter(new BarangayMap("planned", plan.Barangays.Values)).Route(["Theft"], latitude, longitude).Log;

    private static Barangay Drawn(string psgc, string station, string shape) => new(psgc, $"Barangay {psgc}", station, new WKTReader().Read(shape));
}
