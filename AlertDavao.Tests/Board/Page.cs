using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Tests.Live;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Board;

/// <summary>Islands of one circuit, or a page drawn once, of a signed-in officer; any call to the browser fails the test.</summary>
internal sealed class Page : IAsyncDisposable
{
    private readonly House _house;
    private readonly BunitContext _browser = new();
    private readonly Screen _circuit;

    private Page(House house, Guid officer, bool isInteractive)
    {
        _house = house;
        _circuit = new Screen(house, officer);
        _browser.Services.AddSingleton(_circuit.Feed);
        _browser.Services.AddSingleton(house.City);
        _browser.JSInterop.Mode = JSRuntimeMode.Strict;
        var user = _browser.AddAuthorization();
        user.SetAuthorized("officer");
        user.SetClaims([.. house.SignIn(officer).Claims]);
        _browser.Services.AddSingleton(house.Get<ScopeDirectory>());
        _browser.Services.AddSingleton(house.Get<AlertOptions>());
        _browser.Services.AddSingleton(house.Get<SessionDirectory>());
        _browser.Services.AddSingleton(house.Get<LiveSessions>());
        _browser.Services.AddSingleton(house.Time);
        _browser.SetRendererInfo(isInteractive ? new RendererInfo("Server", true) : new RendererInfo("Static", false));
    }

    public BoardFeed Feed => _circuit.Feed;

    public int BrowserCalls => _browser.JSInterop.Invocations.Count;

    public static Page Of(House house, Guid officer) => new(house, officer, isInteractive: true);

    /// <summary>Server HTML without a circuit.</summary>
    public static Page Printed(House house, Guid officer) => new(house, officer, isInteractive: false);

    public async Task<IRenderedComponent<ReportBoard>> Board(string? since = null)
        => await Settled(_browser.Render<ReportBoard>(parameters => parameters.Add(board => board.Since, since)));

    public async Task<IRenderedComponent<AlertIsland>> Alerts()
        => await Settled(_browser.Render<AlertIsland>());

    /// <summary>The alert island of a circuit that has a board.</summary>
    public IRenderedComponent<AlertIsland> AlertsBeside() => _browser.Render<AlertIsland>();

    public IRenderedComponent<ReportBoard> Print() => _browser.Render<ReportBoard>();

    /// <summary>The worker's part of a delivery.</summary>
    public void Deliver(string log)
    {
        _house.Advance(log);
        _house.Bus.Wake(log);
    }

    public async ValueTask DisposeAsync()
    {
        await _circuit.DisposeAsync();
        await _browser.DisposeAsync();
    }

    // The feed's first picture after the subscription is a draw too; what a test counts comes after it.
    private async Task<IRenderedComponent<T>> Settled<T>(IRenderedComponent<T> island) where T : IComponent
    {
        await Until.True(() => _house.Bus.Subscribers == 1 && island.RenderCount >= 2, "the feed has drawn into the island");
        return island;
    }
}
