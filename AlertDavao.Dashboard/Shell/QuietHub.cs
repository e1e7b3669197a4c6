using AlertDavao.Dashboard.Accounts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// Pings only who was told nothing. The framework pings every page every five seconds, whatever else it was told meanwhile, all of a
/// second's in one go: with five thousand screens a thousand messages that a report waits behind. A page that acknowledged a
/// draw a moment ago has heard from the server, and the server from it.
/// </summary>
internal sealed class QuietHub<THub>(
    HubLifetimeManager<THub> lifetime, IHubProtocolResolver protocols, IOptions<HubOptions> all, IOptions<HubOptions<THub>> own,
    ILoggerFactory loggers, IUserIdProvider users, IServiceScopeFactory services, TimeProvider time)
    : HubConnectionHandler<THub>(lifetime, protocols, all, own, loggers, users, services)
    where THub : Hub
{
    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        var calls = new CallRate(time);
        connection.Items[typeof(CallRate)] = calls;
        if (connection.Features.Get<IConnectionHeartbeatFeature>() is { } beats)
            connection.Features.Set<IConnectionHeartbeatFeature>(new QuietBeats(beats, calls));
        return base.OnConnectedAsync(connection);
    }
}

/// <summary>A connection's beat, a second each, that passes over those that come shortly after a call of the page.</summary>
internal sealed class QuietBeats(IConnectionHeartbeatFeature beats, CallRate calls) : IConnectionHeartbeatFeature
{
    /// <summary>So long after a call there is no beat: the page hears something within a second more than this and the ping's own interval at most.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromSeconds(4);

    public void OnHeartbeat(Action<object> action, object state) => beats.OnHeartbeat(
        beaten =>
        {
            if (calls.Idle >= Recent)
                action(beaten);
        },
        state);
}
