using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Roster;

/// <summary>The open reports of a station as its admin gives them out: those that nobody holds first, the gravest first.</summary>
internal sealed class ReadStationWork(IDbContextFactory<AlertDavaoDb> contexts)
{
    /// <summary>Reports that one page lists, and that one act gives out at most.</summary>
    public const int Most = 50;

    private static readonly ReportStatus[] Open = [.. Enum.GetValues<ReportStatus>().Where(status => status.IsOpen())];

    /// <returns>Null for a station that the scope is no admin of.</returns>
    public StationWork? Run(BoardScope scope, string station)
    {
        if (station == LogCode.City || !DutyChange.IsAdminAt(scope, station))
            return null;

        using var db = contexts.CreateDbContext();
        var open = db.Reports.AsNoTracking().Where(report => report.Log == station && Open.Contains(report.Status));
        var names = db.Officers.AsNoTracking();
        var lines = open
            .OrderBy(report => report.ClaimedBy != null).ThenByDescending(report => report.Severity).ThenBy(report => report.ReceivedAt)
            .Take(Most)
            .Select(report => new OpenReport(
                report.Id, report.Version, report.TrackingCode, report.Title, report.Severity, report.Status, report.ReceivedAt,
                names.Where(officer => officer.Id == report.ClaimedBy).Select(officer => officer.Name).FirstOrDefault(),
                report.Escalated))
            .ToList();
        return new StationWork(
            lines,
            open.Count(),
            open.Count(report => report.ClaimedBy == null),
            open.Count(report => report.Status == ReportStatus.Received && report.Escalated > EscalationLevel.None));
    }
}

/// <param name="Reports">At most <see cref="ReadStationWork.Most"/>.</param>
/// <param name="Count">All open ones.</param>
/// <param name="Unheld">Of all.</param>
/// <param name="Escalated">Unacknowledged ones that were told up.</param>
internal sealed record StationWork(IReadOnlyList<OpenReport> Reports, int Count, int Unheld, int Escalated);

/// <param name="Holder">The name of who claimed it; null for nobody.</param>
internal sealed record OpenReport(
    Guid Id, int Version, string TrackingCode, string Title, Severity Severity, ReportStatus Status, DateTimeOffset ReceivedAt, string? Holder, EscalationLevel Escalated);
