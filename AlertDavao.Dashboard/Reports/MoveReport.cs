using AlertDavao.Dashboard.Data;
using AlertDavao.Domain;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Reports;

/// <summary>An officer moves a report along the table of legal moves: on, to one of its ends, or back from one.</summary>
internal sealed class MoveReport(ChangeReport change)
{
    /// <param name="version">The report's version that the officer has in view.</param>
    /// <param name="duplicateOf">Id or tracking code of the report that it is a duplicate of; one the officer sees.</param>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public Task<CommandOutcome> Run(Guid officer, Guid report, int version, ReportStatus to, string? reason, string? duplicateOf)
        => change.Run(officer, report, version, act =>
        {
            var other = to == ReportStatus.Duplicate ? Other(act, duplicateOf) : null;
            act.Report.Move(to, act.Officer, reason, act.Now, other);
            if (!to.IsOpen())
                Transfers.Void(act);
        });

    // What is a duplicate itself tells of nothing new: the report at the end of the chain does.
    private static Guid? Other(Change act, string? duplicateOf)
    {
        if (string.IsNullOrWhiteSpace(duplicateOf))
            throw new DomainRuleViolated("Duplicate.Missing");

        var found = NamedReport.Find(act, duplicateOf) ?? throw new DomainRuleViolated("Duplicate.NoSuchReport");
        if (found.Status == ReportStatus.Duplicate)
            throw new DomainRuleViolated("Duplicate.OfADuplicate");
        return found.Id;
    }
}
