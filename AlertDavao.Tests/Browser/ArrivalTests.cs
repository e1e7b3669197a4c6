using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

[Collection(OtherBrowsers.Name)]
public sealed class ArrivalTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task A_report_in_PS1_shows_at_once_highlighted_on_every_screen_of_PS1_and_leaves_no_trace_at_PS2()
    {
        var board = await Officer("officer.ps1");
        var elsewhere = await Officer("admin.ps1", "/account");
        var foreign = await Officer("officer.ps2");
        await board.Pin();
        await elsewhere.Pin();

        var report = await Post("PS1", "Armed robbery at a pawnshop");

        var row = board.Row(report);
        await Expect(row).ToBeVisibleAsync();
        await Expect(row).ToHaveClassAsync(new Regex(@"\bfresh\b"));
        await Expect(row.GetByText("New", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(row).ToHaveAttributeAsync("data-station", "PS1");
        await Expect(board.Rows.First).ToHaveAttributeAsync("data-report-id", report.Id);
        await Expect(board.Page.GetByText("Critical first until acknowledged, then newest")).ToBeVisibleAsync();
        await board.ShowsInView(report);
        await board.IsStillPinned();

        await Expect(elsewhere.Notice).ToBeVisibleAsync();
        await Expect(elsewhere.Notice).ToContainTextAsync("Critical");
        await Expect(elsewhere.Notice).ToContainTextAsync(report.Title);
        await Expect(elsewhere.Notice.GetByRole(AriaRole.Link, new() { Name = "Open" })).ToHaveAttributeAsync("href", $"/reports/{report.Id}");
        await elsewhere.IsStillPinned();

        // What comes after it has come: so would it have, by now.
        var own = await Post("PS2", "Quarrel at the market");
        await Expect(foreign.Row(own)).ToBeVisibleAsync();
        await foreign.KnowsNothingOf(report);
    }

    [Fact]
    [Trait("catalogue", "RT-01")]
    public async Task The_board_is_live_after_a_plain_sign_in_and_after_F5_without_a_click()
    {
        var screen = await Officer("officer.ps3");
        await Expect(screen.Row(await Post("PS3", "After the sign-in"))).ToBeVisibleAsync();

        await screen.Reload();

        await Expect(screen.Row(await Post("PS3", "After F5"))).ToBeVisibleAsync();
    }

    // RT-05: new rows were found by counting a page of ten.
    [Theory]
    [Trait("catalogue", "RT-05")]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(100)]
    public async Task A_new_report_stands_on_top_however_many_wait_there(int waiting)
    {
        await Burst("PS4", waiting, "Waiting");
        var screen = await Officer("officer.ps4");
        await Expect(screen.Row("Waiting")).ToHaveCountAsync(waiting);

        var report = await Post("PS4", "The newest");

        await Expect(screen.Rows.First).ToHaveAttributeAsync("data-report-id", report.Id);
        await Expect(screen.Row(report)).ToHaveCountAsync(1);
        await Expect(screen.Row("Waiting")).ToHaveCountAsync(waiting);
    }

    // Below the critical ones that wait, so its place is out of view.
    [Fact]
    public async Task A_reader_at_the_top_and_idle_is_taken_to_the_new_row()
    {
        await Burst("PS5", 40, "Waiting");
        var screen = await Officer("officer.ps5");
        await screen.Elapse(1500);

        var report = await Post("PS5", "Bicycle gone", "Theft");

        await Expect(screen.Row(report)).ToBeInViewportAsync();
        await screen.ShowsInView(report);
        (await screen.List.EvaluateAsync<int>("list => list.scrollTop")).Should().BePositive();
    }

    [Fact]
    public async Task A_reader_further_down_is_not_moved_when_the_row_they_read_changes_and_another_arrives()
    {
        await Burst("PS10", 40, "Waiting", "Theft");
        var screen = await Officer("officer.ps10");
        await screen.List.HoverAsync();
        await screen.Page.Mouse.WheelAsync(0, 700);
        await screen.Page.WaitForFunctionAsync("() => document.getElementById('report-board').scrollTop > 400");
        await screen.Elapse(500);
        var before = await FirstInView(screen);
        var read = new Posted(before.Id!, "", "");

        await Acknowledge(read, "admin.ps10");
        await Expect(screen.Row(read)).ToContainTextAsync("Acknowledged");
        (await FirstInView(screen)).Should().BeEquivalentTo(before);

        await Post("PS10", "Above the reader", "Theft");
        await Expect(screen.Pill).ToContainTextAsync("1 new");
        (await FirstInView(screen)).Should().BeEquivalentTo(before);
    }

    [Fact]
    [Trait("catalogue", "RT-09")]
    public async Task A_reader_further_down_is_not_moved_and_a_pill_counts_what_is_new()
    {
        var screen = await Officer("officer.ps6");
        await screen.List.HoverAsync();
        await screen.Page.Mouse.WheelAsync(0, 700);
        await screen.Page.WaitForFunctionAsync("() => document.getElementById('report-board').scrollTop > 400");
        await screen.Elapse(500);
        var before = await FirstInView(screen);

        var first = await Post("PS6", "First while reading");
        await Expect(screen.Pill).ToBeVisibleAsync();
        await Expect(screen.Pill).ToContainTextAsync("1 new");
        (await FirstInView(screen)).Should().BeEquivalentTo(before);

        await Post("PS6", "Second while reading", "Theft");
        await Expect(screen.Pill).ToContainTextAsync("2 new");
        (await FirstInView(screen)).Should().BeEquivalentTo(before);
        await Expect(screen.Row(first)).ToHaveClassAsync(new Regex(@"\bfresh\b"));

        await screen.Pill.ClickAsync();
        await Expect(screen.Pill).ToBeHiddenAsync();
        await screen.Page.WaitForFunctionAsync("() => document.getElementById('report-board').scrollTop === 0");
        await screen.ShowsInView(first);
    }

    [Fact]
    public async Task A_reader_who_came_back_to_the_top_is_at_the_top()
    {
        var screen = await Officer("officer.ps6");
        await screen.List.HoverAsync();
        await screen.Page.Mouse.WheelAsync(0, 700);
        await screen.Page.WaitForFunctionAsync("() => document.getElementById('report-board').scrollTop > 400");
        await screen.Page.Mouse.WheelAsync(0, -2000);
        await screen.Page.WaitForFunctionAsync("() => document.getElementById('report-board').scrollTop === 0");
        await screen.Elapse(1500);

        var report = await Post("PS6", "Back at the top");

        await screen.ShowsInView(report);
        await Expect(screen.Pill).ToBeHiddenAsync();
    }

    [Fact]
    public async Task One_report_is_announced_in_one_polite_line_and_counted_in_the_title()
    {
        var screen = await Officer("officer.ps7");
        var title = await screen.Page.TitleAsync();

        await Post("PS7", "Shots fired near the terminal", "Murder");

        await Expect(screen.Announcement).ToHaveTextAsync(
            new Regex("^New Critical report: Shots fired near the terminal, .+$"));
        await Expect(screen.Page.Locator("[aria-live=polite]")).ToHaveCountAsync(1);
        await Expect(screen.Page).ToHaveTitleAsync($"(1) {title}");
        await Expect(screen.Unseen).ToContainTextAsync("1");
    }

    [Fact]
    public async Task Several_at_once_are_announced_in_one_line_with_their_count()
    {
        var board = await Officer("officer.ps8");
        var elsewhere = await Officer("admin.ps8", "/account");
        await Count(board);
        await Count(elsewhere);

        await Burst("PS8", 7, "Stampede");

        foreach (var screen in new[] { board, elsewhere })
        {
            await Expect(screen.Announcement).ToHaveTextAsync(new Regex("^7 new reports, the highest Critical: Stampede "));
            await Expect(screen.Page).ToHaveTitleAsync(new Regex(@"^\(7\) "));
            (await screen.Page.EvaluateAsync<int>("() => window.lines")).Should().Be(1);
        }

        await Expect(elsewhere.Notice).ToContainTextAsync("7 new");
        await Expect(board.Row("Stampede")).ToHaveCountAsync(7);
    }

    [Fact]
    public async Task Two_tabs_of_one_officer_both_get_the_row()
    {
        var machine = await Machine();
        var first = await (await (await Tab(machine)).SignIn("officer.ps9")).IsLive();
        var second = await (await (await Tab(machine)).Open("/")).IsLive();

        var report = await Post("PS9", "Seen twice");

        await Expect(first.Row(report)).ToHaveCountAsync(1);
        await Expect(second.Row(report)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Ages_tick_and_are_never_negative()
    {
        var screen = await Officer("officer.ps10");
        var row = screen.Row(await Post("PS10", "Just now"));
        var age = row.Locator("[data-age]");
        var waiting = row.Locator("[data-since]");
        await Expect(age).ToHaveTextAsync("2 s");
        await Expect(waiting).ToHaveTextAsync("0:02");
        await Expect(age).ToHaveTextAsync("3 s");
        await Expect(waiting).ToHaveTextAsync(new Regex("^0:0[34]$"));

        foreach (var text in await screen.Page.Locator("[data-age], [data-since]").AllInnerTextsAsync())
            text.Should().MatchRegex(@"^(now|\d+ s|\d+ min|\d+ h \d\d|\d+ d|\d+:\d\d)$");
    }

    [Fact]
    public async Task A_machine_that_slept_asks_the_server_for_the_time_again()
    {
        var machine = await MachineOf("officer.ps10");
        // As a browser's clock that stood still for an hour while the machine did.
        await machine.AddInitScriptAsync("{ const real = performance.now.bind(performance); window.slept = 0; performance.now = () => real() - window.slept; performance.getEntriesByName = () => []; }");
        var screen = await (await (await Tab(machine)).Open("/")).IsLive();
        await screen.Page.WaitForFunctionAsync("() => performance.getEntriesByType('resource').filter(one => one.name.endsWith('/api/session')).length >= 3");
        var asked = await screen.Page.EvaluateAsync<int>("() => performance.getEntriesByType('resource').filter(one => one.name.endsWith('/api/session')).length");

        await screen.Page.EvaluateAsync("() => { window.slept = 3600000; }");

        await screen.Page.WaitForFunctionAsync("before => performance.getEntriesByType('resource').filter(one => one.name.endsWith('/api/session')).length > before", asked);
        var row = screen.Row(await Post("PS10", "After the night"));
        await Expect(row.Locator("[data-age]")).ToHaveTextAsync(new Regex(@"^(now|\d+ s)$"));
    }

    [Fact]
    public async Task The_time_from_commit_to_painted_is_on_the_screen()
    {
        var screen = await Officer("officer.ps11");
        var figure = screen.Page.Locator("#latency");
        await screen.Page.WaitForFunctionAsync("() => performance.getEntriesByType('resource').some(one => one.name.endsWith('/api/session'))");

        await Post("PS11", "Timed");

        await Expect(figure).ToHaveAttributeAsync("data-p95", new Regex(@"^\d+\.\d$"));
        await Expect(figure).ToHaveTextAsync(new Regex(@"^\d+ ms$"));
    }

    /// <summary>The first row that is in view and how far from the list's edge it stands.</summary>
    private static Task<JsonElement> Place(Screen screen) => screen.List.EvaluateAsync<JsonElement>(
        """
        list => {
            const edge = list.getBoundingClientRect().top;
            const row = [...list.children].find(row => row.getBoundingClientRect().bottom > edge);
            return { id: row.dataset.reportId, offset: Math.round(row.getBoundingClientRect().top - edge) };
        }
        """);

    private static async Task<(string? Id, int Offset)> FirstInView(Screen screen)
    {
        var place = await Place(screen);
        return (place.GetProperty("id").GetString(), place.GetProperty("offset").GetInt32());
    }

    private static async Task Count(Screen screen) => await screen.Announcement.EvaluateAsync(
        """
        line => {
            window.lines = 0;
            new MutationObserver(() => window.lines++).observe(line, { childList: true, characterData: true, subtree: true });
        }
        """);
}
