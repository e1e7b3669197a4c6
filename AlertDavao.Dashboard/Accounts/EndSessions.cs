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
    // Time for the page that asked to be taken where its answer leads: from a page that goes anyhow nobody is led away.
    private static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(500);

    /// <summary>One of the officer's own; false when it is none of theirs, or has ended.</summary>
    /// <param name="asking">The session that asks, where it is a page's.</param>
    public async Task<bool> Own(Guid officer, Guid session, Guid? asking = null)
        => await End(officer, asking, db => db.Sessions.Where(s => s.Id == session && s.OfficerId == officer)) > 0;

    /// <summary>All of an officer's. The caller has authorised <paramref name="actor"/>.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> AllOf(Guid actor, Guid officer, Guid? asking = null) => End(actor, asking, db => db.Sessions.Where(session => session.OfficerId == officer));

    private async Task<int> End(Guid actor, Guid? asking, Func<AlertDavaoDb, IQueryable<OfficerSession>> which)
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
            live.End(session, session == asking ? Courtesy : TimeSpan.Zero);
        return ended.Count;
    }
}
