using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

public sealed class PagesTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task From_the_board_to_the_account_and_back_the_circuit_stays_and_the_board_goes_on()
    {
        var screen = await Officer("officer.ps1");
        await screen.Pin();
        var first = await Post("PS1", "Before the round trip");
        await Expect(screen.Row(first)).ToBeVisibleAsync();

        await screen.ToAccount();
        await Expect(screen.List).ToHaveCountAsync(0);
        var during = await Post("PS1", "During the round trip");
        await Expect(screen.Notice).ToContainTextAsync(during.Title);
        await screen.ToBoard();
        var after = await Post("PS1", "After the round trip");

        foreach (var report in new[] { first, during, after })
            await Expect(screen.Row(report)).ToHaveCountAsync(1);
        var ids = await screen.Rows.EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.reportId)");
        ids.Should().OnlyHaveUniqueItems();
        screen.Sockets.Should().Be(1);
        await screen.IsStillPinned();
    }

    [Fact]
    public async Task Back_and_forward_lead_to_a_live_board()
    {
        var screen = await Officer("officer.ps2");
        await screen.ToAccount();

        await screen.Page.GoBackAsync();

        await Expect(screen.List).ToBeVisibleAsync();
        await Expect(screen.Row(await Post("PS2", "After Back"))).ToHaveCountAsync(1);
        await screen.Page.GoForwardAsync();
        await Expect(screen.Page.GetByRole(AriaRole.Heading, new() { Name = "Account" })).ToBeVisibleAsync();
        await Post("PS2", "After Forward");
        await Expect(screen.Notice).ToContainTextAsync("After Forward");
        screen.Sockets.Should().Be(1);
    }

    [Fact]
    public async Task Without_a_socket_the_page_shows_the_reports_and_does_not_say_that_it_is_live()
    {
        var report = await Post("PS3", "There before the page");
        var machine = await Machine();
        await machine.RouteAsync(new Regex(@"/_blazor(/negotiate|\?|$)"), route => route.AbortAsync());
        var screen = (await Tab(machine)).Tolerating("_blazor", "Failed to start the connection", "Failed to complete negotiation", "Failed to fetch", "Circuit host not initialized");

        await screen.SignIn("officer.ps3");

        await Expect(screen.Row(report)).ToBeVisibleAsync();
        await Expect(screen.Rows).ToHaveCountAsync(41);
        await screen.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Expect(screen.Connection).Not.ToHaveAttributeAsync("data-state", "live");
        await Expect(screen.Connection).Not.ToContainTextAsync("Live");
        screen.Sockets.Should().Be(0);
    }

    [Fact]
    public async Task The_sign_in_form_is_labelled_and_works_by_keyboard_alone()
    {
        var screen = await (await Tab(await Machine())).Open("/");
        await Expect(screen.Page).ToHaveURLAsync(new Regex("/account/login"));
        var email = screen.Page.GetByLabel("E-mail");
        var password = screen.Page.GetByLabel("Password", new() { Exact = true });

        await email.FocusAsync();
        await screen.Page.Keyboard.TypeAsync("officer.ps4@alertdavao.test");
        await screen.Page.Keyboard.PressAsync("Tab");
        await Expect(password).ToBeFocusedAsync();
        await screen.Page.Keyboard.TypeAsync("not this one");
        await screen.Page.Keyboard.PressAsync("Enter");

        await Expect(screen.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("E-mail or password is wrong, or the account is locked.");
        await Expect(email).ToHaveValueAsync("officer.ps4@alertdavao.test");
        await Expect(password).ToHaveValueAsync("");

        await password.FocusAsync();
        await screen.Page.Keyboard.TypeAsync(TestApp.Password);
        await screen.Page.Keyboard.PressAsync("Tab");
        await screen.Page.Keyboard.PressAsync("Enter");
        await Expect(password).ToHaveAttributeAsync("type", "text");
        await screen.Page.Keyboard.PressAsync("Tab");
        await Expect(screen.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })).ToBeFocusedAsync();
        await screen.Page.Keyboard.PressAsync("Enter");

        await Expect(screen.List).ToBeVisibleAsync();
        await screen.IsLive();
    }

    [Fact]
    [Trait("catalogue", "RT-39")]
    public async Task After_signing_out_Back_shows_no_report()
    {
        var screen = await Officer("officer.ps5");
        var report = await Post("PS5", "Not for the next at this desk");
        await Expect(screen.Row(report)).ToBeVisibleAsync();
        await screen.ToAccount();

        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(screen.Page).ToHaveURLAsync(new Regex("/account/login$"));

        await screen.Page.GoBackAsync();
        await Expect(screen.Page).ToHaveURLAsync(new Regex(@"/account/login\?ReturnUrl="));
        await Expect(screen.Page.GetByLabel("E-mail")).ToBeVisibleAsync();
        await Expect(screen.Page.GetByText(report.Title)).ToHaveCountAsync(0);
        var board = await screen.Page.APIRequest.GetAsync("/", new() { MaxRedirects = 0 });
        board.Status.Should().Be(302);
        (await screen.Page.APIRequest.GetAsync("/api/session", new() { MaxRedirects = 0 })).Status.Should().Be(401);
    }

    [Fact]
    [Trait("catalogue", "B1")]
    public async Task Hostile_text_is_text_on_the_board_in_the_notice_and_in_the_announcement()
    {
        const string title = "<img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}";
        const string type = "\"><svg onload=alert(3)>";
        const string place = "</bdi><iframe srcdoc='<script>alert(4)</script>'>";
        var board = await Officer("hq");
        var elsewhere = await Officer("hq", "/account");
        var harmless = A.Report("Harmless");
        harmless.Remove("latitude");
        harmless["barangay"] = "Somewhere";
        var plain = await Post(harmless);
        await Expect(board.Row(plain)).ToBeVisibleAsync();
        await Expect(elsewhere.Notice).ToContainTextAsync("Harmless");
        var (inRow, inNotice) = (await Elements(board.Row(plain)), await Elements(elsewhere.Notice));

        var hostile = A.Report(title);
        hostile.Remove("latitude");
        hostile["crime_types"] = new[] { type, "Robbery" };
        hostile["barangay"] = place;
        hostile["reporters_address"] = "' onmouseover=alert(5) x='";
        hostile["description"] = "<script>alert(6)</script>";
        var posted = await Post(hostile);

        var row = board.Row(posted);
        await Expect(row.Locator(".title")).ToHaveTextAsync(title);
        await Expect(row.Locator(".title")).ToHaveAttributeAsync("title", title);
        await Expect(row).ToContainTextAsync(type);
        await Expect(row.Locator(".place")).ToHaveTextAsync(place);
        await Expect(board.Announcement).ToContainTextAsync(title);
        await Expect(elsewhere.Notice).ToContainTextAsync(title);
        await Expect(elsewhere.Announcement).ToContainTextAsync(title);
        (await Elements(row)).Should().Equal(inRow);
        (await Elements(elsewhere.Notice)).Should().Equal(inNotice);
        await board.Reload();
        await Expect(row.Locator(".title")).ToHaveTextAsync(title);
        (await Elements(row)).Should().Equal(inRow);
        foreach (var screen in new[] { board, elsewhere })
            await Expect(screen.Page.Locator("img, iframe, [onerror], [onload], [onmouseover]")).ToHaveCountAsync(0);
    }

    private static Task<string[]> Elements(ILocator within)
        => within.EvaluateAsync<string[]>("root => [...root.querySelectorAll('*')].map(element => element.localName)");
}
