using AlertDavao.Dashboard.Audit;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Reports;
using AlertDavao.Tests.Security;

namespace AlertDavao.Tests.Roster;

/// <summary>What the page of a station says beside its roster, and that it is of that station alone.</summary>
public sealed class StationCardsTests(LoggedApp running) : IClassFixture<LoggedApp>
{
    private static readonly EscalationTimes Soon = new(Enum.GetValues<Severity>().ToDictionary(
        severity => severity, _ => (IReadOnlyList<TimeSpan?>)[TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), TimeSpan.FromHours(9)]));

    private TestApp App => running.App;

    [Fact]
    public async Task Escalations_say_who_was_told_at_what_age_and_whether_it_still_waits()
    {
        using var admin = await Hand.Of(App, "admin.ps2");
        using var officer = await Hand.Of(App, "officer.ps2");
        using var foreign = await Hand.Of(App, "admin.ps3");
        var waiting = (await App.Arrive("PS2", 1, "Nobody looked at this"))[0];
        var seen = (await App.Arrive("PS2", 1, "Somebody came late"))[0];
        await App.Arrive("PS2", 1, "Not told up");
        await Escalate(waiting, after: 40);
        await Escalate(seen, after: 75);
        await officer.Do(seen, "acknowledge", 2);

        var page = Card(await admin.Client.GetStringAsync("/station"), "escalations-card");

        page.Should().Contain("Nobody looked at this").And.Contain("open, admins told at 0:40");
        page.Should().Contain("Somebody came late").And.MatchRegex(@"acknowledged after 1:1\d, ").And.NotContain("Not told up");
        page.IndexOf("Nobody looked", StringComparison.Ordinal).Should().BeLessThan(page.IndexOf("Somebody came", StringComparison.Ordinal), "what waits comes first");
        page.Should().Contain("/reports?station=PS2&amp;period=today");
        Card(await foreign.Client.GetStringAsync("/station"), "escalations-card").Should().Contain("Everything was acknowledged in time.");
    }

    [Fact]
    public async Task A_transfer_waits_on_the_page_of_the_station_that_was_asked_and_of_no_other()
    {
        using var asking = await Hand.Of(App, "officer.ps4");
        using var asked = await Hand.Of(App, "admin.ps5");
        var report = (await App.Arrive("PS4", 1, "Over the boundary"))[0];
        await asking.Do(report, "transfer", 1, new { to = "PS5", reason = "It is in your barangay" });

        var page = Card(await asked.Client.GetStringAsync("/station"), "transfers-card");

        page.Should().Contain("It is in your barangay").And.Contain(asking.Name).And.Contain("data-decision=\"accept\"").And.Contain("data-decision=\"refuse\"");
        page.Should().NotContain("Over the boundary", "it is not this station's yet");
        using var own = await Hand.Of(App, "admin.ps4");
        Card(await own.Client.GetStringAsync("/station"), "transfers-card").Should().NotContain("data-decision");
        Card(await own.Client.GetStringAsync("/station?station=PS5"), "transfers-card").Should().NotContain("data-decision");
    }

    [Fact]
    public async Task The_audit_of_a_station_is_what_concerns_it_the_newest_first_and_bounded()
    {
        using var admin = await Hand.Of(App, "admin.ps6");
        using var foreign = await Hand.Of(App, "admin.ps7");
        using var desk = await Hand.Of(App, "hq");
        var report = (await App.Arrive("PS6", 1))[0];
        await App.Writer().Run(unit =>
        {
            unit.Audit(foreign.Id, AuditActs.Filed, report);
            unit.Audit(desk.Id, AuditActs.DutyPosted, subject: $"{admin.Id} PS6");
            unit.Audit(desk.Id, AuditActs.ReportMoved, subject: "PS6 PS8");
            unit.Audit(desk.Id, AuditActs.DutyEnded, subject: $"{admin.Id} PS16");
            unit.Audit(desk.Id, AuditActs.Export, subject: "period");
            return true;
        });

        Acts(await admin.Client.GetStringAsync("/station")).Should().Equal(AuditActs.ReportMoved, AuditActs.DutyPosted, AuditActs.Filed);
        System.Net.WebUtility.HtmlDecode(await admin.Client.GetStringAsync("/station")).Should().Contain($"{admin.Name}, PS6").And.NotContain("href=\"/audit\"");
        Acts(await foreign.Client.GetStringAsync("/station?station=PS6")).Should().BeEmpty();
        var all = await desk.Client.GetStringAsync("/station?station=PS8");
        Acts(all).Should().Equal(AuditActs.ReportMoved);
        all.Should().Contain("href=\"/audit\"");

        await App.Writer().Run(unit =>
        {
            for (var more = 0; more < ReadStationAudit.Most + 5; more++)
                unit.Audit(desk.Id, AuditActs.DutyChanged, subject: $"{admin.Id} PS6");
            return true;
        });
        Acts(await admin.Client.GetStringAsync("/station")).Should().HaveCount(ReadStationAudit.Most);
    }

    /// <summary>As the clock would have, so many seconds after it came.</summary>
    private Task<bool> Escalate(Guid id, int after) => App.Writer().Run(unit =>
    {
        var report = unit.Db.Reports.Single(one => one.Id == id);
        report.StartClock(Soon, unit.Now.AddSeconds(-after));
        var isTold = report.Escalate(Soon, unit.Now);
        unit.Append(report, AlertDavao.Domain.Log.EntryKind.Changed);
        return isTold;
    });

    private static string Card(string page, string id)
    {
        var from = page.IndexOf($"id=\"{id}\"", StringComparison.Ordinal);
        return page[from..page.IndexOf("</section>", from, StringComparison.Ordinal)];
    }

    private static List<string> Acts(string page) => page.Contains("station-audit-list", StringComparison.Ordinal)
        ? [.. System.Text.RegularExpressions.Regex.Matches(page, "data-act=\"(?<act>[^\"]+)\"").Select(found => found.Groups["act"].Value)]
        : [];
}
