using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Roster;

/// <summary>A duty goes on at another station, in one transaction: the officer is at no moment at both or at neither.</summary>
internal sealed class MoveOfficer(DutyChange change)
{
    /// <param name="station">Where to; the actor is an admin of both.</param>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public Task<DutyOutcome> Run(Guid actor, Guid duty, string station) => change.Run(actor, (unit, scope) =>
    {
        // Of another admin's duty nothing is said.
        if (unit.Db.Duties.SingleOrDefault(one => one.Id == duty) is not { } held || !DutyChange.IsAdminAt(scope, held.Log))
            return (DutyOutcome.NotFound, null);
        if (station == LogCode.City || !DutyChange.IsAdminAt(scope, station))
            return (DutyOutcome.NotYourStation, null);
        if (held.OfficerId == actor)
            return (DutyOutcome.Oneself, null);
        var now = unit.Now;
        var (from, until) = (held.From > now ? held.From : now, held.Until);
        if (unit.Db.Duties.Where(one => one.OfficerId == held.OfficerId && one.Log == station).AsEnumerable().Any(one => Domain.Officers.Roster.Overlaps(one, station, from, until)))
            return (DutyOutcome.Overlaps, null);
        if (EndDuty.End(unit, scope, actor, duty, out var ended) is var outcome and not DutyOutcome.Done)
            return (outcome, null);

        unit.Db.Duties.Add(new Domain.Officers.Duty(Guid.CreateVersion7(now), ended!.OfficerId, station, ended.Role, from, until));
        unit.Audit(actor, AuditActs.DutyPosted, subject: $"{ended.OfficerId} {station}");
        return (DutyOutcome.Done, ended.OfficerId);
    });
}
