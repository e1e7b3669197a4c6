using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// The city desk makes an officer of a station its admin, or an admin an officer. Nobody changes the own role, and a station
/// keeps its last admin. Who has another role now signs in anew, on every device.
/// </summary>
internal sealed class ChangeRole(AdministeredAccounts administered, Writer writer, ScopeDirectory scopes, LiveBus bus, EndSessions end)
{
    /// <param name="station">Where the officer serves now; not the city desk.</param>
    public async Task<RoleChange> Run(Guid actor, Guid officer, string station, DutyRole role)
    {
        if (actor == officer || station == LogCode.City || role == DutyRole.CityDesk || !administered.IsCityDesk(actor))
            return RoleChange.NotFound;

        var change = await writer.Run(unit => Change(unit, actor, officer, station, role));
        if (change != RoleChange.Done)
            return change;

        bus.Ring(officer);
        await end.AllOf(actor, officer);
        return change;
    }

    private RoleChange Change(WriteUnit unit, Guid actor, Guid officer, string station, DutyRole role)
    {
        var now = unit.Now;
        var held = unit.Db.Duties
            .Where(duty => duty.OfficerId == officer && duty.Log == station && duty.From < now && (duty.Until == null || duty.Until > now))
            .ToList();
        if (held.Count == 0 || held.TrueForAll(duty => duty.Role == role))
            return RoleChange.NotFound;
        if (role < DutyRole.StationAdmin && !unit.Db.Duties.Any(duty => duty.OfficerId != officer && duty.Log == station
            && duty.Role == DutyRole.StationAdmin && duty.From <= now && (duty.Until == null || duty.Until > now)))
            return RoleChange.LastAdmin;

        // The one that goes on is as long as the longest of those it follows.
        var until = held.Exists(duty => duty.Until is null) ? null : held.Max(duty => duty.Until);
        foreach (var duty in held)
            duty.End(now);
        unit.Db.Duties.Add(new Domain.Officers.Duty(Guid.CreateVersion7(now), officer, station, role, now, until));
        unit.Db.Officers.Single(one => one.Id == officer).DutiesChanged();
        // Before the next commit: nothing is shown any more for the role of before.
        unit.AfterCommit(() => scopes.Forget(officer));
        unit.Audit(actor, role == DutyRole.StationAdmin ? AuditActs.MadeAdmin : AuditActs.MadeOfficer, subject: $"{officer} {station}");
        return RoleChange.Done;
    }
}

/// <summary>What became of a wish to change a role.</summary>
internal enum RoleChange
{
    Done,

    /// <summary>There is no such duty for the actor, or it has that role.</summary>
    NotFound,

    /// <summary>The station would be left without an admin.</summary>
    LastAdmin,
}
