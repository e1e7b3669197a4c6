using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Roster;

/// <summary>
/// The way of every change to who serves where: one transaction, then the officer's scope in memory is void and every screen of
/// theirs is woken (architecture: "One officer reassignment, as data"). The session stays.
/// </summary>
internal sealed class DutyChange(Writer writer, ScopeDirectory scopes, LiveBus bus)
{
    /// <param name="act">Says which officer's duties it changed; null with anything but <see cref="DutyOutcome.Done"/>.</param>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public async Task<DutyOutcome> Run(Guid actor, Func<WriteUnit, BoardScope, (DutyOutcome Outcome, Guid? Officer)> act)
    {
        var scope = scopes.Of(actor);
        var (outcome, moved) = await writer.Run<(DutyOutcome, Guid?)>(unit =>
        {
            // The actor's own duties may have moved while the unit waited.
            if (!scopes.IsLive(scope))
                return (DutyOutcome.NotFound, null);
            var done = act(unit, scope);
            if (done.Officer is { } officer)
            {
                unit.Db.Officers.Single(one => one.Id == officer).DutiesChanged();
                // Before the next commit: what comes into the old log after this one is not shown to them any more.
                unit.AfterCommit(() => scopes.Forget(officer));
            }

            return done;
        });
        if (moved is { } changed)
            bus.Ring(changed);

        return outcome;
    }

    public static bool IsAdminAt(BoardScope scope, string station) => scope.RoleAt(station) >= DutyRole.StationAdmin;
}
