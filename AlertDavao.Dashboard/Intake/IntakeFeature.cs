using System.Text.Json;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Reports;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlertDavao.Dashboard.Intake;

internal static partial class IntakeFeature
{
    public const string Reports = "/api/reports";

    public const string IdempotencyKey = "Idempotency-Key";
    public const int MaxIdempotencyKey = 128;
    private const int RetryAfterSeconds = 2;

    public static void AddIntake(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        ViewingCopies.SetLimits();
        services.AddSingleton(EvidenceOptions.From(builder.Configuration));
        services.AddSingleton<EvidenceFiles>();
        services.AddSingleton<EvidenceQuota>();
        services.AddSingleton<ViewingCopies>();
        services.AddSingleton<EvidenceIntake>();
        services.AddSingleton<OrphanSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<OrphanSweep>());
        services.AddHealthChecks().AddCheck<EvidenceCheck>("evidence", tags: [EvidenceCheck.Ready]);
        services.AddSingleton<IntakeKeys>();
        services.AddSingleton<MakeIntakeKey>();
        services.AddSingleton<RevokeIntakeKey>();
        services.AddSingleton<ReadIntakeKeys>();
        services.AddHostedService<KeyUseWatch>();
        services.AddSingleton<ReceiveReport>();
        services.AddSingleton<ReadOwnReport>();
        services.AddSingleton<IntakeLimits>();
        services.AddSingleton<CountIntake>();
        services.AddSingleton<BarangayChoices>();
        services.AddSingleton<ReadFiled>();
    }

    // Clients come with a key of their own and never with a browser's cookie, so there is nothing to forge.
    public static void MapIntake(this IEndpointRouteBuilder app)
    {
        var limits = app.ServiceProvider.GetRequiredService<IntakeLimits>();
        var counts = app.ServiceProvider.GetRequiredService<CountIntake>();
        app.MapPost(Reports, Post).AllowAnonymous().DisableAntiforgery().AddEndpointFilter(counts).AddEndpointFilter(limits).DescribeSending();
        app.MapGet(Reports + "/{report}", Status).AllowAnonymous().AddEndpointFilter(limits).DescribeStatus();
        // Said to everyone: a client that used the wrong method is not told that its key is.
        app.Map(Reports, WrongMethod).AllowAnonymous().DisableAntiforgery();
        app.MapPost(ShellRoutes.Keys + "/{client:guid}/revoke", Revoke);
    }

    public static string RevokeOf(Guid client) => $"{ShellRoutes.Keys}/{client}/revoke";

    private static async Task<IResult> Revoke(HttpContext http, Guid client, IAntiforgery antiforgery, RevokeIntakeKey revoke)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest();
        return AccountClaims.OfficerOf(http.User) is { } actor && await revoke.Run(actor, client)
            ? Results.LocalRedirect(ShellRoutes.Keys)
            : Results.NotFound();
    }

    private static IResult WrongMethod(HttpContext http)
    {
        http.Response.Headers.Allow = HttpMethods.Post;
        return IntakeProblem.Of(StatusCodes.Status405MethodNotAllowed, IntakeTexts.WrongMethod);
    }

    private static async Task<IResult> Post(
        HttpContext http, IntakeKeys keys, ReceiveReport receive, EvidenceIntake evidence, TimeProvider time, ILogger<ReceiveReport> log)
    {
        try
        {
            if (keys.Find(http.Request.Headers.Authorization) is not { } client)
                return Unauthorized(http);
            if (!TryKey(http, out var key))
                return IntakeProblem.Of(StatusCodes.Status400BadRequest, IntakeTexts.IdempotencyKeyInvalid);

            using var files = evidence.Begin(client);
            var form = new ReportForm(await Fields(http, files));
            if (form.Read(client.IsDemo ? ReportSource.Demo : ReportSource.App, time.GetUtcNow()) is not var (submission, reporter))
                return IntakeProblem.Of(StatusCodes.Status422UnprocessableEntity, IntakeTexts.FieldsInvalid, form.Errors);

            var incoming = new Incoming(submission, reporter, form.Original(), form.Fingerprint(files.Hashes))
            {
                Evidence = await files.Store(http.RequestAborted),
            };
            var outcome = await receive.Run(new ClientSender(client, key), incoming);
            if (outcome.Kind == OutcomeKind.Stored)
                files.Keep();
            return Answer(http, outcome);
        }
        catch (IntakeRefused refused)
        {
            return refused.Answer();
        }
        catch (JsonException)
        {
            return IntakeProblem.Of(StatusCodes.Status400BadRequest, IntakeTexts.Malformed);
        }
        catch (BadHttpRequestException e)
        {
            return IntakeProblem.Of(e);
        }
        catch (WriterBusy)
        {
            return IntakeProblem.Busy(RetryAfterSeconds);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The type alone: a message may quote what a citizen wrote.
            NotStored(log, e.GetType().Name, e.InnerException?.GetType().Name);
            return IntakeProblem.Of(StatusCodes.Status503ServiceUnavailable, IntakeTexts.Failed, retryAfter: RetryAfterSeconds);
        }
    }

    /// <summary>The fields of whatever carries them; files go on to the store.</summary>
    private static async Task<Dictionary<string, Field>> Fields(HttpContext http, IncomingFiles files)
    {
        var limit = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (MultipartBody.IsOne(http.Request))
        {
            limit?.MaxRequestBodySize = MultipartBody.MaxBytes;
            return await MultipartBody.Read(http.Request, files, ReportForm.Knows, http.RequestAborted);
        }

        if (!http.Request.HasJsonContentType())
            throw new IntakeRefused(StatusCodes.Status415UnsupportedMediaType, IntakeTexts.WrongMediaType);
        limit?.MaxRequestBodySize = JsonBody.MaxBytes;
        return await JsonBody.Read(http.Request.Body, http.RequestAborted)
            ?? throw new IntakeRefused(StatusCodes.Status400BadRequest, IntakeTexts.NotAnObject);
    }

    private static async Task<IResult> Status(string report, HttpContext http, IntakeKeys keys, ReadOwnReport read)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (keys.Find(http.Request.Headers.Authorization) is not { } client)
            return Unauthorized(http);

        return await read.Run(client, report) is { } answer
            ? Results.Bytes(answer, "application/json; charset=utf-8")
            : IntakeProblem.Of(StatusCodes.Status404NotFound, IntakeTexts.NoSuchReport);
    }

    private static IResult Answer(HttpContext http, Outcome outcome)
    {
        switch (outcome.Kind)
        {
            case OutcomeKind.KeyReused:
                return IntakeProblem.Of(StatusCodes.Status409Conflict, IntakeTexts.KeyReused);
            case OutcomeKind.KeyRevoked:
                return Unauthorized(http);
        }

        http.Response.Headers.Location = $"{Reports}/{outcome.ReportId}";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.StatusCode = outcome.Kind == OutcomeKind.Stored ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return Results.Bytes(outcome.Answer, "application/json; charset=utf-8");
    }

    private static IResult Unauthorized(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return IntakeProblem.Of(StatusCodes.Status401Unauthorized,
            http.Request.Headers.Authorization.Count == 0 ? IntakeTexts.KeyMissing : IntakeTexts.KeyUnknown);
    }

    private static bool TryKey(HttpContext http, out string? key)
    {
        key = null;
        if (!http.Request.Headers.TryGetValue(IdempotencyKey, out var sent))
            return true;

        key = sent.ToString();
        return sent.Count == 1 && key.Length is > 0 and <= MaxIdempotencyKey && key.All(letter => letter is >= ' ' and <= '~');
    }

    [LoggerMessage(LogLevel.Error, "A report could not be stored: {Failure} {Cause}.")]
    private static partial void NotStored(ILogger logger, string failure, string? cause);
}
