using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Reports;

/// <summary>An officer takes a report: the one who is first, or whoever takes it over from a holder who is gone.</summary>
internal sealed class ClaimReport(ChangeReport change)
{
    /// <param name="version">The report's version that the officer has in view.</param>
    /// <param name="takesOver">From who holds it; without it a report that is held is not taken.</param>
    /// <param name="reason">Why it is taken from a holder who is there.</param>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public Task<CommandOutcome> Run(Guid officer, Guid report, int version, bool takesOver, string? reason)
        => change.Run(officer, report, version, act =>
        {
            if (!takesOver)
            {
                act.Report.Claim(act.Officer, act.Now);
                return;
            }

            var holder = act.Report.ClaimedBy;
            act.Report.TakeOver(act.Officer, act.IsAdmin, reason, act.Now);
            act.Unit.Audit(officer, AuditActs.ClaimTakenOver, report);
            act.Unit.Tell([holder!.Value], officer, NoticeKind.TakenOver, act.Report);
        });
}
