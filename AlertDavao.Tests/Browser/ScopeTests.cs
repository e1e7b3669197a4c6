using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

[Collection(OtherBrowsers.Name)]
public sealed class ScopeTests(Chromium chromium) : BrowserTest(chromium)
{
    // RT-02: the station was looked up in the wrong table.
    [Fact]
    [Trait("catalogue", "RT-02")]
    public async Task Of_twenty_officers_at_twenty_stations_each_sees_exactly_the_report_of_their_own()
    {
        var screens = new Dictionary<string, Screen>();
        foreach (var station in Stations)
        {
            var small = new Microsoft.Playwright.BrowserNewContextOptions { ViewportSize = new() { Width = 900, Height = 500 } };
            screens[station] = await Officer($"officer.{station.ToLowerInvariant()}", options: small);
        }

        screens.Should().HaveCount(20);
        var reports = new Dictionary<string, Posted>();
        foreach (var station in Stations)
            reports[station] = await Post(station, $"Of station {station} alone");
        // The second of each station comes after every first one: what was to come has come.
        foreach (var station in Stations)
            await Expect(screens[station].Row(await Post(station, $"Second of {station}"))).ToBeVisibleAsync();

        foreach (var (station, screen) in screens)
        {
            await Expect(screen.Row(reports[station])).ToHaveCountAsync(1);
            await Expect(screen.Row("Of station")).ToHaveCountAsync(1);
            await screen.KnowsNothingOf(reports.Where(report => report.Key != station).Select(report => report.Value));
        }
    }

    // RT-14: reports without coordinates vanished from every list. RT-21: the first of them was silent.
    [Fact]
    [Trait("catalogue", "RT-14, RT-21")]
    public async Task The_first_report_without_a_place_alerts_the_city_desk_and_so_does_the_next()
    {
        var board = await Officer("hq");
        var elsewhere = await Officer("hq", "/account");

        foreach (var title in new[] { "First without a place", "Second without a place" })
        {
            var report = A.Report(title);
            report.Remove("latitude");
            report.Remove("longitude");
            var posted = await Post(report);

            await Expect(board.Row(posted)).ToHaveClassAsync(new Regex(@"\bfresh\b"));
            await Expect(board.Row(posted)).ToHaveAttributeAsync("data-station", "CITY");
            await Expect(board.Rows.First).ToHaveAttributeAsync("data-report-id", posted.Id);
            await Expect(board.Announcement).ToContainTextAsync(title);
            await Expect(elsewhere.Notice).ToBeVisibleAsync();
            await Expect(elsewhere.Notice).ToContainTextAsync(title);
        }
    }

    // RT-22: every officer learned other stations' numbers.
    [Fact]
    [Trait("catalogue", "RT-22")]
    public async Task Nineteen_reports_elsewhere_leave_nothing_on_an_officers_wire()
    {
        var screen = await Officer("officer.ps12");
        var foreign = new List<Posted>();
        foreach (var station in Stations.Where(station => station != "PS12"))
            foreign.Add(await Post(station, $"Elsewhere, at {station}"));

        await Expect(screen.Row(await Post("PS12", "At home"))).ToBeVisibleAsync();

        foreign.Should().HaveCount(19);
        await screen.KnowsNothingOf(foreign);
        var live = (await screen.Wire()).Replace("PS12", "", StringComparison.Ordinal);
        live.Should().NotMatchRegex(@"\bPS\d+\b").And.NotContain("CYBER");
    }

    // RT-04: an empty page and no word why.
    [Fact]
    [Trait("catalogue", "RT-04")]
    public async Task An_officer_without_a_duty_is_told_so_and_goes_live_the_moment_one_starts()
    {
        var screen = await Officer("noduty");
        await Expect(screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Status).Filter(new() { HasText = "You are not on duty at any station now." }))
            .ToContainTextAsync("This page goes live the moment a duty starts.");
        await Expect(screen.List).ToHaveCountAsync(0);
        await screen.Pin();

        await PostOfficer("noduty", "PS13");

        await Expect(screen.Rows).ToHaveCountAsync(40);
        await Expect(screen.Page.GetByText("You are not on duty at any station now.")).ToHaveCountAsync(0);
        await Expect(screen.Page.Locator("#report-board > li.fresh")).ToHaveCountAsync(0);
        var report = await Post("PS13", "First on the new duty");
        await Expect(screen.Row(report)).ToHaveClassAsync(new Regex(@"\bfresh\b"));
        await Expect(screen.Announcement).ToContainTextAsync(report.Title);
        await screen.IsStillPinned();
    }

    // RT-03: the station was fixed into the page when it was drawn.
    [Fact]
    [Trait("catalogue", "RT-03")]
    public async Task A_moved_officers_list_changes_at_once_on_every_tab()
    {
        var machine = await Machine();
        var first = await (await (await Tab(machine)).SignIn("officer.ps18")).IsLive();
        var second = await (await (await Tab(machine)).Open("/")).IsLive();
        var old = await Post("PS18", "At the old station");
        await Expect(first.Row(old)).ToBeVisibleAsync();
        await Expect(second.Row(old)).ToBeVisibleAsync();
        await first.Pin();
        await second.Pin();

        await PostOfficer("officer.ps18", "PS15");

        var late = await Post("PS18", "Too late for the old station");
        var own = await Post("PS15", "At the new station");
        foreach (var screen in new[] { first, second })
        {
            await Expect(screen.Row(own)).ToHaveClassAsync(new Regex(@"\bfresh\b"));
            await Expect(screen.Page.Locator("#report-board > li[data-station=PS18]")).ToHaveCountAsync(0);
            await Expect(screen.Page.Locator(".board-strip .station")).ToContainTextAsync("PS15");
            await screen.KnowsNothingOf(late);
            await screen.IsStillPinned();
        }
    }

    // What one cannot see any more one cannot have in view: it would be counted for ever.
    [Fact]
    public async Task What_a_moved_officer_had_not_seen_is_no_longer_counted()
    {
        var screen = await Officer("officer.ps16");
        var old = await Post("PS16", "Not seen before the move");
        await Expect(screen.Row(old)).ToBeVisibleAsync();
        await Expect(screen.Page).ToHaveTitleAsync(new Regex(@"^\(1\) "));

        await PostOfficer("officer.ps16", "PS17");

        await Expect(screen.Page.Locator(".board-strip .station")).ToContainTextAsync("PS17");
        await Expect(screen.Row(old)).ToHaveCountAsync(0);
        await Expect(screen.Unseen).ToBeHiddenAsync();
        await Expect(screen.Page).ToHaveTitleAsync(new Regex(@"^[^(]"));
    }
}
