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
    /// <summary>Between a form and its arrival: a start that is as long ago means now.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <param name="act">Says which officer's duties it changed; null with anything but <see cref="DutyOutcome.Done"/>.</param>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public Task<DutyOutcome> Run(Guid actor, Func<WriteUnit, BoardScope, (DutyOutcome Outcome, Guid? Officer)> act)
        => RunForSeveral(actor, (unit, scope) =>
        {
            var (outcome, officer) = act(unit, scope);
            return (outcome, officer is { } one ? [one] : []);
        });

    /// <param name="act">Says whose duties it changed; nobody's with anything but <see cref="DutyOutcome.Done"/>.</param>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public async Task<DutyOutcome> RunForSeveral(Guid actor, Func<WriteUnit, BoardScope, (DutyOutcome Outcome, Guid[] Officers)> act)
    {
        var scope = scopes.Of(actor);
        var (outcome, moved) = await writer.Run<(DutyOutcome, Guid[])>(unit =>
        {
            // The actor's own duties may have moved while the unit waited.
            if (!scopes.IsLive(scope))
                return (DutyOutcome.NotFound, []);
            var done = act(unit, scope);
            foreach (var officer in done.Officers)
            {
                unit.Db.Officers.Single(one => one.Id == officer).DutiesChanged();
                // Before the next commit: what comes into the old log after this one is not shown to them any more.
                unit.AfterCommit(() => scopes.Forget(officer));
            }

            return done;
        });
        foreach (var changed in moved)
            bus.Ring(changed);

        return outcome;
    }

    public static bool IsAdminAt(BoardScope scope, string station) => scope.RoleAt(station) >= DutyRole.StationAdmin;
}
