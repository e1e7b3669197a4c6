using System.Net.Mime;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Shell;
using Microsoft.Net.Http.Headers;

namespace AlertDavao.Dashboard.Reports;

internal static class ReportsFeature
{
    private const string EvidenceFile = ShellRoutes.Reports + "/{report:guid}/evidence/{file:guid}";

    /// <summary>Opened by its own address it is a page: it may run nothing, load nothing, and stand in no other page.</summary>
    private const string Sandbox = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    public static void AddReports(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ReadReport>();
        services.AddSingleton<NearbyReports>();
        services.AddSingleton<OpenEvidence>();
        services.AddSingleton<OpenCallBack>();
        services.AddSingleton<ChangeReport>();
        services.AddSingleton<AcknowledgeReport>();
        services.AddSingleton<ClaimReport>();
        services.AddSingleton<ReleaseReport>();
        services.AddSingleton<MoveReport>();
        services.AddSingleton<AssignReport>();
        services.AddSingleton<LinkReport>();
        services.AddSingleton<TriageReport>();
        services.AddSingleton<AddNote>();
        services.AddSingleton<NoteForm>();
        services.AddSingleton<TransferReport>();
        services.AddSingleton<RerouteReports>();
        services.AddSingleton<DecideTransfer>();
        services.AddSingleton<ReadTransfers>();
        services.AddSingleton<SinceLastHere>();
        services.AddSingleton<OfficerNotices>();
        services.AddSingleton<ReadNotice>();
        services.AddSingleton(EscalationOptions.From(configuration));
        services.AddSingleton<HandOver>();
        services.AddHostedService<EscalationClock>();
        services.AddSingleton<HolderWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<HolderWatch>());
    }

    // Originals of images stay sealed: there is no way to them here. A video is its own viewing copy; not every browser plays
    // what every phone records, so it can be saved.
    public static void MapReports(this IEndpointRouteBuilder app)
    {
        app.MapGet(EvidenceFile, (HttpContext http, Guid report, Guid file, OpenEvidence open) => Send(http, report, file, open, toSave: false));
        app.MapGet(EvidenceFile + "/download", (HttpContext http, Guid report, Guid file, OpenEvidence open) => Send(http, report, file, open, toSave: true));
        app.MapGet("/api/since", (HttpContext http, SinceLastHere reader) => SinceLastHere.Answer(http, reader));
        ReportCommands.Map(app);
    }

    private static async Task<IResult> Send(HttpContext http, Guid report, Guid file, OpenEvidence open, bool toSave)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "private, no-store";
        if (AccountClaims.OfficerOf(http.User) is not { } officer
            || await open.Run(officer, report, file, toSave) is not { } opened)
            return Results.NotFound();

        headers.ContentSecurityPolicy = Sandbox;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentDisposition = new ContentDispositionHeaderValue(toSave ? DispositionTypeNames.Attachment : DispositionTypeNames.Inline)
        {
            FileName = opened.Name,
        }.ToString();
        // The tag lets a player go on with the same file; what lies under an id never changes.
        return Results.File(opened.Path, opened.Type, entityTag: new EntityTagHeaderValue($"\"{file:N}\""), enableRangeProcessing: true);
    }
}
