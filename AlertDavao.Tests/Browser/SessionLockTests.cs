using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>A5 and A6 as an officer sees them: the clock is set forward, the rest is real.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class SessionLockTests : BrowserTest
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    private readonly ShiftedTime _time;

    public SessionLockTests(Chromium chromium)
        : this(chromium, new ShiftedTime())
    {
    }

    private SessionLockTests(Chromium chromium, ShiftedTime time)
        : base(chromium, services => services.AddSingleton<TimeProvider>(time)) => _time = time;

    [Fact]
    public async Task A5_a_screen_nobody_touches_locks_still_shows_what_arrives_and_opens_in_place()
    {
        var screen = await Officer("officer.ps1");
        var before = await Post("PS1", "Known before");
        await Expect(screen.Row(before).GetByRole(AriaRole.Link)).ToBeVisibleAsync();
        await screen.Pin();

        _time.Advance(Idle);
        await IsLocked(screen);
        var seenSoFar = (await screen.Wire()).Length;
        var report = await Post("PS1", "Robbery at the pier");

        await Expect(screen.Row(report)).ToContainTextAsync("Critical");
        await Expect(screen.Row(report)).ToContainTextAsync("Robbery at the pier");
        await Expect(screen.Row(report)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("fresh"));
        await Expect(screen.List.GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        await Expect(screen.Rows.Locator(".st, .who, .timer")).ToHaveCountAsync(0);
        (await screen.Wire())[seenSoFar..].Should().Contain("Robbery at the pier").And.NotContain($"/reports/{report.Id}\"", "nothing to open comes over the wire");

        await Answer(screen, "not the password");
        await Expect(screen.Page.Locator("#confirm .refused")).ToHaveTextAsync("That was not right. After five wrong answers the session ends.");
        await Answer(screen, TestApp.Password);

        await Expect(screen.Row(report).GetByRole(AriaRole.Link)).ToBeVisibleAsync();
        await Expect(screen.Page.Locator("#confirm")).ToBeHiddenAsync();
        await screen.IsStillPinned();
    }

    [Fact]
    public async Task A5_every_other_page_leads_to_the_locked_board_and_comes_back_and_a_hand_alone_opens_nothing()
    {
        var machine = await Machine();
        var report = await Post("PS1", "Robbery at the pier");
        var board = await (await (await Tab(machine)).SignIn("officer.ps1")).IsLive();
        var detail = await (await (await Tab(machine)).Open($"/reports/{report.Id}")).IsLive();
        var list = await (await (await Tab(machine)).Open("/reports?q=pier")).IsLive();

        _time.Advance(Idle);
        foreach (var screen in new[] { board, detail, list })
            await IsLocked(screen);
        await Expect(detail.Page.Locator("body")).Not.ToContainTextAsync(report.TrackingCode);
        await detail.Page.Mouse.MoveAsync(300, 300);
        await detail.Page.GotoAsync($"/reports/{report.Id}");
        await detail.IsAt($"/?back=%2Freports%2F{report.Id}");

        await Answer(board, TestApp.Password);

        await detail.IsAt($"/reports/{report.Id}");
        await list.IsAt("/reports?q=pier");
        await Expect(detail.Page.Locator("body")).ToContainTextAsync(report.TrackingCode);
    }

    [Fact]
    public async Task A5_a_hand_on_the_screen_keeps_it_open()
    {
        var screen = await Officer("officer.ps1");
        var session = TheSession();
        _time.Advance(Idle - TimeSpan.FromMinutes(1));

        await screen.Page.RunAndWaitForResponseAsync(() => screen.Page.Mouse.MoveAsync(200, 200), answer => answer.Url.EndsWith("/api/session/input", StringComparison.Ordinal));

        _time.Advance(TimeSpan.FromMinutes(2));
        The<SessionDirectory>().IsLocked(session).Should().BeFalse();
        await Expect(screen.Page.Locator("#confirm")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A6_the_end_is_announced_and_the_session_renewed_in_place()
    {
        var screen = await Officer("officer.ps1");
        await screen.Pin();
        var session = TheSession();
        Work(session, OfficerSession.Longest - OfficerSession.Announced + TimeSpan.FromMinutes(1));

        await Expect(screen.Page.Locator("#session-state")).ToHaveAttributeAsync("data-state", "ending");
        await Expect(screen.Page.Locator("#confirm .when-ending")).ToContainTextAsync("Your session ends at ");
        await Expect(screen.Page.Locator("#confirm .when-ending")).ToBeVisibleAsync();
        await Answer(screen, TestApp.Password);

        await Expect(screen.Page.Locator("#confirm")).ToBeHiddenAsync();
        Work(session, TimeSpan.FromHours(1));
        await Eventually.Holds(() => The<SessionDirectory>().IsLive(session), "it goes on past the twelve hours");
        await Expect(screen.Row(await Post("PS1", "After twelve hours"))).ToBeVisibleAsync();
        await screen.IsStillPinned();
    }

    [Fact]
    public async Task A6_who_does_not_renew_it_is_out_when_it_ends()
    {
        var screen = await Officer("officer.ps1");
        var session = TheSession();

        Work(session, OfficerSession.Longest);

        await Expect(screen.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/login"));
        The<SessionDirectory>().IsLive(session).Should().BeFalse();
    }

    private static async Task IsLocked(Screen screen)
    {
        await Expect(screen.Page.Locator("#confirm .when-locked")).ToBeVisibleAsync();
        await Expect(screen.Page.Locator("#session-state")).ToHaveAttributeAsync("data-state", "locked");
        await screen.IsLive();
    }

    private static async Task Answer(Screen screen, string password)
    {
        var field = screen.Page.Locator("#confirm-password");
        await field.FillAsync(password);
        await field.PressAsync("Enter");
    }

    // With a hand on the mouse all the time.
    private void Work(Guid session, TimeSpan time)
    {
        for (var step = TimeSpan.FromMinutes(20); time > TimeSpan.Zero; time -= step)
        {
            _time.Advance(time < step ? time : step);
            The<SessionDirectory>().Touch(session);
        }
    }

    private Guid TheSession()
    {
        using var db = App.Db();
        return db.Sessions.AsNoTracking().Single().Id;
    }
}
