using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Roster;

/// <summary>
/// A planned duty goes to another day, other hours or another officer of the same station. Of one that is in force only the end
/// moves; of one that is over nothing.
/// </summary>
internal sealed class ChangeDuty(DutyChange change)
{
    /// <param name="officer">Null for the one who has it.</param>
    /// <param name="from">Null for as it is.</param>
    /// <param name="until">Null for until further notice.</param>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public Task<DutyOutcome> Run(Guid actor, Guid duty, Guid? officer, DateTimeOffset? from, DateTimeOffset? until)
        => change.RunForSeveral(actor, (unit, scope) =>
        {
            // Of another admin's duty nothing is said.
            if (unit.Db.Duties.SingleOrDefault(one => one.Id == duty) is not { Role: < DutyRole.CityDesk } held || !DutyChange.IsAdminAt(scope, held.Log))
                return (DutyOutcome.NotFound, []);
            var (before, now) = (held.OfficerId, unit.Now);
            var (to, start) = (officer ?? before, from ?? held.From);
            if (to != before && !unit.Db.Officers.Any(one => one.Id == to))
                return (DutyOutcome.NotFound, []);
            if (before == actor || to == actor)
                return (DutyOutcome.Oneself, []);
            if (held.Role == DutyRole.StationAdmin && !scope.IsCityDesk)
                return (DutyOutcome.AdminsByCityDesk, []);

            if (held.From > now && start <= now && start >= now - DutyChange.Grace)
                start = now;
            var outcome = Refusal(unit, held, to, start, until, now);
            if (outcome != DutyOutcome.Done || (to == before && start == held.From && until == held.Until))
                return (outcome, []);

            held.Replan(to, start, until, now);
            unit.Audit(actor, AuditActs.DutyChanged, subject: to == before ? $"{before} {held.Log}" : $"{before} {to} {held.Log}");
            return (DutyOutcome.Done, to == before ? [before] : [before, to]);
        });

    private static DutyOutcome Refusal(WriteUnit unit, Domain.Officers.Duty held, Guid to, DateTimeOffset start, DateTimeOffset? until, DateTimeOffset now)
    {
        if (held.Until <= now || until <= now)
            return DutyOutcome.InThePast;
        if (held.From <= now && (to != held.OfficerId || start != held.From))
            return DutyOutcome.HasBegun;
        if (held.From > now && start < now)
            return DutyOutcome.InThePast;
        if (until <= start)
            return DutyOutcome.EndsBeforeItStarts;
        if (unit.Db.Duties.Where(other => other.OfficerId == to && other.Log == held.Log && other.Id != held.Id).AsEnumerable()
            .Any(other => Domain.Officers.Roster.Overlaps(other, held.Log, start, until)))
            return DutyOutcome.Overlaps;
        // One that ends sooner than it did leaves somebody else in charge at that moment.
        var endsSooner = held.From <= now && until is not null && (held.Until is null || until < held.Until);
        return endsSooner && !Domain.Officers.Roster.KeepsAnAdmin(held, unit.Db.Duties.Where(other => other.Log == held.Log).AsEnumerable(), until!.Value)
            ? DutyOutcome.LastAdmin
            : DutyOutcome.Done;
    }
}
