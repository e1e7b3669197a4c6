using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Ends sessions: stored first, then dead in memory, so that nothing is delivered from here on, then its circuits and
/// sockets are told to go.
/// </summary>
internal sealed class EndSessions(Writer writer, SessionDirectory sessions, LiveSessions live)
{
    /// <summary>One of the officer's own; false when it is none of theirs, or has ended.</summary>
    public async Task<bool> Own(Guid officer, Guid session)
        => await End(officer, db => db.Sessions.Where(s => s.Id == session && s.OfficerId == officer)) > 0;

    /// <summary>All of an officer's. The caller has authorised <paramref name="actor"/>.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> AllOf(Guid actor, Guid officer) => End(actor, db => db.Sessions.Where(session => session.OfficerId == officer));

    private async Task<int> End(Guid actor, Func<AlertDavaoDb, IQueryable<OfficerSession>> which)
    {
        var ended = await writer.Run(unit =>
        {
            var standing = which(unit.Db).Where(session => session.EndedAt == null).ToList();
            foreach (var session in standing)
            {
                session.EndedAt = unit.Now;
                unit.Audit(actor, AuditActs.SessionEnded, subject: session.Id.ToString());
            }

            return standing.ConvertAll(session => session.Id);
        });
        foreach (var session in ended)
            sessions.Forget(session);
        foreach (var session in ended)
            live.End(session);
        return ended.Count;
    }
}
