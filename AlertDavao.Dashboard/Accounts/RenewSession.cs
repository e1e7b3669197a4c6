using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Opens a session whose officer has said again who they are: a locked one opens in place, one that is about to end begins
/// its hours anew.
/// </summary>
internal sealed class RenewSession(Writer writer, SessionDirectory sessions, LiveSessions live, LiveBus bus)
{
    /// <param name="also">What belongs to it and must stand with it or not at all.</param>
    /// <returns>False when it has ended.</returns>
    public async Task<bool> Run(Guid officer, Guid session, Action<WriteUnit>? also = null)
    {
        var opened = await writer.Run(unit =>
        {
            var row = unit.Db.Sessions.SingleOrDefault(s => s.Id == session && s.OfficerId == officer && s.EndedAt == null && s.EndsAt > unit.Now);
            if (row is null)
                return null;
            also?.Invoke(unit);
            row.LastInputAt = unit.Now;
            if (row.EndsAt - unit.Now <= OfficerSession.Announced)
                row.EndsAt = unit.Now + OfficerSession.Longest;
            unit.Audit(officer, AuditActs.SessionConfirmed, subject: session.ToString());
            return row;
        });
        if (opened is null)
            return false;

        sessions.Confirm(session, opened.LastInputAt, opened.EndsAt);
        live.Tell(session);
        bus.Ring(officer);
        return true;
    }
}
