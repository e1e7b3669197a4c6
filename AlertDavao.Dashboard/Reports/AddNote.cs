using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Reports;

/// <summary>An officer leaves a note on a report, for the station alone: words, files, or both.</summary>
internal sealed class AddNote(ChangeReport change)
{
    /// <param name="version">The report's version that the officer has in view.</param>
    /// <param name="files">In order; whole in the store.</param>
    /// <exception cref="Data.WriterBusy">Nothing was changed.</exception>
    /// <exception cref="Data.WriteFailed">Nothing was changed.</exception>
    public Task<CommandOutcome> Run(Guid officer, Guid report, int version, string? text, params IReadOnlyList<Evidence> files)
        => change.Run(officer, report, version, act => act.Report.Remark(text, act.Officer, act.Now, files));
}
