using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using AlertDavao.Tests.Devices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>What ends a session ends it on every tab and device, within two seconds, and nothing brings it back.</summary>
[Collection(OtherBrowsers.Name)]
public sealed partial class SessionEndTests(Chromium chromium) : BrowserTest(chromium)
{
    private static readonly string[] _pages = ["/", "/reports", "/account"];

    [Fact]
    public async Task RT_39_signing_out_in_one_tab_takes_the_others_to_the_sign_in_and_back_shows_nothing()
    {
        var tabs = await ThreeTabs();
        using var feed = await FeedOf(tabs[0]);
        var report = await Post("PS1", "Robbery at the pier");
        await Expect(tabs[0].Row(report)).ToBeVisibleAsync();

        await tabs[2].Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();

        await AreOut(tabs[0], tabs[1]);
        await HasEnded(feed);
        await NothingIsLeft();
        await tabs[0].Page.GoBackAsync();
        await Expect(tabs[0].Page).ToHaveURLAsync(SignInPage());
        await Expect(tabs[0].Page.Locator("body")).Not.ToContainTextAsync(report.Title);
    }

    [Fact]
    public async Task A4_signing_out_everywhere_ends_the_tabs_of_another_device_and_leaves_a_colleagues()
    {
        var tabs = await ThreeTabs();
        var colleague = await Officer("admin.ps1");
        var tablet = await Officer("officer.ps1", "/account");

        await tablet.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();

        await AreOut([.. tabs, tablet]);
        await colleague.IsLive();
        await Expect(tabs[0].Page.Locator("[role=status]")).ToContainTextAsync("Your session has ended");
    }

    [Fact]
    public async Task A2_a_new_password_ends_every_tab_and_device()
    {
        var tabs = await ThreeTabs();
        using var feed = await FeedOf(tabs[0]);
        var tablet = await Officer("officer.ps1", "/account");
        using var wallboard = await FeedReader.Open(App.Device(await (await App.SignedIn("officer.ps1")).AddDevice()));

        await tablet.Page.GetByLabel("Current password").FillAsync(TestApp.Password);
        await tablet.Page.GetByLabel("New password").FillAsync("four quiet words here");
        await tablet.Page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();

        await AreOut(tabs);
        await HasEnded(feed);
        await HasEnded(wallboard);
        await Expect(tablet.Page.Locator("[role=status]")).ToContainTextAsync("The password is changed");
        await NothingIsLeft();
    }

    [Theory]
    [InlineData("Lock officer.ps1@alertdavao.test")]
    [InlineData("Make admin of PS1 officer.ps1@alertdavao.test")]
    [InlineData("End sessions officer.ps1@alertdavao.test")]
    public async Task A3_A4_what_the_city_desk_does_to_the_account_ends_every_tab_and_the_feed(string act)
    {
        var tabs = await ThreeTabs();
        using var feed = await FeedOf(tabs[0]);
        var desk = await Officer("hq", "/accounts");

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = act, Exact = true }).ClickAsync();

        await AreOut(tabs);
        await HasEnded(feed);
        await desk.IsLive();
    }

    [Fact]
    public async Task A_page_that_does_not_leave_loses_its_circuit_all_the_same()
    {
        var screen = (await Officer("officer.ps1")).Tolerating("Circuit has been shut down", "unhandled exception", "ERR_", "401", "WebSocket");
        // A page that has its own mind: it refuses to be sent anywhere, and says nothing when it loses its socket.
        await screen.Page.EvaluateAsync("() => { window.navigation.addEventListener('navigate', event => event.preventDefault()); window.pinned = true; }");

        await App.Services.GetRequiredService<EndSessions>().AllOf(OfficerId("officer.ps1"), OfficerId("officer.ps1"));

        await NothingIsLeft();
        var report = await Post("PS1", "Robbery at the pier");
        await screen.KnowsNothingOf(report);
    }

    [Fact]
    public async Task C10_a_stolen_circuit_secret_opens_nothing_for_another_officer_and_stands_in_the_audit()
    {
        var victim = await Officer("officer.ps1");
        var report = await Post("PS1", "Robbery at the pier");
        await Expect(victim.Row(report)).ToBeVisibleAsync();
        var stolen = Secrets().Matches(await victim.Wire()).Select(found => found.Groups["secret"].Value).Should().ContainSingle().Subject;

        // Another officer's page asks for that circuit when its own socket is gone.
        var thief = (await Tab(await Machine())).Tolerating("WebSocket", "ERR_");
        await thief.Page.AddInitScriptAsync(
            $$"""
            const Real = WebSocket;
            window.sockets = [];
            window.asked = 0;
            window.WebSocket = class extends Real {
                constructor(...args) { super(...args); window.sockets.push(this); }
                send(data) {
                    const bytes = typeof data === 'string' ? null : new Uint8Array(data.buffer ?? data);
                    const text = bytes && new TextDecoder('latin1').decode(bytes);
                    const at = text?.includes('ConnectCircuit') ? text.indexOf('CfDJ8') : -1;
                    if (at >= 0) {
                        bytes.set(new TextEncoder().encode('{{stolen}}'), at);
                        window.asked++;
                        sessionStorage.asked = 'true';
                    }
                    super.send(data);
                }
            };
            """);
        await (await thief.SignIn("officer.ps2")).IsLive();
        await thief.Page.EvaluateAsync("() => window.sockets.at(-1).close()");

        await thief.Page.WaitForFunctionAsync("() => sessionStorage.asked === 'true' && window.asked === 0");
        await thief.IsLive();
        await thief.KnowsNothingOf(report);
        await victim.IsLive();
        await using var db = App.Db();
        var entry = db.Audit.AsNoTracking().Where(entry => entry.Act == AuditActs.ForeignCircuit).Should().ContainSingle().Subject;
        entry.OfficerId.Should().Be(OfficerId("officer.ps2"));
    }

    [Fact]
    public async Task A_socket_that_was_lost_comes_back_to_the_same_circuit_for_its_own_session()
    {
        var screen = (await Tab(await Machine())).Tolerating("WebSocket", "ERR_");
        await screen.Page.AddInitScriptAsync(
            "const Real = WebSocket; window.sockets = []; window.WebSocket = class extends Real { constructor(...args) { super(...args); window.sockets.push(this); } };");
        await (await screen.SignIn("officer.ps1")).IsLive();
        await screen.Pin();

        await screen.Page.EvaluateAsync("() => window.sockets.at(-1).close()");

        await screen.Page.WaitForFunctionAsync("() => window.sockets.length === 2");
        await screen.IsLive();
        var report = await Post("PS1", "Robbery at the pier");
        await Expect(screen.Row(report)).ToBeVisibleAsync();
        await screen.IsStillPinned();
    }

    [Fact]
    public async Task One_screen_more_than_an_officer_may_have_is_told_so_and_the_others_stay_live()
    {
        var machine = await Machine();
        var screens = new List<Screen> { await (await (await Tab(machine)).SignIn("officer.ps1")).IsLive() };
        for (var more = 0; more < 4; more++)
            screens.Add(await (await (await Tab(machine)).Open("/")).IsLive());

        var sixth = await (await Tab(machine)).Open("/");

        await sixth.IsAt("/too-many-screens");
        await Expect(sixth.Page.GetByRole(AriaRole.Heading, new() { Name = "Too many screens" })).ToBeVisibleAsync();
        foreach (var screen in screens)
            await screen.IsLive();

        await screens[4].Reload();
        await screens[3].Page.CloseAsync();
        await sixth.Page.GetByRole(AriaRole.Link, new() { Name = "Try again" }).ClickAsync();
        await sixth.IsAt("/");
        await sixth.IsLive();
    }

    [GeneratedRegex("/account/login")]
    private static partial Regex SignInPage();

    // The hub's completion (3) of the first call ("0") with a result (3): what StartCircuit answers. By its length alone it could
    // be a form's token too.
    [GeneratedRegex(@"\u0003[^\u0003]{2}0\u0003.{1,2}(?<secret>CfDJ8[A-Za-z0-9_-]+)", RegexOptions.Singleline)]
    private static partial Regex Secrets();

    private async Task<Screen[]> ThreeTabs()
    {
        var machine = await Machine();
        var tabs = new List<Screen> { await (await (await Tab(machine)).SignIn("officer.ps1")).IsLive() };
        foreach (var page in _pages.Skip(1))
            tabs.Add(await (await (await Tab(machine)).Open(page)).IsLive());
        // On a machine with too much to do a page may leave later than its circuit waits for it.
        foreach (var tab in tabs)
            tab.Tolerating("unhandled exception on the current circuit");
        return [.. tabs];
    }

    // With the cookies of that tab.
    private async Task<FeedReader> FeedOf(Screen tab)
    {
        var cookies = await tab.Page.Context.CookiesAsync();
        var client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = App.Address };
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        return await FeedReader.Open(client);
    }

    private static async Task HasEnded(FeedReader feed)
    {
        while (await feed.Next().WaitAsync(TimeSpan.FromSeconds(2), TimeProvider.System) is not null)
        {
            // What was told before is read to its end.
        }
    }

    // The two seconds are the promise; what they are counted from is past already.
    private static async Task AreOut(params Screen[] tabs)
    {
        foreach (var tab in tabs)
            await Expect(tab.Page).ToHaveURLAsync(SignInPage(), new() { Timeout = 2000 });
    }

    private async Task NothingIsLeft()
    {
        var live = App.Services.GetRequiredService<LiveSessions>();
        var bus = App.Services.GetRequiredService<LiveBus>();
        await Eventually.Holds(() => live.Held == 0 && bus.Subscribers == 0, "no circuit, socket or feed of the session is left");
    }

    private Guid OfficerId(string account)
    {
        using var db = App.Db();
        return db.Users.AsNoTracking().Single(user => user.UserName == $"{account}@alertdavao.test").Id;
    }
}
