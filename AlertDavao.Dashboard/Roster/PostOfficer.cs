using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Roster;

/// <summary>An officer serves at a station from a moment on. A station's admin posts officers, the city desk admins too.</summary>
internal sealed class PostOfficer(DutyChange change)
{
    /// <param name="from">Null for now; may lie ahead.</param>
    /// <param name="until">Null for until further notice.</param>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public Task<DutyOutcome> Run(Guid actor, Guid officer, string station, DutyRole role, DateTimeOffset? from, DateTimeOffset? until)
        => change.Run(actor, (unit, scope) =>
        {
            if (station == LogCode.City || role == DutyRole.CityDesk || !DutyChange.IsAdminAt(scope, station) || !unit.Db.Officers.Any(one => one.Id == officer))
                return (DutyOutcome.NotFound, null);
            if (actor == officer)
                return (DutyOutcome.Oneself, null);
            if (role == DutyRole.StationAdmin && !scope.IsCityDesk)
                return (DutyOutcome.AdminsByCityDesk, null);

            var now = unit.Now;
            if (from < now - DutyChange.Grace || until <= now)
                return (DutyOutcome.InThePast, null);
            var start = from is { } planned && planned > now ? planned : now;
            if (until <= start)
                return (DutyOutcome.EndsBeforeItStarts, null);
            if (unit.Db.Duties.Where(duty => duty.OfficerId == officer && duty.Log == station).AsEnumerable().Any(duty => Domain.Officers.Roster.Overlaps(duty, station, start, until)))
                return (DutyOutcome.Overlaps, null);

            unit.Db.Duties.Add(new Domain.Officers.Duty(Guid.CreateVersion7(now), officer, station, role, start, until));
            unit.Audit(actor, AuditActs.DutyPosted, subject: $"{officer} {station}");
            return (DutyOutcome.Done, officer);
        });
}
