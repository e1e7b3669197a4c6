using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

[Collection(OtherBrowsers.Name)]
public sealed partial class LooksTests(Chromium chromium) : BrowserTest(chromium)
{
    private const string LongTitle =
        "A long title of a report that goes on and on, with Unbreakablewordsthatareverylongindeedandneverendatallinthisworld in between";

    [Fact]
    public async Task Light_and_dark_differ_and_the_choice_outlives_F5_and_navigation()
    {
        var screen = await Officer("officer.ps1", options: new() { ColorScheme = ColorScheme.Light });
        var light = await Ground(screen);
        var toggle = screen.Page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" });

        await toggle.ClickAsync();
        var dark = await Ground(screen);
        dark.Should().NotBe(light);

        await screen.Reload();
        (await Ground(screen)).Should().Be(dark);
        await screen.ToAccount();
        (await Ground(screen)).Should().Be(dark);
        await screen.ToBoard();
        (await Ground(screen)).Should().Be(dark);
        await toggle.ClickAsync();
        (await Ground(screen)).Should().Be(light);
    }

    [Fact]
    public async Task Who_chose_nothing_gets_what_the_system_prefers()
    {
        var light = await Officer("officer.ps1", options: new() { ColorScheme = ColorScheme.Light });
        var dark = await Officer("officer.ps1", options: new() { ColorScheme = ColorScheme.Dark });

        (await Ground(dark)).Should().NotBe(await Ground(light));
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(820)]
    [InlineData(390)]
    [InlineData(360)]
    public async Task Nothing_has_to_be_scrolled_sideways(int width)
    {
        var size = new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 800 } };
        var visitor = await (await Tab(await Machine(size))).Open("/account/login");
        (await Overhang(visitor)).Should().Be(0, "the sign-in page fits");
        var board = await Officer("officer.ps2", options: size);
        var elsewhere = await Officer("officer.ps2", "/account", size);

        var report = await Post("PS2", LongTitle);

        await Expect(board.Row(report)).ToBeVisibleAsync();
        await Expect(elsewhere.Notice).ToBeVisibleAsync();
        await board.ShowsInView(report);
        (await Overhang(board)).Should().Be(0, "the board fits");
        (await Overhang(elsewhere)).Should().Be(0, "the account page and the notice fit");
        await Expect(elsewhere.Notice.GetByRole(AriaRole.Link, new() { Name = "Open" })).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(board.Sound).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(board.Connection).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Every_control_has_a_name_and_every_page_one_heading_and_its_landmarks(int width)
    {
        var size = new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 800 } };
        var board = await Officer("officer.ps3", options: size);
        var elsewhere = await Officer("officer.ps3", "/account", size);
        var report = await Post("PS3", "Named throughout");
        await Expect(board.Row(report)).ToBeVisibleAsync();
        await Expect(elsewhere.Notice).ToBeVisibleAsync();
        var visitor = await (await Tab(await Machine(size))).Open("/account/login");

        foreach (var screen in new[] { board, elsewhere, visitor })
        {
            var tree = await screen.Page.Locator("body").AriaSnapshotAsync();
            Nameless().Matches(tree).Select(match => match.Value).Should().BeEmpty(tree);
            await Expect(screen.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
            await Expect(screen.Page.GetByRole(AriaRole.Main)).ToHaveCountAsync(1);
            await Expect(screen.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
            (await screen.Page.EvaluateAsync<string[]>(
                "() => { const ids = [...document.querySelectorAll('[id]')].map(one => one.id); return ids.filter((id, at) => ids.indexOf(id) !== at); }"))
                .Should().BeEmpty("an id names one element");
        }

        foreach (var screen in new[] { board, elsewhere })
        {
            await Expect(screen.Page.GetByRole(AriaRole.Banner)).ToHaveCountAsync(1);
            await Expect(screen.Page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(1);
        }

        var list = board.Page.GetByRole(AriaRole.List, new() { Name = "Reports, newest first" });
        await Expect(list).ToHaveCountAsync(1);
        await Expect(list.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(41);
        (await list.EvaluateAsync<bool>("list => [...list.children].every(row => row.localName === 'li')")).Should().BeTrue();
    }

    [Fact]
    public async Task An_arriving_report_does_not_take_the_focus()
    {
        var screen = await Officer("officer.ps4");
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }).FocusAsync();

        await Expect(screen.Row(await Post("PS4", "While the focus is elsewhere"))).ToBeVisibleAsync();

        await Expect(screen.Page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Who_wants_less_motion_gets_no_animation()
    {
        var screen = await Officer("officer.ps5", options: new() { ReducedMotion = ReducedMotion.Reduce });

        await RecordPulses(screen);
        var row = screen.Row(await Post("PS5", "Without a pulse"));

        await Expect(row).ToHaveClassAsync(new Regex(@"\bfresh\b"));
        (await row.EvaluateAsync<bool>("row => row.getAnimations({ subtree: true }).every(one => one.playState !== 'running')"))
            .Should().BeTrue();
        // The first step is set when the row comes in: were there one, it would be known by now.
        (await screen.Page.EvaluateAsync<int>("() => window.pulses.length")).Should().Be(0);
    }

    [Fact]
    public async Task An_arrival_pulses_three_times_and_then_stands_still()
    {
        var screen = await Officer("officer.ps5");
        await RecordPulses(screen);

        await Post("PS5", "With a pulse");

        await screen.Page.WaitForFunctionAsync("() => window.pulses.join(' ') === '2 1 0 2 1 0 2 1 0'");
    }

    private static async Task RecordPulses(Screen screen) => await screen.Page.EvaluateAsync("""
        () => {
            window.pulses = [];
            new MutationObserver(changes => { for (const { target } of changes) window.pulses.push(target.dataset.pulse ?? 0); })
                .observe(document.getElementById('report-board'), { subtree: true, attributeFilter: ['data-pulse'] });
        }
        """);

    private static Task<string> Ground(Screen screen) => screen.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    /// <summary>How many pixels wider than the window the page is.</summary>
    private static Task<int> Overhang(Screen screen)
        => screen.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    [GeneratedRegex("""^\s*- (button|link|textbox|checkbox|combobox)(?! ").*$""", RegexOptions.Multiline)]
    private static partial Regex Nameless();
}
