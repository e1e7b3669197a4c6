using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>The server starts anew, or knows a page's circuit no more: the page comes back by itself, as it was left, with everything.</summary>
public sealed class RestartTests(Chromium chromium) : WiredTest(chromium)
{
    [Fact]
    [Trait("catalogue", "RT-24")]
    public async Task After_a_restart_the_page_is_opened_again_at_its_place_with_what_came_meanwhile()
    {
        await Burst("PS1", 30, "Long list", "Theft");
        var screen = await Wired("officer.ps1");
        await Arm(screen);
        await Expect(screen.Row("Long list")).ToHaveCountAsync(30);
        var read = screen.Row("Long list 12");
        await read.ScrollIntoViewIfNeededAsync();
        await screen.Page.Mouse.MoveAsync(700, 600);
        await screen.Page.Mouse.WheelAsync(0, 200);
        await screen.Elapse(300);
        var place = (await read.BoundingBoxAsync())!.Y;

        Wire.IsDown = true;
        Wire.CutAll();
        var report = await Post("PS1", "While it started anew");
        Wire.LeadTo(Restart());
        Wire.IsDown = false;

        await screen.Page.WaitForFunctionAsync("() => window.pinned === undefined");
        await screen.IsLive();
        await Expect(screen.Row(report)).ToHaveCountAsync(1);
        await Expect(screen.Row("Long list")).ToHaveCountAsync(30);
        await screen.Page.WaitForFunctionAsync("() => document.getElementById('report-board').scrollTop > 100");
        (await read.BoundingBoxAsync())!.Y.Should().BeApproximately(place, 3, "the reader's row is where it was");
    }

    [Fact]
    public async Task A_draft_survives_a_restart()
    {
        var screen = await Wired("officer.ps2", "/reports/new");
        await screen.Page.GetByLabel("Title").FillAsync("Half told");
        await screen.Page.GetByLabel("Phone", new() { Exact = true }).CheckAsync();
        await screen.Page.Locator("[name='Input.ReporterName']").FillAsync("Maria Clara");

        Wire.IsDown = true;
        Wire.CutAll();
        Wire.LeadTo(Restart());
        Wire.IsDown = false;

        await screen.Page.WaitForFunctionAsync("() => window.pinned === undefined");
        await screen.IsLive();
        await Expect(screen.Page.GetByLabel("Title")).ToHaveValueAsync("Half told");
        await Expect(screen.Page.GetByLabel("Phone", new() { Exact = true })).ToBeCheckedAsync();
        await Expect(screen.Page.Locator("[name='Input.ReporterName']")).ToHaveValueAsync("Maria Clara");
        (await screen.Page.EvaluateAsync<string>("() => JSON.stringify({ ...sessionStorage, ...localStorage })")).Should().NotContain("Maria");
    }

    [Fact]
    [Trait("catalogue", "RT-25")]
    public async Task What_was_heard_before_a_restart_does_not_sound_again()
    {
        var screen = await Wired("officer.ps3");
        await Arm(screen);
        var before = await Post("PS3", "Heard before", "Theft");
        await Expect(screen.Row(before)).ToBeVisibleAsync();
        (await Tones(screen)).Should().Be(2);

        Wire.LeadTo(Restart());
        Wire.CutAll();
        await screen.Page.WaitForFunctionAsync("() => window.pinned === undefined");
        await screen.IsLive();
        await screen.Page.Keyboard.PressAsync("Shift");
        await screen.Page.Mouse.ClickAsync(700, 5);
        await Expect(screen.Sound).ToHaveAttributeAsync("data-state", "armed");

        await Expect(screen.Row(before)).ToHaveCountAsync(1);
        await Expect(screen.Row(before)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("fresh"));
        (await Tones(screen)).Should().Be(0);
    }

    [Fact]
    public async Task A_page_that_looks_alive_but_does_nothing_is_opened_again()
    {
        var screen = await Wired("officer.ps4");
        // Its circuit answers no click any more, though its connection stands.
        await screen.Page.EvaluateAsync("() => document.getElementById('heartbeat').replaceWith(document.getElementById('heartbeat').cloneNode(true))");

        await screen.Page.EvaluateAsync("() => { const passed = performance.now.bind(performance); performance.now = () => passed() + 60000; }");
        await screen.Page.Mouse.ClickAsync(700, 5);

        await screen.Page.WaitForFunctionAsync("() => window.pinned === undefined");
        await screen.IsLive();
    }
}
