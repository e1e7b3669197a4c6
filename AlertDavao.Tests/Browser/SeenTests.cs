using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

public sealed class SeenTests(Chromium chromium) : BrowserTest(chromium)
{
    private const string NothingFresh = "() => !document.querySelector('#report-board > li.fresh')";

    [Fact]
    public async Task A_row_stays_new_while_nobody_touches_anything()
    {
        var screen = await Officer("officer.ps1");
        var report = await Post("PS1", "Nobody is at the desk");

        await Expect(screen.Row(report).Locator("[data-age]")).ToHaveTextAsync("4 s");

        await IsNew(screen, report);
        await Expect(screen.Unseen).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_row_in_view_is_seen_by_an_officer_who_moves_the_pointer()
    {
        var screen = await Officer("officer.ps2");
        var report = await Post("PS2", "Seen by pointer");
        await IsNew(screen, report);

        await screen.MoveUntil(NothingFresh);

        await IsNotNew(screen, report);
        await Expect(screen.Unseen).ToBeHiddenAsync();
        await Expect(screen.Page).ToHaveTitleAsync(new Regex(@"^[^(]"));
    }

    [Fact]
    public async Task A_row_in_view_is_seen_by_an_officer_at_the_keyboard()
    {
        var screen = await Officer("officer.ps3");
        var report = await Post("PS3", "Seen by keyboard");
        await IsNew(screen, report);
        await Expect(screen.Row(report).Locator("[data-age]")).ToHaveTextAsync("4 s");

        await screen.Page.Keyboard.PressAsync("Shift");

        await IsNotNew(screen, report);
        await Expect(screen.Unseen).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_row_out_of_view_is_not_seen_whatever_the_officer_does()
    {
        var screen = await Officer("officer.ps4");
        await screen.List.HoverAsync();
        await screen.Page.Mouse.WheelAsync(0, 900);
        await screen.Page.WaitForFunctionAsync("() => document.getElementById('report-board').scrollTop > 400");
        var report = await Post("PS4", "Far above");
        await Expect(screen.Pill).ToContainTextAsync("1 new");

        // Longer than a row in view takes to be seen.
        await screen.MoveFor(4000);

        await IsNew(screen, report);
    }

    [Fact]
    public async Task What_was_not_seen_is_still_new_after_F5_and_what_was_seen_is_not()
    {
        var screen = await Officer("officer.ps5");
        var report = await Post("PS5", "Before F5");
        await IsNew(screen, report);

        await screen.Reload();
        await IsNew(screen, report);
        await Expect(screen.Unseen).ToBeVisibleAsync();
        await Expect(screen.Page).ToHaveTitleAsync(new Regex(@"^\(1\) "));

        await screen.MoveUntil(NothingFresh);
        await screen.Reload();
        await IsNotNew(screen, report);
        await Expect(screen.Unseen).ToBeHiddenAsync();
    }

    // RT-11: a colleague's change was invisible until a reload.
    [Fact]
    [Trait("catalogue", "RT-11")]
    public async Task A_colleagues_change_of_a_seen_row_shows_in_place_and_does_not_make_it_new_again()
    {
        var screen = await Officer("officer.ps6");
        var report = await Post("PS6", "Seen, then acknowledged");
        await IsNew(screen, report);
        await screen.MoveUntil(NothingFresh);
        await Expect(screen.Row(report)).Not.ToHaveAttributeAsync("data-pulse", new Regex("."));
        var before = await PlaceOf(screen, report);

        await Acknowledge(report, "admin.ps6");

        await Expect(screen.Row(report)).ToContainTextAsync("Acknowledged");
        await Expect(screen.Row(report)).ToHaveCountAsync(1);
        (await PlaceOf(screen, report)).Should().Equal(before, "it stands where it stood, and nothing scrolled");
        await Expect(screen.Row(report)).Not.ToHaveAttributeAsync("data-pulse", new Regex("."));
        await IsNotNew(screen, report);
        await Expect(screen.Unseen).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_colleagues_change_of_a_row_not_seen_yet_leaves_it_new()
    {
        var screen = await Officer("officer.ps7");
        var report = await Post("PS7", "Not seen, then acknowledged");
        await IsNew(screen, report);

        await Acknowledge(report, "admin.ps7");

        await Expect(screen.Row(report)).ToContainTextAsync("Acknowledged");
        await IsNew(screen, report);
    }

    // After a reload the server calls nothing new: the tab's own memory does, and a redraw of the row must not wipe it out.
    [Fact]
    public async Task A_colleagues_change_after_F5_leaves_a_row_not_seen_yet_new()
    {
        var screen = await Officer("officer.ps8");
        var report = await Post("PS8", "Not seen, F5, then acknowledged");
        await IsNew(screen, report);
        await screen.Reload();
        await IsNew(screen, report);

        await Acknowledge(report, "admin.ps8");

        await Expect(screen.Row(report)).ToContainTextAsync("Acknowledged");
        await IsNew(screen, report);
    }

    [Fact]
    public async Task A_change_of_a_seen_row_is_not_counted_by_the_pill()
    {
        var screen = await Officer("officer.ps9");
        var report = await Post("PS9", "Seen and changed above");
        await IsNew(screen, report);
        await screen.MoveUntil(NothingFresh);
        await screen.Page.Mouse.WheelAsync(0, 900);
        await screen.Page.WaitForFunctionAsync("() => document.getElementById('report-board').scrollTop > 400");

        await Acknowledge(report, "admin.ps9");
        await Expect(screen.Row(report)).ToContainTextAsync("Acknowledged");
        await Post("PS9", "Truly new");

        await Expect(screen.Pill).ToContainTextAsync("1 new");
    }

    // The count belongs to the officer, not to the machine that colleagues share.
    [Fact]
    public async Task The_next_officer_in_the_same_tab_starts_with_nothing_unseen()
    {
        var screen = await Officer("officer.ps10");
        await IsNew(screen, await Post("PS10", "For the officer before"));
        await screen.ToAccount();
        await screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await screen.IsAt("/account/login");

        await screen.SignIn("officer.ps11");
        await screen.IsLive();

        await Expect(screen.Rows).ToHaveCountAsync(40);
        await Expect(screen.Unseen).ToBeHiddenAsync();
        await Expect(screen.Page).ToHaveTitleAsync(new Regex(@"^[^(]"));
    }

    [Fact]
    public async Task What_arrived_while_the_officer_was_on_another_page_is_new_on_the_board()
    {
        var screen = await Officer("officer.ps12", "/account");
        var report = await Post("PS12", "While on the account page");
        await Expect(screen.Notice).ToBeVisibleAsync();

        await screen.ToBoard();

        await IsNew(screen, report);
        await Expect(screen.Notice).ToBeHiddenAsync();
        await screen.MoveUntil(NothingFresh);
        await Expect(screen.Unseen).ToBeHiddenAsync();
    }

    private static async Task IsNew(Screen screen, Posted report)
    {
        await Expect(screen.Row(report)).ToHaveClassAsync(new Regex(@"\bfresh\b"));
        await Expect(screen.Row(report).Locator(".chip.new")).ToBeVisibleAsync();
    }

    private static async Task IsNotNew(Screen screen, Posted report)
    {
        await Expect(screen.Row(report)).Not.ToHaveClassAsync(new Regex(@"\bfresh\b"));
        await Expect(screen.Row(report).Locator(".chip.new")).ToBeHiddenAsync();
    }

    // Which row it is of how many, where on the screen, and how far the list is scrolled.
    private static Task<double[]> PlaceOf(Screen screen, Posted report) => screen.Row(report).EvaluateAsync<double[]>(
        "row => [[...row.parentElement.children].indexOf(row), row.parentElement.children.length, row.getBoundingClientRect().top, row.parentElement.scrollTop]");
}
