using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// An officer says again, with the password, who sits at a session's screens: a locked session opens in place, and one that
/// is about to end begins its hours anew. As many wrong tries as lock an account end the session.
/// </summary>
internal sealed class ConfirmSession(
    UserManager<Account> users, Writer writer, SessionDirectory sessions, LiveSessions live, LiveBus bus, EndSessions end)
{
    /// <returns>Whether it is open now.</returns>
    public async Task<bool> Run(Guid officer, Guid session, string password)
    {
        if (await users.FindByIdAsync(officer.ToString()) is not { LockedAt: null } account)
            return false;
        if (!await users.IsLockedOutAsync(account) && await users.CheckPasswordAsync(account, password))
        {
            await users.ResetAccessFailedCountAsync(account);
            return await Open(officer, session);
        }

        await users.AccessFailedAsync(account);
        await writer.Run(unit =>
        {
            unit.Audit(officer, AuditActs.SessionNotConfirmed, subject: session.ToString());
            return true;
        });
        if (await users.IsLockedOutAsync(account))
            await end.Own(officer, session);
        return false;
    }

    private async Task<bool> Open(Guid officer, Guid session)
    {
        var opened = await writer.Run(unit =>
        {
            var row = unit.Db.Sessions.SingleOrDefault(s => s.Id == session && s.OfficerId == officer && s.EndedAt == null && s.EndsAt > unit.Now);
            if (row is null)
                return null;
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
