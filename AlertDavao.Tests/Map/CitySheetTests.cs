using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Map;
using AlertDavao.Domain.Geography;
using AlertDavao.Tests.Data;
using AlertDavao.Tests.Domain;
using NetTopologySuite.Geometries;

namespace AlertDavao.Tests.Map;

/// <summary>The city as it is drawn, beside the boundaries that route.</summary>
public sealed class CitySheetTests : IClassFixture<DrawnCity>
{
    private readonly CitySheet _sheet;

    public CitySheetTests(DrawnCity city) => _sheet = city.Sheet;

    [Fact]
    public void A_point_inside_a_barangay_is_drawn_inside_it()
    {
        var inside = Seeds.Barangays.Count(barangay =>
        {
            var (x, y) = _sheet.Projection.Project(Inside(barangay.Boundary));
            return _sheet.Barangays[barangay.Psgc].Contains(new Point(x, y));
        });

        inside.Should().BeGreaterThanOrEqualTo(180);
    }

    [Fact]
    public void A_place_comes_back_from_the_sheet_where_it_was()
    {
        foreach (var place in Seeds.Barangays.Select(barangay => Inside(barangay.Boundary)))
        {
            var (x, y) = _sheet.Projection.Project(place);
            var back = _sheet.Projection.Unproject(x, y);

            back.Latitude.Should().BeApproximately(place.Latitude, 1e-6);
            back.Longitude.Should().BeApproximately(place.Longitude, 1e-6);
        }
    }

    [Fact]
    public void Distances_on_the_sheet_are_metres_to_one_in_a_hundred_across_the_city()
    {
        foreach (var latitude in new[] { 6.97, 7.2, 7.55 })
        {
            var (x, y) = _sheet.Projection.Project(new GeoPoint(latitude, 125.4));
            var (east, _) = _sheet.Projection.Project(new GeoPoint(latitude, 125.5));
            var (_, north) = _sheet.Projection.Project(new GeoPoint(latitude + .1, 125.4));

            (east - x).Should().BeApproximately(11_119.5 * Math.Cos(latitude * Math.PI / 180), 110);
            (y - north).Should().BeApproximately(11_119.5, 1);
        }
    }

    [Fact]
    public void Neighbours_keep_the_border_they_share()
    {
        // Areas of the parts add up to that of the whole only when nothing overlaps and nothing gapes.
        var parts = _sheet.Barangays.Values.Sum(area => area.Area);
        var whole = NetTopologySuite.Operation.Union.UnaryUnionOp.Union(_sheet.Barangays.Values).Area;

        _sheet.Barangays.Values.Should().OnlyContain(area => area.IsValid && !area.IsEmpty);
        parts.Should().BeApproximately(whole, whole * 1e-9);
    }

    [Fact]
    public void The_picture_is_small_and_smaller_still_on_the_wire()
    {
        _sheet.Svg.Length.Should().BeLessThan(250_000);
        _sheet.Zipped.Length.Should().BeLessThan(_sheet.Svg.Length / 2);

        using var gzip = new GZipStream(new MemoryStream(_sheet.Zipped), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        plain.ToArray().Should().Equal(_sheet.Svg);
    }

    [Fact]
    public void The_picture_has_the_land_the_lines_and_each_station_with_an_area()
    {
        var svg = XDocument.Parse(Encoding.UTF8.GetString(_sheet.Svg)).Root!;

        svg.Elements().Select(path => path.Attribute("id")!.Value).Should().BeEquivalentTo(
            ["land", "inner", "borders", "coast", .. Seeds.StationCodes.Where(code => code != "CYBER")]);
        svg.Elements().Should().OnlyContain(path => Regex.IsMatch(path.Attribute("d")!.Value, @"^(M\d+ \d+l[-\d ]+z?)+$"));
        Encoding.UTF8.GetString(_sheet.Svg).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).Should().NotContain("//");
    }

    [Fact]
    public void The_whole_city_fits_into_its_window()
    {
        var window = _sheet.WholeCity;
        var view = new Envelope(window.X, window.X + window.Width, window.Y, window.Y + window.Height);

        _sheet.Barangays.Values.Should().OnlyContain(area => view.Contains(area.EnvelopeInternal));
    }

    [Theory]
    [InlineData(6_000)]
    [InlineData(20_000)]
    public void Names_that_are_shown_hide_no_other_and_stay_in_the_window(double width)
    {
        var (x, y) = _sheet.Projection.Project(new GeoPoint(7.0739269, 125.6246079));
        var window = MapWindow.Around(x, y, width);

        var names = MapLabel.Readable(_sheet.BarangayLabels, window, (x, y)).ToList();

        names.Should().NotBeEmpty().And.OnlyContain(name => name.X > window.X && name.X < window.X + width);
        names.SelectMany(one => names.Where(other => other != one).Select(other => (one, other)))
            .Should().OnlyContain(pair => Math.Abs(pair.one.Y - pair.other.Y) > 1 || Math.Abs(pair.one.X - pair.other.X) > 1);
    }

    private static GeoPoint Inside(Geometry boundary) => new(boundary.InteriorPoint.Y, boundary.InteriorPoint.X);
}

/// <summary>Drawn once for all.</summary>
public sealed class DrawnCity : IDisposable
{
    private readonly Store _store = new();

    public DrawnCity()
    {
        City = CityBook.Read(_store);
        Sheet = new CitySheet(City.Now);
    }

    internal CityBook City { get; }

    internal CitySheet Sheet { get; }

    public void Dispose() => _store.Dispose();
}
