using System.Globalization;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Dashboard.Map;
using AlertDavao.Domain.Geography;

namespace AlertDavao.Dashboard.Territory;

/// <summary>
/// What is planned comes into force: in one transaction, and before the next commit for whoever routes, so that a report is either of the old
/// version or of the new one and says which. Reports that are there stay where they are.
/// </summary>
internal sealed class PublishPlan(Writer writer, ScopeDirectory scopes, LiveBus bus, CityBook city, CitySheets sheets)
{
    private const string Empty = "Plan.Empty";
    private const string Faulty = "Plan.Faulty";
    private const string Stale = "Plan.Stale";

    /// <param name="rehearsed">The fingerprint of the plan that was rehearsed.</param>
    /// <returns>Null when the actor is not the city desk.</returns>
    /// <exception cref="WriterBusy">Nothing was published.</exception>
    /// <exception cref="WriteFailed">Nothing was published.</exception>
    public async Task<PublishedPlan?> Run(Guid actor, string rehearsed)
    {
        var scope = scopes.Of(actor);
        IReadOnlyList<Guid> desks = [];
        var outcome = await writer.Run(unit =>
        {
            if (!scope.IsCityDesk || !scopes.IsLive(scope))
                return null;
            var now = city.Now;
            var planned = PlanSteps.Replay(now, PlanSteps.Read(unit.Db));
            if (planned.Steps.Count == 0)
                return new PublishedPlan(null, Empty);
            if (!planned.IsWhole)
                return new PublishedPlan(null, Faulty);
            if (planned.Fingerprint != rehearsed)
                return new PublishedPlan(null, Stale);

            var next = Write(unit, now, planned, actor);
            unit.AfterCommit(() =>
            {
                city.Use(next);
                if (next.Logs.Length > now.Logs.Length)
                    desks = scopes.ForgetCityDesk();
            });
            return new PublishedPlan(next.Version, null);
        });
        foreach (var desk in desks)
            bus.Ring(desk);
        // Drawn now: the next page shall not wait for it.
        _ = sheets.Now;
        return outcome;
    }

    private static CityPicture Write(WriteUnit unit, CityPicture now, PlannedCity planned, Guid actor)
    {
        var db = unit.Db;
        var day = ManilaTime.Of(unit.Now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var version = $"{day}/{db.BoundaryEditions.Count(edition => edition.Version.StartsWith(day)) + 1}";
        db.BoundaryEditions.Add(new BoundaryEdition { Version = version, By = actor, At = unit.Now });
        db.Marks.Single().BoundaryVersion = version;

        foreach (var station in planned.Plan.Stations.Values.Where(station => !ReferenceEquals(now.Stations.GetValueOrDefault(station.Code), station)))
        {
            if (db.Stations.Find(station.Code) is { } known)
            {
                db.Entry(known).CurrentValues.SetValues(station);
                continue;
            }

            db.Stations.Add(station);
            // Before the first report that is routed to it: there is a log as soon as there is the station.
            db.StationLogs.Add(new StationLog { Code = station.Code });
        }

        foreach (var barangay in planned.Plan.Barangays.Values.Where(barangay => !ReferenceEquals(now.Barangays[barangay.Psgc], barangay)))
            db.Entry(db.Barangays.Find(barangay.Psgc)!).CurrentValues.SetValues(barangay);

        var steps = planned.Steps.Select(step => step.Step.Id).ToList();
        foreach (var step in db.PlanSteps.Where(step => steps.Contains(step.Id)).ToList())
            step.PublishedIn = version;
        unit.Audit(actor, AuditActs.BoundariesPublished, subject: version);
        return new CityPicture(now.Epoch, version, [.. planned.Plan.Stations.Values], [.. planned.Plan.Barangays.Values]);
    }
}

/// <param name="Version">Of the boundaries in force from now on; null when nothing was published.</param>
/// <param name="Fault">The rule that forbids it.</param>
internal sealed record PublishedPlan(string? Version, string? Fault);
