using AlertDavao.Domain.Stations;
using AlertDavao.Tests.Intake;

namespace AlertDavao.Tests.Security;

/// <summary>Whose report stands on whose page, on a product of its own: counts matter here.</summary>
public sealed class WhoSeesWhatTests : IDisposable
{
    private static readonly string[] Stations = [.. Enumerable.Range(1, 20).Where(at => at != 14).Select(at => $"PS{at}"), LogCode.Cyber];

    private readonly LoggedApp _app = new();

    [Fact]
    public async Task RT_02_and_22_each_of_20_officers_sees_exactly_the_own_stations_report_and_the_city_desk_all()
    {
        var reports = new Dictionary<string, (string Title, string Id, string Code)>();
        foreach (var station in Stations)
        {
            var title = $"Only for {station}.";
            var data = await _app.Client.Accepted(A.ReportFor(_app.App, station, title));
            reports[station] = (title, data.GetProperty("report_id").GetString()!, data.GetProperty("tracking_code").GetString()!);
        }

        foreach (var station in Stations)
        {
            using var officer = await _app.App.SignedIn($"officer.{station.ToLowerInvariant()}");
            var page = await Eventually.Shows(officer, reports[station].Title);
            var session = await officer.GetStringAsync("/api/session");

            page.Should().Contain(reports[station].Id).And.Contain($"data-station=\"{station}\"");
            foreach (var (_, (title, id, code)) in reports.Where(report => report.Key != station))
                (page + session).Should().NotContainAny(title, id, code);
            foreach (var other in Stations.Append(LogCode.City).Where(other => other != station))
                page.Should().NotContain($"data-station=\"{other}\"");
        }

        using var desk = await _app.App.SignedIn("hq");
        foreach (var (title, id, _) in reports.Values)
            (await Eventually.Shows(desk, title)).Should().Contain(id);
    }

    [Fact]
    public async Task RT_21_the_first_unrouted_report_reaches_the_city_desks_page_and_no_stations()
    {
        await _app.Client.Accepted(A.Report("Nobody's report").Without("latitude").Without("longitude"));
        using var desk = await _app.App.SignedIn("hq");
        using var officer = await _app.App.SignedIn("officer.ps1");

        var page = await Eventually.Shows(desk, "Nobody&#x27;s report");

        page.Should().Contain("data-station=\"CITY\" data-number=\"1\"");
        (await officer.GetStringAsync("/")).Should().NotContain("Nobody&#x27;s report");
    }

    [Fact]
    public async Task RT_04_who_has_no_duty_is_told_so_and_sees_no_report()
    {
        await _app.Client.Accepted(A.Report("Not for everyone"));
        using var officer = await _app.App.SignedIn("officer.ps1");
        await Eventually.Shows(officer, "Not for everyone");
        using var noDuty = await _app.App.SignedIn("noduty");

        var page = await noDuty.GetStringAsync("/");

        page.Should().Contain("You are not on duty at any station now.").And.NotContain("Not for everyone").And.NotContain("data-report-id");
    }

    [Fact]
    public async Task RT_05_with_10_11_100_and_600_reports_present_a_new_one_stands_on_the_page_and_none_is_forgotten()
    {
        using var officer = await _app.App.SignedIn("officer.ps1");
        var present = 0;
        foreach (var count in new[] { 10, 11, 100, 600 })
        {
            await Task.WhenAll(Enumerable.Range(present, count - present).Select(at => _app.App.Writer().Run(
                unit => unit.Arrive(Data.Store.NewReport(unit, $"Present {at}", "PS1")))));
            present = count + 1;
            await _app.Client.Accepted(A.Report($"New after {count}"));

            await Eventually.Shows(officer, $"New after {count}");
        }

        var page = await officer.GetStringAsync("/");
        page.Should().MatchRegex("id=\"count-unacknowledged\">\\s*<span class=\"n\">601</span>");
        page.Should().Contain("101 more unacknowledged are not listed.");
    }

    public void Dispose() => _app.Dispose();
}
