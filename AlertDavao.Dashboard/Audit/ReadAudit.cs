using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Audit;

/// <summary>The audit as the city desk reads it, the newest entry first. Nobody else reads it.</summary>
internal sealed class ReadAudit(IDbContextFactory<AlertDavaoDb> contexts, ScopeDirectory scopes)
{
    public const int Page = 50;

    private const int IdLength = 36;

    /// <returns>Null for who may not.</returns>
    public AuditPageOf? Run(Guid actor, AuditFilter filter)
        => Next(actor, filter, Page + 1) is { } found ? new AuditPageOf([.. found.Take(Page)], found.Count > Page) : null;

    /// <param name="take">Entries at most.</param>
    /// <returns>Null for who may not.</returns>
    public IReadOnlyList<AuditLine>? Next(Guid actor, AuditFilter filter, int take)
    {
        if (!scopes.Of(actor).IsCityDesk)
            return null;

        using var db = contexts.CreateDbContext();
        return AuditLine.Of(db, [.. Found(db, filter).OrderByDescending(entry => entry.Id).Take(take)]);
    }

    private static IQueryable<AuditEntry> Found(AlertDavaoDb db, AuditFilter filter)
    {
        var entries = db.Audit.AsNoTracking();
        if (filter.Act is { } act)
            entries = entries.Where(entry => entry.Act == act);
        if (filter.Before is { } before)
            entries = entries.Where(entry => entry.Id < before);
        if (filter.Start is { } start)
            entries = entries.Where(entry => entry.At >= start);
        if (filter.End is { } end)
            entries = entries.Where(entry => entry.At < end);
        if (filter.Who is { } who)
        {
            var ids = Called(db, who);
            entries = entries.Where(entry => ids.Contains(entry.OfficerId));
        }

        return filter.About is { } about ? About(db, entries, about) : entries;
    }

    // Where a subject names officers, it begins with one and a second one follows.
    private static IQueryable<AuditEntry> About(AlertDavaoDb db, IQueryable<AuditEntry> entries, string about)
    {
        var ids = Called(db, about).ConvertAll(id => id.ToString());
        string[] codes = [about, about.ToUpperInvariant()];
        var reports = db.Reports.Where(report => codes.Contains(report.TrackingCode)).Select(report => (Guid?)report.Id).ToList();
        var part = $"%{about.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
        return entries.Where(entry => reports.Contains(entry.ReportId)
            || EF.Functions.Like(entry.Subject!, part, @"\")
            || ids.Contains(entry.Subject!.Substring(0, IdLength))
            || ids.Contains(entry.Subject!.Substring(IdLength + 1, IdLength)));
    }

    // There are some hundreds of officers; their names are compared as people write them.
    private static List<Guid> Called(AlertDavaoDb db, string who) => [.. db.Users.AsNoTracking()
        .Join(db.Officers, account => account.Id, officer => officer.Id, (account, officer) => new { account.Id, account.Email, officer.Name })
        .AsEnumerable()
        .Where(one => one.Name.Contains(who, StringComparison.CurrentCultureIgnoreCase)
            || (one.Email ?? "").Contains(who, StringComparison.OrdinalIgnoreCase))
        .Select(one => one.Id)];
}

/// <param name="HasMore">Whether there are older ones.</param>
internal sealed record AuditPageOf(IReadOnlyList<AuditLine> Lines, bool HasMore);
