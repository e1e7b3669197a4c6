using System.Collections.Concurrent;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Connections;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// Serves the circuits' sockets without the layers that the framework has for connections of other kinds: two pipes, two turns of the
/// thread pool a message and a walk over all connections each second (docs: performance). The hub behind it, what it is asked and
/// who may ask stay the framework's; a page that has no socket is served by the framework altogether.
/// </summary>
internal sealed partial class HubSockets(IHostApplicationLifetime life, TimeProvider time, ILogger<HubSockets> log) : BackgroundService
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<HubSocket, bool> _open = new();
    private ConnectionDelegate? _hub;

    /// <summary>The hub that is behind them, once it is made.</summary>
    public void Serve(ConnectionDelegate hub) => _hub = hub;

    /// <summary>Takes the sockets of the circuits' endpoint; its other requests are the framework's.</summary>
    public void Take(EndpointBuilder endpoint)
    {
        if (endpoint is not RouteEndpointBuilder { RoutePattern.RawText: { } path, RequestDelegate: { } others } || path.Trim('/') != HubDoor.Path.Trim('/'))
            return;
        endpoint.RequestDelegate = http => _hub is { } hub && http.WebSockets.IsWebSocketRequest ? Run(http, hub) : others(http);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var leaving = life.ApplicationStopping.UnsafeRegister(static sockets => ((HubSockets)sockets!).Leave(), this);
        await time.Every(Second, Beat, stoppingToken);
    }

    private async Task Run(HttpContext http, ConnectionDelegate hub)
    {
        // The hub pings by itself. Not compressed: that costs 220 KiB and more a circuit.
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.Zero });
        var connection = new HubSocket(http, socket, time);
        _open[connection] = true;
        try
        {
            // Registered first, asked second: whichever comes later sees the other.
            if (life.ApplicationStopping.IsCancellationRequested)
                connection.Leave();
            await connection.Run(hub);
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    }

    private void Beat()
    {
        var now = time.GetTimestamp();
        foreach (var (connection, _) in _open)
        {
            try
            {
                connection.Beat(now);
            }
            catch (Exception e)
            {
                BeatFailed(e);
            }
        }
    }

    private void Leave()
    {
        foreach (var (connection, _) in _open)
            connection.Leave();
    }

    [LoggerMessage(LogLevel.Error, "A look at a page's connection failed; the next one comes in a second.")]
    private partial void BeatFailed(Exception exception);
}
