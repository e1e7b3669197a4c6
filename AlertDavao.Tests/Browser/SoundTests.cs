using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

// RT-36: the alert sound was blocked silently.
public sealed class SoundTests(Chromium chromium) : BrowserTest(chromium)
{
    /// <summary>Tones of one alert.</summary>
    private const int Critical = 4, Medium = 1, Confirmation = 1;

    private const string CountTones =
        """
        window.tones = 0;
        const create = BaseAudioContext.prototype.createOscillator;
        BaseAudioContext.prototype.createOscillator = function () { window.tones++; return create.call(this); };
        """;

    [Fact]
    [Trait("catalogue", "RT-36")]
    public async Task Sound_says_loudly_that_it_is_off_until_a_click_arms_it()
    {
        var screen = await Listener("officer.ps1");
        await Expect(screen.Sound).ToHaveAttributeAsync("data-state", "off");
        await Expect(screen.Sound).ToContainTextAsync("Sound is OFF - click to arm", new() { UseInnerText = true });
        await Expect(screen.Row(await Post("PS1", "Unheard"))).ToBeVisibleAsync();
        (await Tones(screen)).Should().Be(0);

        await screen.Sound.ClickAsync();

        await Expect(screen.Sound).ToHaveAttributeAsync("data-state", "armed");
        await Expect(screen.Sound).ToHaveTextAsync("Sound armed", new() { UseInnerText = true });
        (await Tones(screen)).Should().Be(Confirmation, "arming is heard");
    }

    [Fact]
    public async Task A_burst_sounds_once_at_its_highest_severity()
    {
        var screen = await Armed("officer.ps2");

        await Burst("PS2", 5, "Loud");
        await Expect(screen.Row("Loud")).ToHaveCountAsync(5);
        (await Tones(screen)).Should().Be(Critical);

        await Expect(screen.Row(await Post("PS2", "Less loud", "Theft"))).ToBeVisibleAsync();
        (await Tones(screen)).Should().Be(Critical + Medium);
    }

    [Fact]
    public async Task Armed_sound_stays_armed_from_page_to_page_and_is_heard_on_each()
    {
        var screen = await Armed("officer.ps3");
        await screen.ToAccount();
        await Expect(screen.Sound).ToHaveAttributeAsync("data-state", "armed");
        await Post("PS3", "On the account page");
        await Expect(screen.Notice).ToBeVisibleAsync();
        (await Tones(screen)).Should().Be(Critical);

        await screen.ToBoard();
        await Expect(screen.Sound).ToHaveAttributeAsync("data-state", "armed");
        await Expect(screen.Row(await Post("PS3", "Back on the board"))).ToBeVisibleAsync();

        (await Tones(screen)).Should().Be(2 * Critical);
    }

    [Fact]
    public async Task After_F5_any_gesture_arms_it_again_and_nothing_sounds_twice()
    {
        var screen = await Armed("officer.ps4");
        var report = await Post("PS4", "Before F5");
        await Expect(screen.Row(report)).ToBeVisibleAsync();

        await screen.Reload();
        await Expect(screen.Row(report)).ToBeVisibleAsync();
        await screen.Page.Keyboard.PressAsync("Shift");
        await screen.Page.Mouse.ClickAsync(700, 5);
        await Expect(screen.Sound).ToHaveAttributeAsync("data-state", "armed");
        (await Tones(screen)).Should().Be(0, "what was heard before is not heard again");

        await Expect(screen.Row(await Post("PS4", "After F5"))).ToBeVisibleAsync();
        (await Tones(screen)).Should().Be(Critical);
    }

    private async Task<Screen> Listener(string account)
    {
        var machine = await Machine();
        await machine.AddInitScriptAsync(CountTones);
        return await (await (await Tab(machine)).SignIn(account)).IsLive();
    }

    /// <summary>Armed, and the confirmation is not counted.</summary>
    private async Task<Screen> Armed(string account)
    {
        var screen = await Listener(account);
        await screen.Sound.ClickAsync();
        await screen.Page.WaitForFunctionAsync("() => window.tones > 0");
        await Expect(screen.Sound).ToHaveAttributeAsync("data-state", "armed");
        await screen.Page.EvaluateAsync("() => { window.tones = 0; }");
        return screen;
    }

    private static Task<int> Tones(Screen screen) => screen.Page.EvaluateAsync<int>("() => window.tones");
}
