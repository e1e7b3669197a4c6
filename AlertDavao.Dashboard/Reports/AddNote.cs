namespace AlertDavao.Dashboard.Reports;

/// <summary>An officer leaves a note on a report, for the station alone.</summary>
internal sealed class AddNote(ChangeReport change)
{
    /// <param name="version">The report's version that the officer has in view.</param>
    /// <exception cref="Data.WriterBusy">Nothing was changed.</exception>
    /// <exception cref="Data.WriteFailed">Nothing was changed.</exception>
    public Task<CommandOutcome> Run(Guid officer, Guid report, int version, string text)
        => change.Run(officer, report, version, act => act.Report.Remark(text, act.Officer, act.Now));
}
