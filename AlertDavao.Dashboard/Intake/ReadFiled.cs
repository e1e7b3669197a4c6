using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Intake;

/// <summary>What an officer is told of a report just filed: also where it went to a station that the officer does not see.</summary>
internal sealed class ReadFiled(IDbContextFactory<AlertDavaoDb> contexts, CityBook city)
{
    /// <returns>Null unless this officer filed it.</returns>
    public FiledReport? Run(Guid id, Guid officer)
    {
        using var db = contexts.CreateDbContext();
        var report = db.Reports.AsNoTracking().Where(report => report.Id == id && report.FiledBy == officer)
            .Select(report => new { report.TrackingCode, report.Log }).SingleOrDefault();
        return report is null ? null : new FiledReport(id, report.TrackingCode, report.Log, city.Stations.GetValueOrDefault(report.Log));
    }
}

/// <param name="Log">The log it stood in when it was read.</param>
/// <param name="Station">Null while no station owns it.</param>
internal sealed record FiledReport(Guid Id, string TrackingCode, string Log, Station? Station);
