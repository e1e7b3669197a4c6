namespace AlertDavao.Dashboard.Reports;

/// <summary>An officer says that the station has seen a report. Of two who say so at the same moment one does, and the other is told.</summary>
internal sealed class AcknowledgeReport(ChangeReport change)
{
    /// <param name="version">The report's version that the officer has in view.</param>
    /// <exception cref="Data.WriterBusy">Nothing was changed.</exception>
    /// <exception cref="Data.WriteFailed">Nothing was changed.</exception>
    public Task<CommandOutcome> Run(Guid officer, Guid report, int version)
        => change.Run(officer, report, version, act => act.Report.Acknowledge(act.Officer, act.Now));
}
