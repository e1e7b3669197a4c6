using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>Where an officer is signed in now, the newest first.</summary>
internal sealed class ReadSessions(IDbContextFactory<AlertDavaoDb> contexts, TimeProvider time)
{
    public IReadOnlyList<OfficerSession> Run(Guid officer)
    {
        using var db = contexts.CreateDbContext();
        var now = time.GetUtcNow();
        return db.Sessions.AsNoTracking()
            .Where(session => session.OfficerId == officer && session.EndedAt == null && session.EndsAt > now)
            .OrderByDescending(session => session.OpenedAt)
            .ToList();
    }
}
