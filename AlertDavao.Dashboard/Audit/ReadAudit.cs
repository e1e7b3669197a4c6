using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Audit;

/// <summary>The audit as the city desk reads it, the newest entry first. Nobody else reads it.</summary>
internal sealed class ReadAudit(IDbContextFactory<AlertDavaoDb> contexts, ScopeDirectory scopes)
{
    public const int Page = 50;

    /// <returns>Null for who may not.</returns>
    public AuditPageOf? Run(Guid actor, AuditFilter filter)
    {
        if (!scopes.Of(actor).IsCityDesk)
            return null;

        using var db = contexts.CreateDbContext();
        var entries = db.Audit.AsNoTracking();
        if (filter.Act is { } act)
            entries = entries.Where(entry => entry.Act == act);
        if (filter.Before is { } before)
            entries = entries.Where(entry => entry.Id < before);
        if (filter.Who is { Length: > 0 } who)
        {
            var ids = Named(db, who);
            entries = entries.Where(entry => ids.Contains(entry.OfficerId));
        }

        var found = entries.OrderByDescending(entry => entry.Id).Take(Page + 1).ToList();
        return new AuditPageOf(AuditLine.Of(db, [.. found.Take(Page)]), found.Count > Page);
    }

    // There are some hundreds of officers; their names are compared as people write them.
    private static List<Guid> Named(AlertDavaoDb db, string who) => [.. db.Users.AsNoTracking()
        .Join(db.Officers, account => account.Id, officer => officer.Id, (account, officer) => new { account.Id, account.Email, officer.Name })
        .AsEnumerable()
        .Where(one => one.Name.Contains(who, StringComparison.CurrentCultureIgnoreCase)
            || (one.Email ?? "").Contains(who, StringComparison.OrdinalIgnoreCase))
        .Select(one => one.Id)];
}

/// <param name="HasMore">Whether there are older ones.</param>
internal sealed record AuditPageOf(IReadOnlyList<AuditLine> Lines, bool HasMore);
