using Microsoft.Playwright;

namespace AlertDavao.Tests.Browser;

/// <summary>Officers whose browsers reach the product through a wire that fails when a test wants it to.</summary>
public abstract class WiredTest(Chromium chromium) : BrowserTest(chromium)
{
    private FaultyWire? _wire;

    private protected FaultyWire Wire => _wire ??= new FaultyWire(App.Address);

    private protected override Uri Entrance => Wire.Address;

    /// <summary>An officer on that page, live, whose page will see what a failing network shows in a console.</summary>
    private protected async Task<Screen> Wired(string account, string page = "/", BrowserNewContextOptions? options = null)
    {
        var screen = await Officer(account, page, options);
        screen.Tolerating("WebSocket", "Failed to load resource", "ERR_", "Connection disconnected", "Connection closed", "Failed to start the", "Server timeout elapsed");
        await screen.Pin();
        return screen;
    }

    private protected static ILocator Lost(Screen screen) => screen.Page.Locator("#lost");

    private protected static ILocator Listed(Screen screen, Posted report) => screen.Page.Locator($"#lifeline > li[data-report-id='{report.Id}']");

    protected override async Task End()
    {
        if (_wire is not null)
            await _wire.DisposeAsync();
    }
}
