using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace AlertDavao.Tests.Browser;

/// <summary>Officers whose browsers reach the product through a wire that fails when a test wants it to.</summary>
public abstract class WiredTest(Chromium chromium, Action<IServiceCollection>? services = null) : BrowserTest(chromium, services)
{
    private protected const float Within5 = 5_000, Within10 = 10_000;

    // The page asks every 9.5 s, so that a report is listed within 10 s of its commit; a busy machine adds what is its own.
    private protected const float WithinTheNextQuestion = 12_000;

    private protected const string CountTones =
        """
        window.tones = 0;
        const create = BaseAudioContext.prototype.createOscillator;
        BaseAudioContext.prototype.createOscillator = function () { window.tones++; return create.call(this); };
        """;

    private FaultyWire? _wire;
    private TestApp? _again;

    private protected FaultyWire Wire => _wire ??= new FaultyWire(App.Address);

    private protected override TestApp Current => _again ?? App;

    private protected override Uri Entrance => Wire.Address;

    /// <summary>An officer on that page, whose console will show what a failing network shows there.</summary>
    private protected async Task<Screen> Wired(string account, string page = "/", bool isLive = true)
    {
        var screen = await Tab(await MachineOf(account));
        screen.Tolerating("WebSocket", "Failed to load resource", "ERR_", "Connection disconnected", "Connection closed", "Failed to start the", "Server timeout elapsed", "Circuit host not initialized", "Failed to complete negotiation", "Failed to fetch");
        await screen.Page.AddInitScriptAsync(CountTones);
        await screen.Open(page);
        if (isLive)
            await screen.IsLive();
        await screen.Pin();
        return screen;
    }

    private protected static async Task Arm(Screen screen)
    {
        await screen.Sound.ClickAsync();
        await Assertions.Expect(screen.Sound).ToHaveAttributeAsync("data-state", "armed");
    }

    private protected static Task<int> Tones(Screen screen) => screen.Page.EvaluateAsync<int>("() => window.tones");

    private protected static ILocator Lost(Screen screen) => screen.Page.Locator("#lost");

    private protected static ILocator Listed(Screen screen, Posted report) => screen.Page.Locator($"#lifeline > li[data-report-id='{report.Id}']");

    /// <summary>The product once more on what it had stored; the first one's port is not needed again.</summary>
    private protected Uri Restart()
    {
        _again = TestApp.Again(App);
        return _again.Address;
    }

    protected override async Task End()
    {
        if (_again is not null)
            await _again.DisposeAsync();
        if (_wire is not null)
            await _wire.DisposeAsync();
    }
}
