using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>The board for who comes back, for a wall, and a report for paper.</summary>
public sealed class OtherViewsTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task Who_comes_back_is_told_once_a_session_what_came_and_what_still_waits()
    {
        using (await App.SignedIn("officer.ps1"))
        {
            await Acknowledge(await Post("PS1", "Came and seen to"), "admin.ps1");
            await Post("PS1", "Came and waits");
        }

        var screen = await Officer("officer.ps1");

        var line = screen.Page.Locator("#since");
        await Expect(line).ToContainTextAsync("2 arrived, 1 of them still unacknowledged.");
        await line.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(line).ToBeHiddenAsync();
        var answered = screen.Page.WaitForResponseAsync(answer => answer.Url.EndsWith("/api/since", StringComparison.Ordinal));
        await screen.Reload();
        (await answered).Status.Should().Be(200);
        await screen.Frame();
        await Expect(line).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_wall_shows_no_names_and_nothing_on_it_acts_until_it_is_left()
    {
        var report = await Post("PS2", "On the wall");
        var screen = await Officer("officer.ps2", "/?wall");
        await Expect(screen.Row(report).Locator(".title")).ToBeVisibleAsync();
        await Expect(screen.Row(report).Locator(".who")).ToBeHiddenAsync();
        await Expect(screen.Row(report).Locator("[data-act]")).ToBeHiddenAsync();

        await screen.Page.Keyboard.PressAsync("j");
        await screen.Page.Keyboard.PressAsync("w");

        await screen.IsAt("/");
        await Expect(screen.Row(report).Locator("[data-act]")).ToBeVisibleAsync();
        await Expect(screen.Row(report)).Not.ToHaveAttributeAsync("aria-current", "true");
    }

    [Fact]
    public async Task On_paper_stands_the_report_alone()
    {
        var report = await Post("PS3", "For the file");
        var screen = await Officer("officer.ps3", $"/reports/{report.Id}");

        await screen.Page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(screen.Page.Locator(".dtitle")).ToBeVisibleAsync();
        await Expect(screen.Page.Locator(".timeline")).ToBeVisibleAsync();
        foreach (var part in new[] { ".workbar", "#report-board", ".strip", ".rail" })
            await Expect(screen.Page.Locator(part).First).ToBeHiddenAsync();
    }
}
