using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Roster;

/// <summary>The reports of a station that nobody acknowledged in time: those of the last day, and those that still wait.</summary>
internal sealed class ReadEscalations(IDbContextFactory<AlertDavaoDb> contexts, TimeProvider time)
{
    /// <summary>That one page lists.</summary>
    public const int Most = 20;

    private static readonly TimeSpan Back = TimeSpan.FromDays(1);

    /// <returns>Those that wait first, then the newest; empty for a station that the scope is no admin of.</returns>
    public StationEscalations Run(BoardScope scope, string station)
    {
        if (station == LogCode.City || !DutyChange.IsAdminAt(scope, station))
            return new StationEscalations([], 0);

        using var db = contexts.CreateDbContext();
        var since = time.GetUtcNow() - Back;
        var told = db.Reports.AsNoTracking()
            .Where(report => report.Log == station && (report.ReceivedAt >= since || report.Status == ReportStatus.Received) && report.Escalated > EscalationLevel.None);
        var reports = told
            .OrderByDescending(report => report.Status == ReportStatus.Received).ThenByDescending(report => report.ReceivedAt)
            .Take(Most)
            .Select(report => new
            {
                report.Id,
                report.Title,
                report.Severity,
                report.Status,
                report.Escalated,
                report.WaitsSince,
                report.ReceivedAt,
                report.AcknowledgedAt,
                // A level is told once in a log; after a transfer its clock has begun again.
                ToldAt = report.Events.Where(one => one.Kind == ReportEventKind.Escalated && one.Level == report.Escalated).Max(one => (DateTimeOffset?)one.At),
            })
            .ToList();
        return new StationEscalations(
            [.. reports.Select(report => new Escalation(
                report.Id, report.Title, report.Severity, report.Status, report.Escalated, report.WaitsSince ?? report.ReceivedAt, report.ToldAt, report.AcknowledgedAt))],
            told.Count());
    }
}

/// <param name="Reports">At most <see cref="ReadEscalations.Most"/>.</param>
/// <param name="Count">Of all.</param>
internal sealed record StationEscalations(IReadOnlyList<Escalation> Reports, int Count);

/// <param name="Level">The highest that was told.</param>
/// <param name="Since">From when on it waited.</param>
/// <param name="ToldAt">When that level was; null where the timeline does not say.</param>
internal sealed record Escalation(
    Guid Id, string Title, Severity Severity, ReportStatus Status, EscalationLevel Level, DateTimeOffset Since, DateTimeOffset? ToldAt, DateTimeOffset? AcknowledgedAt)
{
    /// <summary>Whether it still waits for an acknowledgement.</summary>
    public bool Waits => Status == ReportStatus.Received;
}
