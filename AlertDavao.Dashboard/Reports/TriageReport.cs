using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Reports;

/// <summary>An officer judges a report more or less severe than its types do.</summary>
internal sealed class TriageReport(ChangeReport change, EscalationTimes times)
{
    /// <param name="version">The report's version that the officer has in view.</param>
    /// <exception cref="Data.WriterBusy">Nothing was changed.</exception>
    /// <exception cref="Data.WriteFailed">Nothing was changed.</exception>
    public Task<CommandOutcome> Run(Guid officer, Guid report, int version, Severity severity, string? reason)
        => change.Run(officer, report, version, act => act.Report.Triage(severity, act.Officer, reason, times, act.Now));
}
