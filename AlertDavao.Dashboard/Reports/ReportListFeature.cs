using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Log;
using Microsoft.AspNetCore.Antiforgery;

namespace AlertDavao.Dashboard.Reports;

/// <summary>The list of all reports: its page, what came since it was drawn, and the same list as a file.</summary>
internal static class ReportListFeature
{
    public const string News = ShellRoutes.Reports + "/news";
    public const string Export = ShellRoutes.Reports + "/export.csv";

    private const string Drop = ShellRoutes.Reports + "/views/{view:guid}/remove";

    /// <summary>The field of <see cref="News"/> that says when the page was drawn.</summary>
    public const string Since = "since";

    public static void AddReportList(this IServiceCollection services)
    {
        services.AddSingleton(ListLimits.Default);
        services.AddSingleton<SearchReports>();
        services.AddSingleton<ExportReports>();
        services.AddSingleton<ReadViews>();
        services.AddSingleton<SaveView>();
        services.AddSingleton<DropView>();
    }

    public static void MapReportList(this IEndpointRouteBuilder app)
    {
        app.MapGet(News, GetNews);
        app.MapGet(Export, GetExport);
        app.MapPost(Drop, PostDrop);
    }

    /// <summary>Where the form goes that removes a view.</summary>
    public static string DropAddress(Guid view) => $"{ShellRoutes.Reports}/views/{view}/remove";

    private static async Task<IResult> PostDrop(HttpContext http, Guid view, IAntiforgery antiforgery, DropView drop)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest();
        try
        {
            return AccountClaims.OfficerOf(http.User) is { } officer && await drop.Run(officer, view)
                ? Results.LocalRedirect(ShellRoutes.Reports)
                : Results.NotFound();
        }
        catch (Exception e) when (e is WriterBusy or WriteFailed)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult GetNews(HttpContext http, SearchReports search, ScopeDirectory scopes, CityBook city)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (AccountClaims.OfficerOf(http.User) is not { } officer)
            return Results.NotFound();
        if (!Cursor.TryParse(http.Request.Query[Since], out var drawn))
            return Results.BadRequest();

        var scope = scopes.Of(officer);
        try
        {
            var news = search.News(ReportFilterForm.Read(http.Request.Query, scope, city).Filter, drawn, scope);
            return Results.Ok(new { inside = news.Inside, outside = news.Outside });
        }
        catch (ReadingTookTooLong)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<IResult> GetExport(
        HttpContext http, ExportReports export, ScopeDirectory scopes, CityBook city, TimeProvider time)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (AccountClaims.OfficerOf(http.User) is not { } officer || scopes.Of(officer) is not { IsEmpty: false } scope)
            return Results.NotFound();

        var filter = ReportFilterForm.Read(http.Request.Query, scope, city).Filter;
        try
        {
            await export.Audit(officer, filter);
        }
        catch (Exception e) when (e is WriterBusy or WriteFailed)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var day = Domain.Geography.ManilaTime.Of(time.GetUtcNow());
        return Results.Stream(
            body => export.Write(officer, filter, body, http.RequestAborted),
            "text/csv; charset=utf-8",
            FormattableString.Invariant($"reports-{day:yyyyMMdd-HHmm}.csv"));
    }
}
