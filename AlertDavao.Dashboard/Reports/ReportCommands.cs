using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Intake;
using AlertDavao.Domain.Reports;
using Microsoft.AspNetCore.Antiforgery;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// What an officer does to a report, over plain HTTP: the way that needs no circuit, and the one that every page takes.
/// <code>
/// POST /api/reports/{id}/acknowledge      cookie of an open session, Origin of the product, antiforgery header
/// If-Match: "3"                           the version that the officer has in view
/// {"reason": "..."}                       where the command has something to say; a note with files is a form (text, media)
/// </code>
/// 200 with the new version; 404 for what the officer does not see; 409 for what the rules do not allow now; 412 tells who
/// changed it meanwhile; 422 names the field; 428 without a version.
/// </summary>
internal static class ReportCommands
{
    private const string Report = "/api/reports/{report:guid}/";
    private const string Transfer = "/api/transfers/{transfer:guid}/";
    private const int RetryAfterSeconds = 5;

    private delegate Task<CommandOutcome> Command(Guid officer, int version, CommandBody body);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Report + "acknowledge", (HttpContext http, Guid report, AcknowledgeReport command) =>
            Run(http, (officer, version, _) => command.Run(officer, report, version)));
        app.MapPost(Report + "claim", (HttpContext http, Guid report, ClaimReport command) =>
            Run(http, (officer, version, body) => command.Run(officer, report, version, body.Truth(CommandFields.TakeOver), body.Text(CommandFields.Reason))));
        app.MapPost(Report + "release", (HttpContext http, Guid report, ReleaseReport command) =>
            Run(http, (officer, version, body) => command.Run(officer, report, version, body.Text(CommandFields.Reason))));
        app.MapPost(Report + "status", (HttpContext http, Guid report, MoveReport command) =>
            Run(http, (officer, version, body) => command.Run(
                officer, report, version, body.OneOf<ReportStatus>(CommandFields.To), body.Text(CommandFields.Reason), body.Text(CommandFields.DuplicateOf))));
        app.MapPost(Report + "assign", (HttpContext http, Guid report, AssignReport command) =>
            Run(http, (officer, version, body) => command.Run(officer, report, version, body.Text(CommandFields.To))));
        app.MapPost(Report + "link", (HttpContext http, Guid report, LinkReport command) =>
            Run(http, (officer, version, body) => command.Run(officer, report, version, body.Text(CommandFields.To), links: true)));
        app.MapPost(Report + "unlink", (HttpContext http, Guid report, LinkReport command) =>
            Run(http, (officer, version, body) => command.Run(officer, report, version, body.Text(CommandFields.To), links: false)));
        app.MapPost(Report + "severity", (HttpContext http, Guid report, TriageReport command) =>
            Run(http, (officer, version, body) => command.Run(officer, report, version, body.OneOf<Severity>(CommandFields.To), body.Text(CommandFields.Reason))));
        app.MapPost(Report + "note", (HttpContext http, Guid report, AddNote command, NoteForm form) => MultipartBody.IsOne(http.Request)
            ? Run(http, (officer, version) => form.Run(officer, report, version, http.Request, http.RequestAborted))
            : Run(http, (officer, version, body) => command.Run(officer, report, version, body.Text(CommandFields.Text))));
        app.MapPost(Report + "transfer", (HttpContext http, Guid report, TransferReport command) =>
            Run(http, (officer, version, body) => command.Run(officer, report, version, body.Text(CommandFields.To), body.Text(CommandFields.Reason))));
        app.MapPost(Transfer + "accept", (HttpContext http, Guid transfer, DecideTransfer command) =>
            Run(http, (officer, _, _) => command.Run(officer, transfer, accepts: true, null), hasVersion: false));
        app.MapPost(Transfer + "refuse", (HttpContext http, Guid transfer, DecideTransfer command) =>
            Run(http, (officer, _, body) => command.Run(officer, transfer, accepts: false, body.Text(CommandFields.Reason)), hasVersion: false));
        app.MapPost("/api/notices/{notice}/read", (HttpContext http, string notice, ReadNotice command) =>
            Run(http, (officer, _, _) => Read(command, officer, notice), hasVersion: false));
    }

    private static async Task<CommandOutcome> Read(ReadNotice command, Guid officer, string notice)
    {
        if (!long.TryParse(notice, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return CommandOutcome.NoSuchReport;
        await command.Run(officer, id);
        return new CommandOutcome(CommandResult.Done, 0, default, null);
    }

    private static Task<IResult> Run(HttpContext http, Command command, bool hasVersion = true)
        => Run(http, async (officer, version) => await command(officer, version, await CommandBody.ReadAsync(http.Request, http.RequestAborted)), hasVersion);

    /// <param name="hasVersion">Whether it is about a version of a report; a transfer is decided once, whatever became of its report.</param>
    private static async Task<IResult> Run(HttpContext http, Func<Guid, int, Task<CommandOutcome>> act, bool hasVersion = true)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (AccountClaims.OfficerOf(http.User) is not { } officer)
            return Results.Unauthorized();
        if (http.Request.Headers.Origin is not [{ } origin] || !HubDoor.IsOwn(http.Request, origin))
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        if (!await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            return CommandAnswer.Problem(StatusCodes.Status400BadRequest, ReportTexts.TokenMissing);
        if (!TryVersion(http.Request.Headers.IfMatch, out var version) && hasVersion)
            return CommandAnswer.Problem(StatusCodes.Status428PreconditionRequired, ReportTexts.VersionMissing);

        try
        {
            return CommandAnswer.Of(await act(officer, version));
        }
        catch (CommandRefused refused)
        {
            return CommandAnswer.Of(refused);
        }
        catch (IntakeRefused refused)
        {
            return refused.Answer();
        }
        catch (BadHttpRequestException e)
        {
            return CommandAnswer.Problem(e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? ReportTexts.BodyTooLarge : ReportTexts.BodyMalformed);
        }
        catch (Exception e) when (e is WriterBusy or WriteFailed)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return CommandAnswer.Problem(StatusCodes.Status503ServiceUnavailable, ReportTexts.NotSaved);
        }
    }

    /// <summary>One version, with the quotes of an entity tag or without.</summary>
    private static bool TryVersion(Microsoft.Extensions.Primitives.StringValues sent, out int version)
    {
        version = 0;
        return sent is [{ Length: > 0 and < 16 } one] && int.TryParse(one.Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out version) && version > 0;
    }
}
