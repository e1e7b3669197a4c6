using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>A report as an officer reads it, with its timeline. What the scope does not see does not exist.</summary>
internal sealed class ReadReport(IDbContextFactory<AlertDavaoDb> contexts, CityBook city)
{
    /// <returns>Null when there is no such report, and just so when it stands in a log outside the scope.</returns>
    public ReportView? Run(Guid id, BoardScope scope)
    {
        using var db = contexts.CreateDbContext();
        var report = db.Reports.AsNoTracking().Include(r => r.Events).SingleOrDefault(r => r.Id == id);
        if (report is null || !scope.Sees(report.Log))
            return null;

        var actors = report.Events.Select(entry => entry.OfficerId).OfType<Guid>().Distinct().ToList();
        return new ReportView(
            report,
            report.BarangayPsgc is { } psgc ? city.Barangays[psgc].Name : null,
            city.Stations.GetValueOrDefault(report.Log)?.Name,
            db.Officers.AsNoTracking().Where(officer => actors.Contains(officer.Id)).ToDictionary(officer => officer.Id, officer => officer.Name));
    }
}

/// <param name="Barangay">Of the place; null where it is in none.</param>
/// <param name="Station">Null while no station owns it.</param>
/// <param name="Names">Of the officers on its timeline.</param>
internal sealed record ReportView(Report Report, string? Barangay, string? Station, IReadOnlyDictionary<Guid, string> Names)
{
    /// <summary>Newest first.</summary>
    public IEnumerable<ReportEvent> Timeline
        => Report.Events.OrderByDescending(entry => entry.Version).ThenByDescending(entry => entry.Part);
}
