using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Roster;

/// <summary>A duty is over now; one that has not begun is taken back.</summary>
internal sealed class EndDuty(DutyChange change)
{
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public Task<DutyOutcome> Run(Guid actor, Guid duty) => change.Run(actor, (unit, scope) =>
    {
        var outcome = End(unit, scope, actor, duty, out var ended);
        return (outcome, outcome == DutyOutcome.Done ? ended!.OfficerId : null);
    });

    /// <summary>Inside the transaction of another act.</summary>
    public static DutyOutcome End(WriteUnit unit, BoardScope scope, Guid actor, Guid id, out Domain.Officers.Duty? duty)
    {
        var now = unit.Now;
        duty = unit.Db.Duties.SingleOrDefault(one => one.Id == id);
        if (duty is null || duty.Role == DutyRole.CityDesk || !DutyChange.IsAdminAt(scope, duty.Log) || duty.Until <= now)
            return DutyOutcome.NotFound;
        // An admin's duty is the city desk's to end.
        if (duty.Role == DutyRole.StationAdmin && !scope.IsCityDesk)
            return DutyOutcome.AdminsByCityDesk;
        var log = duty.Log;
        if (duty.IsInForce(now) && !Domain.Officers.Roster.KeepsAnAdmin(duty, unit.Db.Duties.Where(one => one.Log == log).AsEnumerable(), now))
            return DutyOutcome.LastAdmin;

        if (duty.From >= now)
            unit.Db.Duties.Remove(duty);
        else
            duty.End(now);
        unit.Audit(actor, AuditActs.DutyEnded, subject: $"{duty.OfficerId} {duty.Log}");
        return DutyOutcome.Done;
    }
}
