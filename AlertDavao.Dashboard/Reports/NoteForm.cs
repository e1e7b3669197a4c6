using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Intake;
using AlertDavao.Domain.Reports;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>A note that comes as a form with files, the fields <c>text</c> and <c>media</c>: they go the intake's way.</summary>
internal sealed class NoteForm(AddNote add, EvidenceIntake evidence, IDbContextFactory<AlertDavaoDb> contexts, ScopeDirectory scopes)
{
    /// <param name="version">The report's version that the officer has in view.</param>
    /// <exception cref="IntakeRefused">A file is none that is taken, or there is no room for it.</exception>
    /// <exception cref="CommandRefused">The words are no text.</exception>
    /// <exception cref="WriterBusy">Nothing was changed, and no file is kept.</exception>
    /// <exception cref="WriteFailed">Nothing was changed, and no file is kept.</exception>
    public async Task<CommandOutcome> Run(Guid officer, Guid report, int version, HttpRequest form, CancellationToken stop)
    {
        // Before a hundred megabytes are read for somebody who does not see the report.
        if (!IsSeen(officer, report))
            return CommandOutcome.NoSuchReport;
        form.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = MultipartBody.MaxBytes;
        using var files = evidence.Begin();
        var fields = await MultipartBody.Read(form, files, name => name == CommandFields.Text, stop);
        if (!PlainText.TryNormalise(fields.GetValueOrDefault(CommandFields.Text).Text ?? "", out var text))
            throw CommandRefused.Of(CommandFields.Text, ReportTexts.NotAText);
        var outcome = await add.Run(officer, report, version, text, await files.Store(stop));
        if (outcome.Result == CommandResult.Done)
            files.Keep();
        return outcome;
    }

    private bool IsSeen(Guid officer, Guid report)
    {
        using var db = contexts.CreateDbContext();
        return db.Reports.Where(r => r.Id == report).Select(r => r.Log).FirstOrDefault() is { } log && scopes.Of(officer).Sees(log);
    }
}
