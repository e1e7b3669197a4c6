using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>An officer says that the station has seen a report. Of two who say so at the same moment one does, and the other is told.</summary>
internal sealed class AcknowledgeReport(Writer writer, LiveBus bus, ScopeDirectory scopes)
{
    /// <param name="version">The report's version that the officer has in view.</param>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public async Task<CommandOutcome> Run(Guid officer, Guid report, int version)
    {
        var scope = scopes.Of(officer);
        var (outcome, log) = await writer.Run<(CommandOutcome, string?)>(unit =>
        {
            var found = unit.Db.Reports.SingleOrDefault(r => r.Id == report);
            // Duties may have moved while the unit waited.
            if (found is null || !scope.Sees(found.Log) || !scopes.IsLive(scope))
                return (CommandOutcome.NoSuchReport, null);
            if (found.Version != version || !ReportStatusTable.MayMove(found.Status, ReportStatus.Acknowledged))
                return (Stale(unit.Db, found), null);

            found.Acknowledge(officer, unit.Now);
            unit.Append(found, EntryKind.Changed);
            return (new CommandOutcome(CommandResult.Done, found.Version, found.Status, NameOf(unit.Db, officer)), found.Log);
        });
        if (log is not null)
            bus.Ring(log);
        return outcome;
    }

    private static CommandOutcome Stale(AlertDavaoDb db, Report report)
    {
        var last = db.Entry(report).Collection(r => r.Events).Query().AsNoTracking().OrderByDescending(e => e.Version).First();
        return new CommandOutcome(CommandResult.Stale, report.Version, report.Status, last.OfficerId is { } who ? NameOf(db, who) : null);
    }

    private static string? NameOf(AlertDavaoDb db, Guid officer)
        => db.Officers.AsNoTracking().Where(o => o.Id == officer).Select(o => o.Name).SingleOrDefault();
}

internal enum CommandResult
{
    Done,

    /// <summary>There is none, or it stands in a log that the officer does not see: the same to them.</summary>
    NoSuchReport,

    /// <summary>Somebody changed it meanwhile; nothing was done.</summary>
    Stale,
}

/// <summary>What became of an officer's command on a report.</summary>
/// <param name="Version">The report's version now; 0 where there is none.</param>
/// <param name="By">The name of who changed it last.</param>
internal sealed record CommandOutcome(CommandResult Result, int Version, ReportStatus Status, string? By)
{
    public static readonly CommandOutcome NoSuchReport = new(CommandResult.NoSuchReport, 0, default, null);
}
