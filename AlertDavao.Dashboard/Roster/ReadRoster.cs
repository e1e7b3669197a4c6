using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Roster;

/// <summary>Who serves at a station now and later, as its admin sees it.</summary>
internal sealed class ReadRoster(IDbContextFactory<AlertDavaoDb> contexts, LiveSessions live, SoundWatch sound, TimeProvider time)
{
    /// <returns>Null for a station that the scope is no admin of.</returns>
    public StationRoster? Run(BoardScope scope, string station)
    {
        if (station == LogCode.City || !DutyChange.IsAdminAt(scope, station))
            return null;

        using var db = contexts.CreateDbContext();
        var now = time.GetUtcNow();
        var duties = db.Duties.AsNoTracking().Where(duty => duty.Log == station && (duty.Until == null || duty.Until > now)).ToList();
        var officers = db.Officers.AsNoTracking().ToDictionary(officer => officer.Id);
        var held = db.Reports.AsNoTracking()
            .Where(report => report.Log == station && report.ClaimedBy != null)
            .GroupBy(report => report.ClaimedBy!.Value)
            .Select(group => new { Officer = group.Key, Count = group.Count() })
            .ToDictionary(group => group.Officer, group => group.Count);
        var lines = duties
            .Select(duty => new RosterLine(duty, officers[duty.OfficerId], duty.IsInForce(now), live.Present.Has(duty.OfficerId), sound.Hears(duty.OfficerId), held.GetValueOrDefault(duty.OfficerId)))
            .OrderByDescending(line => line.Duty.Role).ThenBy(line => line.Officer.Name, StringComparer.CurrentCulture).ThenBy(line => line.Duty.From)
            .ToList();
        var cityDesk = db.Duties.AsNoTracking().Where(duty => duty.Role == DutyRole.CityDesk).Select(duty => duty.OfficerId).ToHashSet();
        return new StationRoster(
            [.. lines.Where(line => line.IsNow)],
            [.. lines.Where(line => !line.IsNow)],
            [.. officers.Values.Where(officer => officer.Id != scope.OfficerId && !cityDesk.Contains(officer.Id)).OrderBy(officer => officer.Name, StringComparer.CurrentCulture)]);
    }
}

/// <param name="Officers">Who may be posted: all but the reader and the city desk's.</param>
internal sealed record StationRoster(IReadOnlyList<RosterLine> Now, IReadOnlyList<RosterLine> Planned, IReadOnlyList<Officer> Officers);

/// <param name="IsLive">Whether the officer has a screen now.</param>
/// <param name="Hears">Whether it sounds.</param>
/// <param name="InHand">Reports of the station that the officer holds.</param>
internal sealed record RosterLine(Domain.Officers.Duty Duty, Officer Officer, bool IsNow, bool IsLive, bool Hears, int InHand);
