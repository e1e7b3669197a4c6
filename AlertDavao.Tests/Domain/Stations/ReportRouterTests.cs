using System.Globalization;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Stations;
using NetTopologySuite.IO;

namespace AlertDavao.Tests.Domain.Stations;

/// <summary>The routing rules on small drawn maps; x is the longitude, y the latitude.</summary>
[Trait("catalogue", "O9")]
public sealed class ReportRouterTests
{
    private static readonly Barangay West = Drawn("1002", "PS2", "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))");
    private static readonly Barangay East = Drawn("1001", "PS1", "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))");
    private static readonly Barangay North = Drawn("1003", "PS3", "POLYGON ((0 10, 20 10, 20 20, 0 20, 0 10))");
    private static readonly Barangay Ring = Drawn("2001", "PS4", "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 4 6, 6 6, 6 4, 4 4))");
    private static readonly Barangay Island = Drawn("2002", "PS5", "POLYGON ((4 4, 6 4, 6 6, 4 6, 4 4))");

    public static TheoryData<double, double, string> BordersOfThree() => new()
    {
        { 5, 10, "1001" },  // East and West
        { 10, 5, "1002" },  // West and North
        { 10, 15, "1001" }, // East and North
        { 10, 10, "1001" }, // the corner of all three
        { 0, 10, "1001" },  // a corner of two
        { 0, 0, "1002" },   // a corner of one
        { 20, 20, "1003" },
    };

    [Theory]
    [MemberData(nameof(BordersOfThree))]
    public void A_point_on_a_shared_edge_goes_to_the_lowest_psgc(double latitude, double longitude, string psgc)
        => RouteOn([West, East, North], latitude, longitude).Barangay!.Psgc.Should().Be(psgc);

    [Theory]
    [MemberData(nameof(BordersOfThree))]
    public void The_order_of_the_barangays_decides_nothing(double latitude, double longitude, string psgc)
    {
        Barangay[][] orders =
        [
            [West, North, East], [East, West, North], [East, North, West], [North, West, East], [North, East, West],
        ];

        orders.Select(order => RouteOn(order, latitude, longitude).Barangay!.Psgc).Should().OnlyContain(found => found == psgc);
    }

    [Theory]
    [InlineData("3001", "3002", "3001")]
    [InlineData("3002", "3001", "3001")]
    [InlineData("3010", "3009", "3009")]
    public void A_point_in_an_overlap_goes_to_the_lowest_psgc(string first, string second, string expected)
    {
        const string Square = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))";

        RouteOn([Drawn(first, "PS1", Square), Drawn(second, "PS2", Square)], 5, 5).Barangay!.Psgc.Should().Be(expected);
    }

    [Fact]
    public void A_point_in_a_hole_belongs_to_nobody()
        => RouteOn([Ring], 5, 5).Should().Be(new Route(LogCode.City, RouteRule.OutsideCity, null, "v7"));

    [Fact]
    public void A_point_in_a_hole_belongs_to_the_barangay_that_fills_it()
        => RouteOn([Ring, Island], 5, 5).Should().Be(new Route("PS5", RouteRule.Boundary, Island, "v7"));

    [Fact]
    public void The_edge_of_a_hole_belongs_to_the_barangay_around_it()
        => RouteOn([Ring], 4, 5).Barangay.Should().Be(Ring);

    [Theory]
    [InlineData(1, 1, "PS6")]
    [InlineData(1, 11, "PS6")]
    [InlineData(1, 5, LogCode.City)]
    [InlineData(1, 11.8, LogCode.City)]
    public void Every_part_of_a_multipolygon_counts_and_the_gap_between_does_not(double latitude, double longitude, string log)
    {
        var apart = Drawn("4001", "PS6",
            "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)), ((10 0, 14 0, 14 2, 10 2, 10 0), (11.5 0.5, 11.5 1.5, 12 1.5, 12 0.5, 11.5 0.5)))");

        RouteOn([apart], latitude, longitude).Log.Should().Be(log);
    }

    public static TheoryData<double?, double?, RouteRule> PlacesOfNoBarangay() => new()
    {
        { null, null, RouteRule.NoPlace },
        { 7.07, null, RouteRule.HalfPlace },
        { null, 125.6, RouteRule.HalfPlace },
        { 0, 0, RouteRule.OutsideCity },
        { -0.0, -0.0, RouteRule.OutsideCity },
        { 14.6, 121, RouteRule.OutsideCity },
        { 90, 180, RouteRule.OutsideCity },
        { -90, -180, RouteRule.OutsideCity },
        { 91, 125.6, RouteRule.NotOnEarth },
        { -91, 125.6, RouteRule.NotOnEarth },
        { 90.00000000000001, 125.6, RouteRule.NotOnEarth },
        { 7.07, 181, RouteRule.NotOnEarth },
        { 7.07, -181, RouteRule.NotOnEarth },
        { 125.6, 7.07, RouteRule.NotOnEarth },
        { 1e308, 1e308, RouteRule.NotOnEarth },
        { double.MaxValue, double.MinValue, RouteRule.NotOnEarth },
        { double.Epsilon, 125.6, RouteRule.OutsideCity },
    };

    [Theory]
    [MemberData(nameof(PlacesOfNoBarangay))]
    public void A_place_in_no_barangay_goes_to_the_city_desk_with_the_reason(double? latitude, double? longitude, RouteRule rule)
        => Seeds.Router.Route(["Murder"], latitude, longitude).Should().Be(new Route(LogCode.City, rule, null, "seed"));

    [Fact]
    public void A_swapped_pair_that_is_on_earth_is_outside_the_city()
        => RouteOn([Drawn("5001", "PS1", "POLYGON ((60 5, 70 5, 70 10, 60 10, 60 5))")], 65, 7).Rule.Should().Be(RouteRule.OutsideCity);

    [Fact]
    public void Minus_zero_is_zero()
        => RouteOn([West], -0.0, -0.0).Barangay.Should().Be(West);

    [Theory]
    [InlineData("PS1", false)]
    [InlineData(LogCode.Cyber, false)]
    [InlineData(LogCode.City, true)]
    public void Only_what_stands_in_the_city_desks_log_is_unrouted(string log, bool unrouted)
        => new Route(log, RouteRule.Boundary, null, "v7").IsUnrouted.Should().Be(unrouted);

    [Fact]
    public void A_map_without_barangays_routes_to_the_city_desk()
        => RouteOn([], 5, 5).Rule.Should().Be(RouteRule.OutsideCity);

    [Fact]
    public void A_route_names_the_boundaries_that_decided()
        => RouteOn([West], 5, 5).BoundaryVersion.Should().Be("v7");

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void The_culture_of_the_server_routes_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            RouteOn([West], 5, 5).Log.Should().Be("PS2");
            RouteOn([West], 5, 5, "CYBERCRIME - PHISHING").Log.Should().Be(LogCode.Cyber);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Barangay Drawn(string psgc, string station, string wkt)
        => new(psgc, $"Barangay {psgc}", station, new WKTReader().Read(wkt));

    private static Route RouteOn(Barangay[] barangays, double latitude, double longitude, string type = "Theft")
        => new ReportRouter(new BarangayMap("v7", barangays)).Route([type], latitude, longitude);
}
