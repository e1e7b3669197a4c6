using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>Several tabs of one browser are one officer's ears and eyes; another machine has its own.</summary>
public sealed class TabsTests(Chromium chromium) : WiredTest(chromium)
{
    [Fact]
    [Trait("catalogue", "C9")]
    [Trait("catalogue", "RT-26")]
    public async Task Three_tabs_sound_once_and_what_is_seen_in_one_is_seen_in_all()
    {
        var machine = await MachineOf("officer.ps1");
        var tabs = new List<Screen>();
        for (var count = 0; count < 3; count++)
        {
            var tab = await Tab(machine);
            await tab.Page.AddInitScriptAsync(CountTones);
            tabs.Add(await (await tab.Open("/")).IsLive());
            await Arm(tab);
        }

        var armed = await Sum(tabs);
        for (var count = 1; count <= 5; count++)
        {
            var report = await Post("PS1", $"In every tab {count}", "Theft");
            foreach (var tab in tabs)
                await Expect(tab.Row(report)).ToHaveCountAsync(1);
        }

        (await Sum(tabs)).Should().Be(armed + 5, "each sounds once in the browser");
        foreach (var tab in tabs)
            await Expect(tab.Unseen).ToContainTextAsync("5");

        await tabs[1].Page.BringToFrontAsync();
        await tabs[1].MoveUntil("() => document.getElementById('unseen-count').hidden");

        foreach (var tab in tabs)
            await Expect(tab.Unseen).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_tab_that_sounds_is_closed_and_another_takes_its_place()
    {
        var machine = await MachineOf("officer.ps2");
        var (first, second) = (await Listener(machine), await Listener(machine));
        var before = await Tones(second);

        await first.Page.CloseAsync();

        await Eventually.Reads(
            async () =>
            {
                await Expect(second.Row(await Post("PS2", "After it was closed", "Theft"))).ToHaveCountAsync(1);
                return await Tones(second);
            },
            tones => tones > before,
            "the other tab sounds");
    }

    [Fact]
    public async Task Another_machine_of_the_officer_sounds_for_itself()
    {
        var (desk, tablet) = (await Listener(await MachineOf("officer.ps3")), await Listener(await MachineOf("officer.ps3")));
        var before = (await Tones(desk), await Tones(tablet));

        var report = await Post("PS3", "On both", "Theft");
        foreach (var screen in new[] { desk, tablet })
            await Expect(screen.Row(report)).ToHaveCountAsync(1);

        (await Tones(desk), await Tones(tablet)).Should().Be((before.Item1 + 1, before.Item2 + 1));
    }

    private async Task<Screen> Listener(IBrowserContext machine)
    {
        var screen = await Tab(machine);
        await screen.Page.AddInitScriptAsync(CountTones);
        await (await screen.Open("/")).IsLive();
        await Arm(screen);
        return screen;
    }

    private static async Task<int> Sum(IEnumerable<Screen> tabs)
    {
        var sum = 0;
        foreach (var tab in tabs)
            sum += await Tones(tab);
        return sum;
    }
}
