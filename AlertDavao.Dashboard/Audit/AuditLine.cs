using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Audit;

/// <summary>An entry with names for ids.</summary>
/// <param name="Who">Empty for an officer who is no longer known.</param>
/// <param name="Email">Of who acted; empty for none.</param>
/// <param name="ReportLog">Where the report stands now; null without one.</param>
/// <param name="Subject">What is stored, with the names of the officers it was about.</param>
internal sealed record AuditLine(long Id, DateTimeOffset At, string Who, string Email, string Act, Guid? ReportId, string? TrackingCode, string? ReportLog, string? Subject)
{
    /// <param name="entries">A page of them: each is looked up.</param>
    public static IReadOnlyList<AuditLine> Of(AlertDavaoDb db, IReadOnlyList<AuditEntry> entries)
    {
        var officers = entries.Select(entry => entry.OfficerId).Concat(entries.SelectMany(entry => Words(entry).Select(IdIn))).Distinct().ToList();
        var known = db.Officers.AsNoTracking().Where(officer => officers.Contains(officer.Id))
            .Select(officer => new { officer.Id, officer.Name, Email = db.Users.Where(account => account.Id == officer.Id).Select(account => account.Email).FirstOrDefault() })
            .ToDictionary(officer => officer.Id);
        var ids = entries.Select(entry => entry.ReportId).OfType<Guid>().Distinct().ToList();
        var reports = db.Reports.AsNoTracking().Where(report => ids.Contains(report.Id))
            .Select(report => new { report.Id, report.TrackingCode, report.Log }).ToDictionary(report => report.Id);
        return [.. entries.Select(entry =>
        {
            var report = entry.ReportId is { } id ? reports.GetValueOrDefault(id) : null;
            var who = known.GetValueOrDefault(entry.OfficerId);
            return new AuditLine(
                entry.Id, entry.At, who?.Name ?? "", who?.Email ?? "", entry.Act, entry.ReportId, report?.TrackingCode, report?.Log,
                Named(entry, id => known.GetValueOrDefault(id)?.Name));
        })];
    }

    // What names nobody is shown as it is stored.
    private static string? Named(AuditEntry entry, Func<Guid, string?> nameOf)
        => Words(entry).Any(word => nameOf(IdIn(word)) is not null)
            ? string.Join(", ", Words(entry).Select(word => nameOf(IdIn(word)) ?? word))
            : entry.Subject;

    private static string[] Words(AuditEntry entry) => entry.Subject?.Split(' ') ?? [];

    private static Guid IdIn(string word) => Guid.TryParse(word, out var id) ? id : Guid.Empty;
}
