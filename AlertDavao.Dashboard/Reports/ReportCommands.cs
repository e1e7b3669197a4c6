using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.Antiforgery;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// What an officer does to a report, over plain HTTP: the way that needs no circuit.
/// <code>
/// POST /api/reports/{id}/acknowledge      cookie of an open session, Origin of the product, antiforgery header
/// If-Match: "3"                           the version that the officer has in view
/// </code>
/// 200 with the new version; 404 for what the officer does not see; 412 tells who changed it meanwhile; 428 without a version.
/// </summary>
internal static class ReportCommands
{
    private const string Acknowledge = "/api/reports/{report:guid}/acknowledge";
    private const int RetryAfterSeconds = 5;

    public static void Map(IEndpointRouteBuilder app)
        => app.MapPost(Acknowledge, (HttpContext http, Guid report, AcknowledgeReport command) => Run(http, (officer, version) => command.Run(officer, report, version)));

    private static async Task<IResult> Run(HttpContext http, Func<Guid, int, Task<CommandOutcome>> command)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (AccountClaims.OfficerOf(http.User) is not { } officer)
            return Results.Unauthorized();
        if (http.Request.Headers.Origin is not [{ } origin] || !HubDoor.IsOwn(http.Request, origin))
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        if (!await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            return Problem(StatusCodes.Status400BadRequest, ReportTexts.TokenMissing);
        if (!TryVersion(http.Request.Headers.IfMatch, out var version))
            return Problem(StatusCodes.Status428PreconditionRequired, ReportTexts.VersionMissing);

        try
        {
            return Answer(await command(officer, version));
        }
        catch (Exception e) when (e is WriterBusy or WriteFailed)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return Problem(StatusCodes.Status503ServiceUnavailable, ReportTexts.NotSaved);
        }
    }

    private static IResult Answer(CommandOutcome outcome) => outcome.Result switch
    {
        CommandResult.Done => Results.Json(new
        {
            success = true,
            data = new { version = outcome.Version, status = outcome.Status.ToString(), who = outcome.By },
        }),
        CommandResult.Stale => Problem(
            StatusCodes.Status412PreconditionFailed,
            string.Format(CultureInfo.CurrentCulture, ReportTexts.ChangedMeanwhile, outcome.By ?? ReportTexts.Somebody, Words.Of(outcome.Status))),
        _ => Problem(StatusCodes.Status404NotFound, ReportTexts.NotOnBoard),
    };

    /// <summary>One version, with the quotes of an entity tag or without.</summary>
    private static bool TryVersion(Microsoft.Extensions.Primitives.StringValues sent, out int version)
    {
        version = 0;
        return sent is [{ Length: > 0 and < 16 } one] && int.TryParse(one.Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out version) && version > 0;
    }

    private static IResult Problem(int status, string words)
        => Results.Problem(statusCode: status, detail: words, extensions: new Dictionary<string, object?> { ["message"] = words });
}
