using AlertDavao.Dashboard.Data;
using AlertDavao.Domain;

namespace AlertDavao.Dashboard.Reports;

/// <summary>A station admin gives a report to an officer who is on duty there. Whoever held it is told, and so is the officer.</summary>
internal sealed class AssignReport(ChangeReport change)
{
    /// <param name="version">The report's version that the admin has in view.</param>
    /// <param name="to">Id of the officer.</param>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public Task<CommandOutcome> Run(Guid officer, Guid report, int version, string? to)
        => change.Run(officer, report, version, act =>
        {
            if (!act.IsAdmin)
                throw new DomainRuleViolated("Assign.NotAdmin");
            if (!Guid.TryParse(to, out var assignee) || !act.Unit.OnDuty(act.Report.Log).Contains(assignee))
                throw new DomainRuleViolated("Assign.NotOnDuty");

            var holder = act.Report.ClaimedBy;
            act.Report.Assign(assignee, act.Officer, act.Now);
            act.Unit.Audit(officer, AuditActs.Assigned, report, assignee.ToString());
            act.Unit.Tell([assignee], officer, NoticeKind.Assigned, act.Report);
            if (holder is { } before && before != assignee)
                act.Unit.Tell([before], officer, NoticeKind.ClaimBroken, act.Report);
        });
}
