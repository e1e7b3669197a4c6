using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using AlertDavao.Tests.Domain.Reports;

namespace AlertDavao.Tests.Domain.Stations;

/// <summary>RT-16 to RT-18: a place is its boundary and its code; what it is called, and where its row stands, decides nothing.</summary>
public sealed class NamesNeverRouteTests
{
    public static TheoryData<string> Renamings() => new("swapped names", "all the same name", "swapped aliases", "no names", "reversed rows");

    [Theory]
    [MemberData(nameof(Renamings))]
    public void Other_names_or_rows_change_no_route(string renaming)
    {
        var router = new ReportRouter(new BarangayMap("seed", Renamed(renaming)));

        var moved = Seeds.Barangays.Where(barangay =>
        {
            var inside = barangay.Boundary.InteriorPoint;
            var route = router.Route(["Theft"], inside.Y, inside.X);
            return route.Log != barangay.StationCode || route.Barangay!.Psgc != barangay.Psgc;
        });

        moved.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Los Amigos")]
    [InlineData("LOS AMIGOS")]
    [InlineData("PS20")]
    [InlineData("CYBER")]
    [InlineData("CITY")]
    [InlineData("cybercrime")]
    [InlineData(null)]
    public void The_barangay_a_reporter_names_moves_nothing(string? hint)
    {
        var inside = Seeds.Barangays.Single(barangay => barangay.Name == "Eden").Boundary.InteriorPoint;
        var submission = Draft.Submission with { Latitude = inside.Y, Longitude = inside.X, BarangayHint = hint, Address = hint };
        var route = Seeds.Router.Route(submission.CrimeTypes, submission.Latitude, submission.Longitude);

        var report = Report.Submit(Draft.Id, "DVO-0000-0000", submission, route, Draft.Now);

        report.Log.Should().Be("PS19");
    }

    [Fact]
    public void A_named_barangay_without_a_position_routes_to_the_city_desk()
    {
        var submission = Draft.Submission with { Latitude = null, Longitude = null, BarangayHint = "Eden" };
        var route = Seeds.Router.Route(submission.CrimeTypes, submission.Latitude, submission.Longitude);

        var report = Report.Submit(Draft.Id, "DVO-0000-0000", submission, route, Draft.Now);

        report.Log.Should().Be(LogCode.City);
    }

    private static IEnumerable<Barangay> Renamed(string renaming)
    {
        var next = Seeds.Barangays.Skip(1).Append(Seeds.Barangays[0]);
        var pairs = Seeds.Barangays.Zip(next);
        return renaming switch
        {
            "swapped names" => pairs.Select(pair => Copy(pair.First, pair.Second.Name, pair.First.Aliases)),
            "swapped aliases" => pairs.Select(pair => Copy(pair.First, pair.First.Name, pair.Second.Aliases)),
            "all the same name" => pairs.Select(pair => Copy(pair.First, "Eden", "Los Amigos")),
            "no names" => pairs.Select(pair => Copy(pair.First, "", null)),
            "reversed rows" => Seeds.Barangays.Reverse(),
            _ => throw new ArgumentOutOfRangeException(nameof(renaming)),
        };
    }

    private static Barangay Copy(Barangay place, string name, string? aliases)
        => new(place.Psgc, name, place.StationCode, place.Boundary) { Aliases = aliases };
}
