using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Map;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Territory;

/// <summary>The boundaries in force and what is planned, as the city desk sees them.</summary>
internal sealed class ReadPlan(IDbContextFactory<AlertDavaoDb> contexts, CityBook city, CitySheets sheets, RerouteReports reroute)
{
    private readonly KeptSheet<string> _planned = new();

    /// <returns>Null for who is not the city desk.</returns>
    public PlanView? Run(BoardScope scope)
    {
        if (!scope.IsCityDesk)
            return null;

        using var db = contexts.CreateDbContext();
        var now = city.Now;
        var planned = PlanSteps.Replay(now, PlanSteps.Read(db));
        var edition = db.BoundaryEditions.AsNoTracking().SingleOrDefault(one => one.Version == now.Version);
        var who = planned.Steps.Select(step => step.Step.By).Append(edition?.By ?? Guid.Empty).Distinct().ToList();
        var names = db.Officers.AsNoTracking().Where(officer => who.Contains(officer.Id)).ToDictionary(officer => officer.Id, officer => officer.Name);
        return new PlanView(now, planned, SheetOf(now, planned), edition, names, reroute.Count());
    }

    // Kept: the page is asked for with every step.
    private CitySheet SheetOf(CityPicture now, PlannedCity planned) => planned.Steps.Count == 0
        ? sheets.Now
        : _planned.Of(planned.Fingerprint, () => new CitySheet(
            new CityPicture(now.Epoch, now.Version, [.. planned.Plan.Stations.Values], [.. planned.Plan.Barangays.Values])));
}

/// <param name="InForce">The city as it is.</param>
/// <param name="Sheet">The planned one, drawn.</param>
/// <param name="Edition">Who published what is in force; null for what came with the product.</param>
/// <param name="Names">Of officers, by id.</param>
/// <param name="Misplaced">Open reports that stand where the boundaries in force would not send them.</param>
internal sealed record PlanView(
    CityPicture InForce, PlannedCity Planned, CitySheet Sheet, BoundaryEdition? Edition, IReadOnlyDictionary<Guid, string> Names, RerouteCount Misplaced)
{
    /// <summary>Square degrees: a few square metres, which the grid of a cut may move.</summary>
    private const double Nothing = 1e-9;

    /// <summary>The barangays that would be another station's, or have other ground.</summary>
    public IReadOnlySet<string> Changed { get; } = Planned.Plan.Barangays.Values
        .Where(barangay => InForce.Barangays[barangay.Psgc] is var before && !ReferenceEquals(before, barangay)
            && (before.StationCode != barangay.StationCode || Math.Abs(before.Boundary.Area - barangay.Boundary.Area) > Nothing))
        .Select(barangay => barangay.Psgc)
        .ToHashSet(StringComparer.Ordinal);

    public IReadOnlyList<Station> Stations { get; } = [.. Planned.Plan.Stations.Values.OrderBy(station => station.Code, LogCode.Order)];

    public IReadOnlyList<Barangay> Barangays { get; } = [.. Planned.Plan.Barangays.Values.OrderBy(barangay => barangay.Name, StringComparer.CurrentCulture)];

    public string NameOf(Guid officer) => Names.GetValueOrDefault(officer, "");
}
