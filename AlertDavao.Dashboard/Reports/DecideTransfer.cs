using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// The station that was asked takes a report or does not. Only who serves there, or the city desk, may say so; accepting is one
/// step that both boards show together.
/// </summary>
internal sealed class DecideTransfer(Writer writer, LiveBus bus, ScopeDirectory scopes, OfficerNotices notices, EscalationTimes times)
{
    /// <param name="reason">Required for a refusal.</param>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public async Task<CommandOutcome> Run(Guid officer, Guid transfer, bool accepts, string? reason)
    {
        var scope = scopes.Of(officer);
        var (outcome, rings) = await writer.Run<(CommandOutcome, Rings)>(unit =>
        {
            var asked = unit.Db.Transfers.SingleOrDefault(t => t.Id == transfer);
            if (asked is null || !scope.Sees(asked.ToLog) || !scopes.IsLive(scope))
                return (CommandOutcome.NoSuchReport, Rings.None);

            var report = unit.Db.Reports.Single(r => r.Id == asked.ReportId);
            try
            {
                if (asked.State != TransferState.Asked)
                    throw new DomainRuleViolated("Transfer.Decided");
                unit.TakeBack(NoticeKind.TransferAsked, report.Id);
                if (accepts)
                    Accept(unit, asked, report, officer);
                else
                    Refuse(unit, asked, report, officer, reason);
            }
            catch (DomainRuleViolated refused)
            {
                unit.Forget();
                return (CommandOutcome.Refused(report, refused.Rule, null), Rings.None);
            }

            return (new CommandOutcome(CommandResult.Done, report.Version, report.Status, null), new Rings([asked.FromLog, asked.ToLog], unit.Told));
        });
        rings.Ring(bus, notices);
        return outcome;
    }

    private void Accept(WriteUnit unit, Transfer asked, Report report, Guid officer)
    {
        var left = unit.Move(report, () => report.GoTo(asked.ToLog, officer, null, times, unit.Now));
        asked.Decide(TransferState.Accepted, officer, null, unit.Now, left);
        unit.Audit(officer, AuditActs.ReportMoved, report.Id, $"{asked.FromLog} {asked.ToLog}");
        unit.Tell([asked.AskedBy], officer, NoticeKind.TransferAccepted, report, asked.FromLog, asked.ToLog);
        unit.Tell(unit.OnDuty(asked.FromLog).Where(other => other != asked.AskedBy), officer, NoticeKind.TransferAccepted, report, asked.FromLog, asked.ToLog);
    }

    private static void Refuse(WriteUnit unit, Transfer asked, Report report, Guid officer, string? reason)
    {
        report.RefuseTransfer(officer, reason, unit.Now);
        unit.Append(report, Domain.Log.EntryKind.Changed);
        asked.Decide(TransferState.Refused, officer, reason, unit.Now);
        unit.Tell([asked.AskedBy], officer, NoticeKind.TransferRefused, report, asked.FromLog, asked.ToLog);
    }
}
