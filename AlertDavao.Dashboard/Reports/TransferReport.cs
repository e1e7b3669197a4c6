using AlertDavao.Dashboard.Data;
using AlertDavao.Domain;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Reports;

/// <summary>A report shall go to another station: its own asks and the other decides; the city desk moves it at once.</summary>
internal sealed class TransferReport(ChangeReport change, CityBook city, EscalationTimes times)
{
    /// <param name="version">The report's version that the officer has in view.</param>
    /// <param name="to">Code of a station.</param>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public Task<CommandOutcome> Run(Guid officer, Guid report, int version, string? to, string? reason)
        => change.Run(officer, report, version, act =>
        {
            if (to is null || !city.Stations.TryGetValue(to.ToUpperInvariant(), out var station))
                throw new DomainRuleViolated("Transfer.NoSuchStation");
            if (act.Scope.IsCityDesk)
                Move(act, station, reason);
            else
                Ask(act, station, reason);
        });

    private static void Ask(Change act, Station to, string? reason)
    {
        act.Report.AskTransfer(to.Code, act.Officer, reason, act.Now);
        act.Unit.Db.Transfers.Add(new Transfer(Guid.CreateVersion7(act.Now), act.Report.Id, act.Report.Log, to.Code, act.Officer, reason!, act.Now));
        act.Unit.Tell(act.Unit.OnDuty(to.Code), act.Officer, NoticeKind.TransferAsked, act.Report, act.Report.Log, to.Code);
    }

    // What was asked before is settled by it. The stations themselves see it leave and arrive.
    private void Move(Change act, Station to, string? reason)
    {
        var from = act.Report.Log;
        // The report first: a move that the domain refuses settles nothing.
        var left = act.Unit.Move(act.Report, () => act.Report.GoTo(to.Code, act.Officer, reason, times, act.Now));
        var askers = Transfers.Void(act);
        var moved = new Transfer(Guid.CreateVersion7(act.Now), act.Report.Id, from, to.Code, act.Officer, reason ?? "", act.Now);
        moved.Decide(TransferState.Accepted, act.Officer, null, act.Now, left);
        act.Unit.Db.Transfers.Add(moved);
        act.Unit.Audit(act.Officer, AuditActs.ReportMoved, act.Report.Id, $"{from} {to.Code}");
        act.Unit.Tell(act.Unit.OnDuty(from).Union(askers), act.Officer, NoticeKind.MovedAway, act.Report, from, to.Code);
    }
}

/// <summary>What transfers that nobody decided have in common.</summary>
internal static class Transfers
{
    /// <summary>The report goes elsewhere, or nowhere any more: what was asked is settled.</summary>
    /// <returns>Who had asked.</returns>
    public static IReadOnlyList<Guid> Void(Change act) => Void(act.Unit, act.Report, act.Officer);

    /// <inheritdoc cref="Void(Change)"/>
    public static IReadOnlyList<Guid> Void(WriteUnit unit, Report report, Guid officer)
    {
        var open = unit.Db.Transfers.Where(t => t.ReportId == report.Id && t.State == TransferState.Asked).ToList();
        foreach (var asked in open)
            asked.Decide(TransferState.Void, officer, null, unit.Now);
        unit.TakeBack(NoticeKind.TransferAsked, report.Id);
        return [.. open.Select(asked => asked.AskedBy)];
    }
}
