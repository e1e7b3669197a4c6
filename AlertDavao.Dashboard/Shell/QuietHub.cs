using AlertDavao.Dashboard.Accounts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// The hub as <see cref="HubSockets"/> reach it. Where the framework itself serves a connection, it pings only who was told nothing:
/// the framework pings every page every five seconds, whatever else it was told meanwhile.
/// </summary>
internal sealed class QuietHub<THub> : HubConnectionHandler<THub>
    where THub : Hub
{
    private readonly TimeProvider _time;

    public QuietHub(
        HubLifetimeManager<THub> lifetime, IHubProtocolResolver protocols, IOptions<HubOptions> all, IOptions<HubOptions<THub>> own,
        ILoggerFactory loggers, IUserIdProvider users, IServiceScopeFactory services, HubSockets sockets, TimeProvider time)
        : base(lifetime, protocols, all, own, loggers, users, services)
    {
        _time = time;
        sockets.Serve(OnConnectedAsync);
    }

    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        if (connection is HubSocket)
            return base.OnConnectedAsync(connection);
        var calls = new CallRate(_time);
        connection.Items[typeof(CallRate)] = calls;
        if (connection.Features.Get<IConnectionHeartbeatFeature>() is { } beats)
            connection.Features.Set<IConnectionHeartbeatFeature>(new QuietBeats(beats, calls));
        return base.OnConnectedAsync(connection);
    }
}

/// <summary>A connection's beat, a second each, that passes over those that come shortly after a call of the page.</summary>
internal sealed class QuietBeats(IConnectionHeartbeatFeature beats, CallRate calls) : IConnectionHeartbeatFeature
{
    public void OnHeartbeat(Action<object> action, object state) => beats.OnHeartbeat(
        beaten =>
        {
            if (calls.Idle >= HubSocket.Recent)
                action(beaten);
        },
        state);
}
