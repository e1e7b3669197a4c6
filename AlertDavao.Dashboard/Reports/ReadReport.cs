using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>A report as an officer reads it, with all that stands around it. What the scope does not see does not exist.</summary>
internal sealed class ReadReport(IDbContextFactory<AlertDavaoDb> contexts, CityBook city, EvidenceStore store, NearbyReports nearby, TimeProvider time)
{
    /// <summary>Openings of the reporter's details that the timeline shows; the audit keeps them all.</summary>
    private const int CallBacks = 50;

    /// <summary>Reports of one incident that are listed.</summary>
    private const int Duplicates = 50;

    /// <returns>Null when there is no such report, and just so when it stands in a log outside the scope.</returns>
    public ReportView? Run(Guid id, BoardScope scope)
    {
        using var db = contexts.CreateDbContext();
        var report = db.Reports.AsNoTracking().Include(r => r.Events).Include(r => r.Evidence).AsSplitQuery().SingleOrDefault(r => r.Id == id);
        if (report is null || !scope.Sees(report.Log))
            return null;

        var callBacks = db.Audit.AsNoTracking()
            .Where(line => line.ReportId == id && line.Act == AuditActs.CallBack)
            .OrderByDescending(line => line.Id)
            .Take(CallBacks)
            .ToList();
        var sights = db.Sights.AsNoTracking().Where(sight => sight.ReportId == id).ToList();
        var timeline = TimelineLine.Of(report, callBacks, [.. sights.Where(sight => scope.Sees(sight.Log))]);
        var actors = timeline.Select(line => line.Officer).Concat(timeline.Select(line => line.Event?.OtherOfficer)).Concat([report.FiledBy, report.AcknowledgedBy, report.ClaimedBy])
            .OfType<Guid>().Distinct().ToList();
        return new ReportView(
            report,
            report.BarangayPsgc is { } psgc ? city.Barangays[psgc] : null,
            city.Stations.GetValueOrDefault(report.Log),
            db.Officers.AsNoTracking().Where(officer => actors.Contains(officer.Id)).ToDictionary(officer => officer.Id, officer => officer.Name),
            timeline,
            [.. report.Evidence.OrderBy(file => file.Position).Select(file => new EvidenceFile(file, store.ToLookAt(file) is not null))],
            nearby.Run(report, scope),
            Same(db, report, scope),
            new ReportReader(
                scope.OfficerId,
                scope.RoleAt(report.Log) >= DutyRole.StationAdmin,
                scope.IsCityDesk,
                [.. city.Stations.Values.Where(station => station.Code != report.Log).OrderBy(station => station.Code, LogCode.Order)],
                report.Status.IsOpen() && scope.RoleAt(report.Log) >= DutyRole.StationAdmin ? Colleagues(db, report) : []));
    }

    // Who has least in hand stands first.
    private List<Colleague> Colleagues(AlertDavaoDb db, Report report)
    {
        var now = time.GetUtcNow();
        return [.. db.Officers.AsNoTracking()
            .Where(officer => db.Duties.Any(duty => duty.OfficerId == officer.Id && duty.Log == report.Log && duty.From <= now && (duty.Until == null || duty.Until > now)))
            .Select(officer => new Colleague(officer.Id, officer.Name, db.Reports.Count(held => held.Log == report.Log && held.ClaimedBy == officer.Id)))
            .AsEnumerable()
            .OrderBy(colleague => colleague.InHand).ThenBy(colleague => colleague.Name, StringComparer.CurrentCulture)];
    }

    private static SameIncident Same(AlertDavaoDb db, Report report, BoardScope scope)
    {
        var linked = report.Events.Where(e => e.Kind == ReportEventKind.Linked).Select(e => e.OtherReport!.Value).Distinct().Where(report.IsLinkedTo).ToList();
        var found = db.Reports.AsNoTracking()
            .Where(r => r.Id == report.DuplicateOf || r.DuplicateOf == report.Id || linked.Contains(r.Id))
            .OrderBy(r => r.ReceivedAt)
            .Take(Duplicates)
            .Select(r => new { r.Log, r.DuplicateOf, Same = new SameReport(r.Id, r.TrackingCode, r.Title, r.EvidenceCount) })
            .AsEnumerable()
            .Where(r => scope.Sees(r.Log))
            .ToList();
        return new SameIncident(
            found.Find(r => r.Same.Id == report.DuplicateOf)?.Same,
            [.. found.Where(r => r.DuplicateOf == report.Id).Select(r => r.Same)],
            [.. found.Where(r => linked.Contains(r.Same.Id)).Select(r => r.Same)]);
    }
}
