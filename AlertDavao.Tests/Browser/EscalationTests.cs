using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>What nobody acknowledges, on the screens of those who are told in turn; the levels follow in seconds here.</summary>
public sealed class EscalationTests(Chromium chromium) : BrowserTest(chromium, settings: new()
{
    ["Escalation:CriticalSeconds:0"] = "2",
    ["Escalation:CriticalSeconds:1"] = "4",
    ["Escalation:CriticalSeconds:2"] = "6",
    ["Alerts:CriticalRepeatSeconds"] = "1",
})
{
    /// <summary>Tones of one alert.</summary>
    private const int Critical = 4;

    private const string CountTones =
        """
        window.pitches = [];
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (at) { window.pitches.push(this.frequency.value); return start.call(this, at); };
        """;

    [Fact]
    public async Task The_station_its_admins_and_the_city_desk_are_told_in_turn_each_in_words_and_in_a_voice_of_its_own()
    {
        // What the demo sends escalates to its station alone: this comes from the citizens' app.
        using var app = App.Intake(App.NewIntakeKey("app"));
        var officer = await Armed("officer.ps1");
        var admin = await Armed("admin.ps1");
        var desk = await Armed("hq");
        var report = await Post(app, ReportFor("PS1", "Nobody looks"));
        foreach (var screen in new[] { officer, admin, desk })
            await Expect(screen.Row(report).Locator(".timer")).ToContainTextAsync("of 0:02");

        foreach (var words in new[] { "re-alerted", "admins told", "city desk told" })
        {
            foreach (var screen in new[] { officer, admin, desk })
                await Expect(screen.Row(report).Locator(".timer")).ToContainTextAsync(words);
        }

        await Heard(officer, 784);
        await Heard(admin, 1047);
        await Heard(desk, 1047);
        (await officer.Page.EvaluateAsync<double[]>("() => window.pitches")).Should().NotContain(1047, "the levels above are no news to the station");
        await officer.Open($"/reports/{report.Id}");
        await Expect(officer.Page.Locator(".timeline")).ToContainTextAsync("the city desk was told");
        await Expect(officer.Page.Locator(".timeline")).ToContainTextAsync("the station admins were told");
        await Expect(officer.Page.Locator(".timeline")).ToContainTextAsync("the station was alerted again");
    }

    [Fact]
    [Trait("catalogue", "RT-36")]
    public async Task It_sounds_again_and_again_and_falls_silent_on_every_screen_when_a_colleague_acknowledges()
    {
        var board = await Armed("officer.ps2");
        var elsewhere = await Armed("admin.ps2", "/account");
        var report = await Post("PS2", "Loud until seen");
        foreach (var screen in new[] { board, elsewhere })
            await screen.Page.WaitForFunctionAsync($"() => window.pitches.length >= {3 * Critical}");
        await Expect(board.Sound).ToHaveAttributeAsync("data-sounding", "");

        await Acknowledge(report, "admin.ps2");

        foreach (var screen in new[] { board, elsewhere })
        {
            await Expect(screen.Sound).Not.ToHaveAttributeAsync("data-sounding", "");
            await screen.Page.EvaluateAsync("() => { window.pitches.length = 0; }");
            await screen.Elapse(2500);
            (await screen.Page.EvaluateAsync<int>("() => window.pitches.length")).Should().Be(0);
        }
    }

    private static async Task Heard(Screen screen, int pitch)
        => await screen.Page.WaitForFunctionAsync("pitch => window.pitches.includes(pitch)", pitch);

    private async Task<Screen> Armed(string account, string page = "/")
    {
        var machine = await MachineOf(account);
        await machine.AddInitScriptAsync(CountTones);
        var screen = await (await (await Tab(machine)).Open(page)).IsLive();
        await screen.Sound.ClickAsync();
        await Expect(screen.Sound).ToHaveAttributeAsync("data-state", "armed");
        return screen;
    }
}
