using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Territory;

/// <summary>What a plan would have done to the reports of the last <see cref="Days"/> days. Nothing is written.</summary>
internal sealed class RehearsePlan(IDbContextFactory<AlertDavaoDb> contexts, TimeProvider time)
{
    public const int Days = 90;

    /// <returns>Null for who is not the city desk, or a plan that does not hold.</returns>
    public Rehearsal? Run(BoardScope scope, PlanView view)
    {
        if (!scope.IsCityDesk || view.Planned.Steps.Count == 0 || !view.Planned.IsWhole)
            return null;

        var since = time.GetUtcNow().AddDays(-Days);
        var planned = new ReportRouter(new BarangayMap(view.InForce.Version, view.Planned.Plan.Barangays.Values));
        var (all, open) = (0, 0);
        var ways = new Dictionary<(string From, string To), int>();
        using var db = contexts.CreateDbContext();
        var reports = db.Reports.AsNoTracking().Where(report => report.ReceivedAt >= since)
            .Select(report => new { report.CrimeTypes, report.Latitude, report.Longitude, report.Status });
        foreach (var report in reports.AsEnumerable())
        {
            all++;
            var from = view.InForce.Router.Route(report.CrimeTypes, report.Latitude, report.Longitude).Log;
            var to = planned.Route(report.CrimeTypes, report.Latitude, report.Longitude).Log;
            if (from == to)
                continue;
            ways[(from, to)] = ways.GetValueOrDefault((from, to)) + 1;
            open += report.Status.IsOpen() ? 1 : 0;
        }

        return new Rehearsal(all, open, [.. ways.Select(way => new MovedWay(way.Key.From, way.Key.To, way.Value)).OrderByDescending(way => way.Count)]);
    }
}

/// <param name="All">Reports of that time.</param>
/// <param name="Open">Of those that would have gone elsewhere: not finished yet.</param>
/// <param name="Ways">From which log to which, the most first.</param>
internal sealed record Rehearsal(int All, int Open, IReadOnlyList<MovedWay> Ways)
{
    public int Moved => Ways.Sum(way => way.Count);
}

internal sealed record MovedWay(string From, string To, int Count);
