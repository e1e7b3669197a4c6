using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Audit;

/// <summary>An entry with names for ids.</summary>
/// <param name="Who">Empty for an officer who is no longer known.</param>
/// <param name="ReportLog">Where the report stands now; null without one.</param>
/// <param name="Subject">What is stored, with the names of the officers it was about.</param>
internal sealed record AuditLine(long Id, DateTimeOffset At, string Who, string Act, Guid? ReportId, string? TrackingCode, string? ReportLog, string? Subject)
{
    /// <param name="entries">A page of them: each is looked up.</param>
    public static IReadOnlyList<AuditLine> Of(AlertDavaoDb db, IReadOnlyList<AuditEntry> entries)
    {
        var officers = entries.Select(entry => entry.OfficerId).Concat(entries.SelectMany(entry => Words(entry).Select(IdIn))).Distinct().ToList();
        var names = db.Officers.AsNoTracking().Where(officer => officers.Contains(officer.Id)).ToDictionary(officer => officer.Id, officer => officer.Name);
        var ids = entries.Select(entry => entry.ReportId).OfType<Guid>().Distinct().ToList();
        var reports = db.Reports.AsNoTracking().Where(report => ids.Contains(report.Id))
            .Select(report => new { report.Id, report.TrackingCode, report.Log }).ToDictionary(report => report.Id);
        return [.. entries.Select(entry =>
        {
            var report = entry.ReportId is { } id ? reports.GetValueOrDefault(id) : null;
            var subject = Words(entry).Select(word => names.GetValueOrDefault(IdIn(word), word));
            return new AuditLine(
                entry.Id, entry.At, names.GetValueOrDefault(entry.OfficerId, ""), entry.Act, entry.ReportId, report?.TrackingCode, report?.Log,
                entry.Subject is null ? null : string.Join(" · ", subject));
        })];
    }

    private static string[] Words(AuditEntry entry) => entry.Subject?.Split(' ') ?? [];

    private static Guid IdIn(string word) => Guid.TryParse(word, out var id) ? id : Guid.Empty;
}
