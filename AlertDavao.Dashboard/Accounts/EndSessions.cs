using System.Linq.Expressions;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Ends sessions: stored first, then dead in memory, so that nothing is delivered from here on, then its circuits and
/// sockets are told to go. Who ends all of an officer's ends the devices' tokens too.
/// </summary>
internal sealed class EndSessions(Writer writer, SessionDirectory sessions, DeviceDirectory devices, LiveSessions live)
{
    // Time for the page that asked to be taken where its answer leads: from a page that goes anyhow nobody is led away.
    private static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(750);

    /// <summary>One of the officer's own; false when it is none of theirs, or has ended.</summary>
    /// <param name="asking">The session that asks, where it is a page's.</param>
    public async Task<bool> Own(Guid officer, Guid session, Guid? asking = null)
    {
        var ended = await writer.Run(unit => Sessions(unit, officer, s => s.Id == session && s.OfficerId == officer));
        Out(ended, asking);
        return ended.Count > 0;
    }

    /// <summary>All of an officer's, and the tokens of the officer's devices. The caller has authorised <paramref name="actor"/>.</summary>
    /// <returns>How many sessions there were.</returns>
    public async Task<int> AllOf(Guid actor, Guid officer, Guid? asking = null)
    {
        var (ended, revoked) = await writer.Run(unit => (Sessions(unit, actor, session => session.OfficerId == officer), Devices(unit, actor, officer)));
        foreach (var token in revoked)
            devices.Forget(token);
        Out(ended, asking);
        foreach (var token in revoked)
            live.End(token);
        return ended.Count;
    }

    private static List<Guid> Sessions(WriteUnit unit, Guid actor, Expression<Func<OfficerSession, bool>> which)
    {
        var standing = unit.Db.Sessions.Where(which).Where(session => session.EndedAt == null).ToList();
        foreach (var session in standing)
        {
            session.EndedAt = unit.Now;
            unit.Audit(actor, AuditActs.SessionEnded, subject: session.Id.ToString());
        }

        return standing.ConvertAll(session => session.Id);
    }

    private static List<Guid> Devices(WriteUnit unit, Guid actor, Guid officer)
    {
        var standing = unit.Db.DeviceTokens.Where(token => token.OfficerId == officer && token.RevokedAt == null).ToList();
        foreach (var token in standing)
        {
            token.RevokedAt = unit.Now;
            unit.Audit(actor, AuditActs.DeviceRevoked, subject: token.Id.ToString());
        }

        return standing.ConvertAll(token => token.Id);
    }

    private void Out(List<Guid> ended, Guid? asking)
    {
        foreach (var session in ended)
            sessions.Forget(session);
        foreach (var session in ended)
            live.End(session, session == asking ? Courtesy : TimeSpan.Zero);
    }
}
