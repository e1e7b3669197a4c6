using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// The way of every officer's command: what the officer does not see does not exist, what a colleague changed meanwhile is said,
/// one act is one version with one entry in the log, and the bell rings after the commit.
/// </summary>
internal sealed class ChangeReport(Writer writer, LiveBus bus, ScopeDirectory scopes, OfficerNotices notices)
{
    /// <param name="version">The report's version that the officer has in view.</param>
    /// <param name="act">Calls the domain; what it refuses is told, and nothing is changed.</param>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public async Task<CommandOutcome> Run(Guid officer, Guid report, int version, Action<Change> act)
    {
        var scope = scopes.Of(officer);
        var (outcome, rings) = await writer.Run<(CommandOutcome, Rings)>(unit =>
        {
            var found = unit.Db.Reports.SingleOrDefault(r => r.Id == report);
            // Duties may have moved while the unit waited.
            if (found is null || !scope.Sees(found.Log) || !scopes.IsLive(scope))
                return (CommandOutcome.NoSuchReport, Rings.None);
            if (ChangedBy(unit.Db, found, version) is { } colleague)
                return (new CommandOutcome(CommandResult.Stale, found.Version, found.Status, NameOf(unit.Db, colleague)), Rings.None);

            var before = found.Log;
            var change = new Change(unit, found, officer, scope);
            try
            {
                act(change);
            }
            catch (DomainRuleViolated refused)
            {
                unit.Forget();
                return (CommandOutcome.Refused(found, refused.Rule, NameOf(unit.Db, found.ClaimedBy)), Rings.None);
            }

            // A report that went to another log has its entries already.
            var isChanged = unit.Db.Entry(found).State == EntityState.Modified;
            if (isChanged && found.Log == before)
                unit.Append(found, EntryKind.Changed);
            var done = new CommandOutcome(CommandResult.Done, found.Version, found.Status, NameOf(unit.Db, officer));
            return (done, isChanged ? new Rings([before, found.Log, .. change.Others], unit.Told) : Rings.None);
        });
        rings.Ring(bus, notices);
        return outcome;
    }

    /// <summary>
    /// The colleague who changed it after that version, the last one first; null when none did. What the product noted by itself
    /// meanwhile (an escalation, a lapse) is no reason to refuse a person.
    /// </summary>
    private static Guid? ChangedBy(AlertDavaoDb db, Report report, int version)
        => report.Version == version ? null
            : report.Version < version ? Guid.Empty
            : db.Entry(report).Collection(r => r.Events).Query().AsNoTracking()
                .Where(e => e.Version > version && e.OfficerId != null)
                .OrderByDescending(e => e.Version)
                .Select(e => e.OfficerId)
                .FirstOrDefault();

    private static string? NameOf(AlertDavaoDb db, Guid? officer)
        => officer is null ? null : db.Officers.AsNoTracking().Where(o => o.Id == officer).Select(o => o.Name).SingleOrDefault();
}

/// <summary>Whom a commit concerns: the logs that have new entries, and the officers who were told something.</summary>
internal sealed record Rings(IReadOnlyCollection<string> Logs, IReadOnlyCollection<Guid> Officers)
{
    public static readonly Rings None = new([], []);

    public void Ring(LiveBus bus, OfficerNotices notices)
    {
        foreach (var log in Logs.Distinct())
            bus.Ring(log);
        foreach (var officer in Officers)
            notices.Told(officer);
    }
}

/// <summary>One officer's act on one report, inside the transaction.</summary>
internal sealed record Change(WriteUnit Unit, Report Report, Guid Officer, BoardScope Scope)
{
    private readonly List<string> _others = [];

    public DateTimeOffset Now => Unit.Now;

    /// <summary>The logs of the other reports that the act changed.</summary>
    public IReadOnlyList<string> Others => _others;

    /// <summary>The act changed this report too: it has an entry in its log, which rings after the commit.</summary>
    public void AlsoChanged(Report other)
    {
        Unit.Append(other, EntryKind.Changed);
        _others.Add(other.Log);
    }

    /// <summary>Whether the officer may do at the report's station what only its admins may.</summary>
    public bool IsAdmin => Scope.RoleAt(Report.Log) >= DutyRole.StationAdmin;
}

internal enum CommandResult
{
    Done,

    /// <summary>There is none, or it stands in a log that the officer does not see: the same to them.</summary>
    NoSuchReport,

    /// <summary>Somebody changed it meanwhile; nothing was done.</summary>
    Stale,

    /// <summary>A rule of the domain forbids it; nothing was done.</summary>
    Refused,
}

/// <summary>What became of an officer's command on a report.</summary>
/// <param name="Version">The report's version now; 0 where there is none.</param>
/// <param name="By">The name of who changed it last; of a refusal, of who holds it.</param>
/// <param name="Rule">The rule that forbids it.</param>
internal sealed record CommandOutcome(CommandResult Result, int Version, ReportStatus Status, string? By, string? Rule = null)
{
    public static readonly CommandOutcome NoSuchReport = new(CommandResult.NoSuchReport, 0, default, null);

    public static CommandOutcome Refused(Report report, string rule, string? by) => new(CommandResult.Refused, report.Version, report.Status, by, rule);
}
