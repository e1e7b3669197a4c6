using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Reports;

/// <summary>An officer lets go of a report, or a station admin breaks a colleague's claim.</summary>
internal sealed class ReleaseReport(ChangeReport change)
{
    /// <param name="version">The report's version that the officer has in view.</param>
    /// <param name="reason">Required for a claim that is a colleague's.</param>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public Task<CommandOutcome> Run(Guid officer, Guid report, int version, string? reason)
        => change.Run(officer, report, version, act =>
        {
            var holder = act.Report.ClaimedBy;
            act.Report.Release(act.Officer, act.IsAdmin, reason, act.Now);
            if (holder == officer)
                return;
            act.Unit.Audit(officer, AuditActs.ClaimBroken, report);
            act.Unit.Tell([holder!.Value], officer, NoticeKind.ClaimBroken, act.Report);
        });
}
