using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Audit;

/// <summary>
/// What the audit says of one station, for its admins: who changed its duties and roles, what went into or out of it, and what
/// was done with the reports that stand there.
/// </summary>
internal sealed class ReadStationAudit(IDbContextFactory<AlertDavaoDb> contexts)
{
    /// <summary>Of the newest.</summary>
    public const int Most = 20;

    /// <summary>Entries of the whole audit that are looked at: a station where little happens does not read all of it.</summary>
    private const int Back = 20_000;

    /// <returns>The newest first; empty for a station that the scope is no admin of.</returns>
    public IReadOnlyList<AuditLine> Run(BoardScope scope, string station)
    {
        if (station == LogCode.City || !(scope.RoleAt(station) >= DutyRole.StationAdmin))
            return [];

        using var db = contexts.CreateDbContext();
        var from = db.Audit.Max(entry => (long?)entry.Id) - Back ?? 0;
        var (first, last) = ($"{station} ", $" {station}");
        // Codes are words of a subject: its first, or its last.
        var found = db.Audit.AsNoTracking()
            .Where(entry => entry.Id > from)
            .Where(entry => entry.Subject!.StartsWith(first) || entry.Subject!.EndsWith(last)
                || (entry.ReportId != null && db.Reports.Any(report => report.Id == entry.ReportId && report.Log == station)))
            .OrderByDescending(entry => entry.Id)
            .Take(Most)
            .ToList();
        return AuditLine.Of(db, found);
    }
}
