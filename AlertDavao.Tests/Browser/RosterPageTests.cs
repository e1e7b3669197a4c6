using System.Text.RegularExpressions;
using AlertDavao.Tests.Devices;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>An admin changes who serves where, and the officer's screens follow by themselves.</summary>
public sealed class RosterPageTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task Who_is_moved_sees_the_new_board_without_a_reload_on_every_tab_and_is_told_so()
    {
        var old = await Post("PS1", "Of the old station");
        var machine = await MachineOf("officer.ps1");
        var board = await (await (await Tab(machine)).Open("/")).IsLive();
        var report = (await (await (await Tab(machine)).Open($"/reports/{old.Id}")).IsLive()).Tolerating("404");
        await Expect(board.Row(old)).ToBeVisibleAsync();
        await board.Pin();
        var desk = await Officer("hq", "/station?station=PS1");

        var line = desk.Page.Locator($"[data-officer='{App.IdOf("officer.ps1")}']");
        await line.GetByRole(AriaRole.Combobox).SelectOptionAsync("PS3");
        await line.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Move") }).ClickAsync();

        await Expect(desk.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Saved." })).ToBeVisibleAsync();
        await Expect(board.Page.Locator("#moved")).ToContainTextAsync("You are now on the board of PS3.");
        await Expect(board.Row(old)).ToHaveCountAsync(0);
        await Expect(board.Page.Locator(".board")).ToHaveAttributeAsync("data-scope", "PS3");
        await Expect(report.Page.Locator(".detail")).ToContainTextAsync("not on your board");
        var arrived = await Post("PS3", "Of the new station");
        await Expect(board.Row(arrived)).ToBeVisibleAsync();
        await board.IsStillPinned();
        await board.Page.Locator("#moved button").ClickAsync();
        await Expect(board.Page.Locator("#moved")).ToBeHiddenAsync();
    }
}
