using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Limits;
using AlertDavao.Dashboard.Live;
using Microsoft.AspNetCore.SignalR;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Inside the door of the circuits' hub: a connection lives as long as its session, nothing is taken from one whose session
/// has ended, and a circuit is given back only to the session that opened it. The framework would give it to whoever holds
/// its secret.
/// </summary>
internal sealed class HubGuard(
    SessionDirectory sessions, LiveSessions live, Screens screens, LimitOptions limits, Writer writer, TimeProvider time) : IHubFilter
{
    // A dropped circuit is kept for minutes; who opens and drops one after the other shall not fill the memory with them.
    private const int HeldPerScreen = 8;

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var caller = context.Context;
        if (SessionOf(caller) is not { } session || AccountClaims.OfficerOf(caller.User!) is not { } officer || !screens.TryOpen(officer))
        {
            caller.Abort();
            return;
        }

        // The connection itself brings one (HubSocket).
        caller.Items.TryAdd(typeof(CallRate), new CallRate(time));
        // The page is told to leave first; the socket is the last to go.
        caller.Items[typeof(HubGuard)] = new Connection(officer, live.Hold(session, after => AbortLater(caller, after)), live.Present.Enter(officer));
        if (!sessions.IsLive(session))
            caller.Abort();
        await next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (context.Context.Items.Remove(typeof(HubGuard), out var held) && held is Connection connection)
        {
            connection.Hold.Dispose();
            connection.Presence.Dispose();
            screens.Close(connection.Officer);
        }

        return next(context, exception);
    }

    // For every call of every page, each acknowledgement of a draw among them: what is not special passes without a detour.
    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext call, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        // A page's acknowledgements are taken while the database is away: without them its circuit would stall for good.
        if (CallerOf(call.Context) is not var (session, rate) || !sessions.Stands(session))
            return default;

        if (!rate.TryCall())
        {
            call.Context.Abort();
            return default;
        }

        return call.HubMethodName switch
        {
            "StartCircuit" when limits.CircuitsPerUser > 0 && live.HeldBy(session) >= limits.CircuitsPerUser * HeldPerScreen => default,
            "StartCircuit" => Remember(session, next(call)),
            "ConnectCircuit" when !IsOwn(session, call) => Refuse(session, call, false),
            "ResumeCircuit" when !IsOwn(session, call) => Refuse(session, call, null),
            "ResumeCircuit" => Remember(session, next(call)),
            _ => next(call),
        };
    }

    private static Guid? SessionOf(HubCallerContext caller) => caller.User is { } user ? AccountClaims.SessionOf(user) : null;

    // Who it is stands in the cookie's claims; read once a connection, not once a call.
    private static Caller? CallerOf(HubCallerContext context)
    {
        if (context.Items.TryGetValue(typeof(Caller), out var known))
            return (Caller?)known;
        if (SessionOf(context) is not { } session || context.Items[typeof(CallRate)] is not CallRate rate)
            return null;
        var caller = new Caller(session, rate);
        context.Items[typeof(Caller)] = caller;
        return caller;
    }

    private async ValueTask<object?> Remember(Guid session, ValueTask<object?> opening)
    {
        var secret = await opening;
        if (secret is string text)
            live.Own(session, text);
        return secret;
    }

    private bool IsOwn(Guid session, HubInvocationContext call)
        => call.HubMethodArguments is [string secret, ..] && live.Owns(session, secret);

    // Also a circuit of before a restart, which is nobody's: only a live one of another session is worth a line in the audit.
    private async ValueTask<object?> Refuse(Guid session, HubInvocationContext call, object? answer)
    {
        if (call.HubMethodArguments is [string secret, ..] && live.IsOwned(secret) && AccountClaims.OfficerOf(call.Context.User!) is { } officer)
        {
            await writer.Run(unit =>
            {
                unit.Audit(officer, AuditActs.ForeignCircuit, subject: session.ToString());
                return true;
            });
        }

        return answer;
    }

    // The connection holds its own timer.
    private void AbortLater(HubCallerContext caller, TimeSpan after)
        => caller.Items[typeof(ITimer)] = time.CreateTimer(
            static held => ((HubCallerContext)held!).Abort(), caller, after + SessionGuard.Patience + SessionGuard.Patience / 4, Timeout.InfiniteTimeSpan);

    private sealed record Caller(Guid Session, CallRate Rate);

    private sealed record Connection(Guid Officer, IDisposable Hold, IDisposable Presence);
}
