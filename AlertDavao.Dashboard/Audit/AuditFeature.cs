using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Geography;

namespace AlertDavao.Dashboard.Audit;

/// <summary>The whole audit: its page, and what is found there as a file.</summary>
internal static class AuditFeature
{
    public const string Export = ShellRoutes.Audit + "/export.csv";

    public static void AddAudit(this IServiceCollection services)
        => services.AddSingleton<VerifyAudit>().AddSingleton<ReadAudit>().AddSingleton<ReadStationAudit>().AddSingleton<ExportAudit>().AddSingleton(AuditLimits.Default);

    public static void MapAudit(this IEndpointRouteBuilder app) => app.MapGet(Export, GetExport);

    private static async Task<IResult> GetExport(HttpContext http, ExportAudit export, ScopeDirectory scopes, TimeProvider time)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (AccountClaims.OfficerOf(http.User) is not { } officer || !scopes.Of(officer).IsCityDesk)
            return Results.NotFound();

        // All of what is found, from whichever of its pages it was asked for.
        var filter = AuditFilter.Of(http.Request.Query) with { Before = null };
        try
        {
            await export.Audit(officer, filter);
        }
        catch (Exception e) when (e is WriterBusy or WriteFailed)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var day = ManilaTime.Of(time.GetUtcNow());
        return Results.Stream(
            body => export.Write(officer, filter, body, http.RequestAborted),
            "text/csv; charset=utf-8",
            FormattableString.Invariant($"audit-{day:yyyyMMdd-HHmm}.csv"));
    }
}
