using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>The connection is lost while reports arrive: the page says so, asks by HTTP, and has everything once when it is back.</summary>
public sealed class LostConnectionTests(Chromium chromium) : WiredTest(chromium)
{
    private const float Within5 = 5_000, Within10 = 10_000, Within20 = 20_000;

    [Fact]
    [Trait("catalogue", "C4")]
    public async Task A_socket_that_is_gone_is_said_within_5_s_and_what_arrives_is_listed_within_10_s()
    {
        var screen = await Wired("officer.ps1");
        var before = await Post("PS1", "Before it was lost");
        await Expect(screen.Row(before)).ToBeVisibleAsync();
        Wire.RefusesSockets = true;
        Wire.CutSockets();

        await Expect(screen.Connection).Not.ToHaveAttributeAsync("data-state", "live", new() { Timeout = Within5 });
        await Expect(Lost(screen)).ToContainTextAsync("Connection lost at", new() { Timeout = Within5 });
        var first = await Post("PS1", "<b>First</b> while it is lost");
        await Expect(Listed(screen, first)).ToBeVisibleAsync(new() { Timeout = Within10 });
        await Expect(Listed(screen, first)).ToContainTextAsync("<b>First</b> while it is lost");
        var second = await Post("PS1", "Second while it is lost", "Theft");
        await Expect(Listed(screen, second)).ToBeVisibleAsync(new() { Timeout = Within10 });
        await Expect(screen.Connection).ToHaveAttributeAsync("data-state", "polling");
        await Expect(screen.Rows.Filter(new() { HasText = "while it is lost" })).ToHaveCountAsync(0, new() { Timeout = 1 });

        Wire.RefusesSockets = false;

        await screen.IsLive();
        foreach (var report in new[] { before, first, second })
            await Expect(screen.Row(report)).ToHaveCountAsync(1);
        await Expect(screen.Page.Locator("#lifeline li")).ToHaveCountAsync(0);
        await screen.IsStillPinned();
    }
}
