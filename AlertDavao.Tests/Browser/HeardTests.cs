using System.Text.RegularExpressions;
using AlertDavao.Tests.Devices;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>What reaches an officer beside the row: who else looks, what is told when nobody would hear, the icon, the desktop.</summary>
public sealed class HeardTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task A_station_whose_every_screen_is_muted_is_told_to_its_admin_until_one_is_armed()
    {
        var admin = await Officer("admin.ps1");
        var officer = await Officer("officer.ps1");

        await Expect(Muted(admin)).ToContainTextAsync("Every screen of PS1 is muted");
        await Expect(Muted(officer)).ToHaveCountAsync(0);
        await officer.Sound.ClickAsync();

        await Expect(officer.Sound).ToHaveAttributeAsync("data-state", "armed");
        await Expect(Muted(admin)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_hidden_tab_tells_the_desktop_once_where_the_officer_asked_for_it_and_counts_in_its_icon()
    {
        var machine = await MachineOf("officer.ps2", new() { Permissions = ["notifications"] });
        await machine.AddInitScriptAsync(
            """
            window.told = [];
            window.Notification = class { static permission = 'granted'; static requestPermission = async () => 'granted'; constructor(title, options) { window.told.push(`${title} | ${options.body}`); } close() {} };
            """);
        var screen = await (await (await Tab(machine)).Open("/account")).IsLive();
        await screen.Page.Locator("[data-desktop]").CheckAsync();
        await screen.Open("/");
        await screen.IsLive();
        var icon = await screen.Page.Locator("link[rel=icon]").GetAttributeAsync("href");
        await screen.Page.EvaluateAsync("() => Object.defineProperty(document, 'hidden', { value: true })");

        var report = await Post("PS2", "While nobody looked", "Homicide");

        await Expect(screen.Row(report)).ToBeVisibleAsync();
        await screen.Page.WaitForFunctionAsync("() => window.told.length === 1");
        (await screen.Page.EvaluateAsync<string>("() => window.told[0]")).Should().Contain("Critical").And.Contain("While nobody looked");
        await Expect(screen.Page).ToHaveTitleAsync(new Regex(@"^\(1\)"));
        await Expect(screen.Page.Locator("link[rel=icon]")).Not.ToHaveAttributeAsync("href", icon!);
    }

    [Fact]
    public async Task The_volume_is_kept_and_a_test_button_is_heard_in_its_own_tone()
    {
        var machine = await MachineOf("officer.ps3");
        await machine.AddInitScriptAsync(
            """
            window.pitches = [];
            const make = AudioContext.prototype.createOscillator;
            AudioContext.prototype.createOscillator = function () {
                const tone = make.call(this);
                const start = tone.start.bind(tone);
                tone.start = at => { window.pitches.push(tone.frequency.value); start(at); };
                return tone;
            };
            """);
        var screen = await (await (await Tab(machine)).Open("/account")).IsLive();

        await screen.Page.Locator("[data-test=critical]").ClickAsync();
        await screen.Page.WaitForFunctionAsync("() => window.pitches.length === 4");
        await screen.Page.Locator("[data-test=low]").ClickAsync();
        await screen.Page.WaitForFunctionAsync("() => window.pitches.length === 5");
        await screen.Page.Locator("[data-sound-card] [type=range]").FillAsync("30");
        await screen.Reload();

        await Expect(screen.Page.Locator("[data-sound-card] [type=range]")).ToHaveValueAsync("30");
    }

    [Fact]
    public async Task Who_else_has_a_report_open_is_said_on_its_row_and_beside_it()
    {
        var report = await Post("PS5", "Looked at by two");
        var first = await Officer("officer.ps5", $"/reports/{report.Id}");
        await Officer("admin.ps5", $"/reports/{report.Id}");

        // Presence wakes nobody: it comes with the next draw.
        var viewers = first.Page.Locator("[data-viewers]");
        await Eventually.Reads(
            async () =>
            {
                await Post("PS5", "Something happens");
                return await viewers.TextContentAsync();
            },
            words => words?.Contains("2 viewing", StringComparison.Ordinal) == true,
            "both are counted");
        await Expect(first.Row(report).Locator(".seen-by")).ToHaveTextAsync(new Regex("2"));
    }

    private static ILocator Muted(Screen screen) => screen.Page.Locator("#muted");
}
