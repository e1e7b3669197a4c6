using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// The end of a shift: every open report that one officer holds at a station goes to another who is on duty there, in one
/// transaction. By the station's admins, and by the officer for the own ones.
/// </summary>
internal sealed class HandOver(Writer writer, LiveBus bus, ScopeDirectory scopes, OfficerNotices notices)
{
    /// <returns>How many went over; null when there is no such station for the actor, or nobody on duty there by that id.</returns>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public async Task<int?> Run(Guid actor, string station, Guid from, Guid to)
    {
        var scope = scopes.Of(actor);
        var (count, rings) = await writer.Run<(int?, Rings)>(unit =>
        {
            var may = scope.RoleAt(station) >= DutyRole.StationAdmin || (actor == from && scope.Sees(station));
            if (station == LogCode.City || !may || !scopes.IsLive(scope) || from == to || !unit.OnDuty(station).Contains(to))
                return (null, Rings.None);

            var held = unit.Db.Reports.Where(report => report.Log == station && report.ClaimedBy == from).AsEnumerable().Where(report => report.Status.IsOpen()).ToList();
            foreach (var report in held)
            {
                report.Assign(to, actor, unit.Now);
                unit.Append(report, EntryKind.Changed);
                unit.Tell([to], actor, NoticeKind.Assigned, report);
                unit.Tell([from], actor, NoticeKind.ClaimBroken, report);
            }

            if (held.Count > 0)
                unit.Audit(actor, AuditActs.HandedOver, subject: $"{from} {to} {station}");
            return (held.Count, held.Count > 0 ? new Rings([station], unit.Told) : Rings.None);
        });
        rings.Ring(bus, notices);
        return count;
    }
}
