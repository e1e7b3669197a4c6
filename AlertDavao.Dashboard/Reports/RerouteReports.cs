using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// Open reports that the boundaries in force would send to another log than they stand in go there, by the city desk's act (domain: "Routing").
/// What a person sent somewhere stays there. Counted before it is done; done twice it does nothing more.
/// </summary>
internal sealed class RerouteReports(
    IDbContextFactory<AlertDavaoDb> contexts, Writer writer, LiveBus bus, ScopeDirectory scopes, OfficerNotices notices, CityBook city, EscalationTimes times)
{
    /// <summary>Reports in one transaction: what comes in meanwhile waits for no more of them.</summary>
    public const int AtOnce = 20;

    private static readonly ReportStatus[] Open = [.. Enum.GetValues<ReportStatus>().Where(status => status.IsOpen())];

    /// <summary>The dry run: what <see cref="Run"/> would move now.</summary>
    public RerouteCount Count() => new(Misplaced());

    /// <param name="alsoHeld">Whether also what an officer has claimed goes; the officer is told.</param>
    /// <returns>How many were moved; null when the actor is not the city desk.</returns>
    /// <exception cref="WriterBusy">Those moved so far are; the rest is where it was.</exception>
    /// <exception cref="WriteFailed">The same.</exception>
    public async Task<int?> Run(Guid actor, bool alsoHeld)
    {
        var scope = scopes.Of(actor);
        if (!scope.IsCityDesk)
            return null;

        var moved = 0;
        foreach (var some in Misplaced().Where(report => alsoHeld || !report.IsHeld).Chunk(AtOnce))
        {
            var (count, rings) = await writer.Run(unit => scopes.IsLive(scope) ? Move(unit, actor, some, alsoHeld) : (null, Rings.None));
            if (count is null)
                return moved > 0 ? moved : null;
            moved += count.Value;
            rings.Ring(bus, notices);
        }

        return moved;
    }

    private List<MisplacedReport> Misplaced()
    {
        using var db = contexts.CreateDbContext();
        var router = city.Router;
        return [.. Candidates(db.Reports.AsNoTracking())
            .Select(report => new { report.Id, report.CrimeTypes, report.Latitude, report.Longitude, report.Log, IsHeld = report.ClaimedBy != null })
            .AsEnumerable()
            .Select(report => new MisplacedReport(report.Id, report.Log, router.Route(report.CrimeTypes, report.Latitude, report.Longitude).Log, report.IsHeld))
            .Where(report => IsMisplaced(report.From, report.To))];
    }

    // What has a station does not lose it: whoever serves there looks at it, wherever the city ends today.
    private static bool IsMisplaced(string from, string to) => from != to && to != LogCode.City;

    private static IQueryable<Report> Candidates(IQueryable<Report> reports)
        => reports.Where(report => Open.Contains(report.Status) && !report.Events.Any(e => e.Kind == ReportEventKind.Transferred));

    private (int?, Rings) Move(WriteUnit unit, Guid actor, MisplacedReport[] some, bool alsoHeld)
    {
        var ids = some.Select(report => report.Id).ToArray();
        var (router, logs, moved) = (city.Router, new List<string>(), 0);
        // What somebody did to one of them, or to the boundaries, while the unit waited counts.
        foreach (var report in Candidates(unit.Db.Reports).Where(report => ids.Contains(report.Id)).ToList())
        {
            var route = router.Route(report.CrimeTypes, report.Latitude, report.Longitude);
            if (!IsMisplaced(report.Log, route.Log) || (report.ClaimedBy is not null && !alsoHeld))
                continue;

            var (from, holder) = (report.Log, report.ClaimedBy);
            var left = unit.Move(report, () => report.Reroute(route, actor, times, unit.Now));
            var askers = Transfers.Void(unit, report, actor);
            var stub = new Transfer(Guid.CreateVersion7(unit.Now), report.Id, from, route.Log, actor, ReportWords.Boundaries(route.BoundaryVersion), unit.Now);
            stub.Decide(TransferState.Accepted, actor, null, unit.Now, left);
            unit.Db.Transfers.Add(stub);
            unit.Audit(actor, AuditActs.ReportRerouted, report.Id, $"{from} {route.Log}");
            unit.Tell(holder is { } held ? askers.Append(held).Distinct() : askers, actor, NoticeKind.MovedAway, report, from, route.Log);
            logs.AddRange([from, route.Log]);
            moved++;
        }

        return (moved, moved > 0 ? new Rings(logs, unit.Told) : Rings.None);
    }
}

/// <summary>An open report that stands in another log than the boundaries in force would send it to.</summary>
internal sealed record MisplacedReport(Guid Id, string From, string To, bool IsHeld);

/// <summary>How many there are.</summary>
internal sealed class RerouteCount(IReadOnlyCollection<MisplacedReport> reports)
{
    public int All => reports.Count;

    /// <summary>Of all: claimed by an officer.</summary>
    public int Held => reports.Count(report => report.IsHeld);

    /// <summary>From which log to which, the most first.</summary>
    public IReadOnlyList<(string From, string To, int Count)> Ways { get; } =
        [.. reports.GroupBy(report => (report.From, report.To)).Select(way => (way.Key.From, way.Key.To, way.Count())).OrderByDescending(way => way.Item3)];
}
