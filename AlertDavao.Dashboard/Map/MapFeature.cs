using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace AlertDavao.Dashboard.Map;

internal static class MapFeature
{
    public static void AddMap(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(MapOptions.From(configuration));
        services.AddSingleton<CitySheets>();
    }

    // Where the city's borders run is no secret, and a picture that asks who is looking could not be kept.
    public static void MapCityMap(this IEndpointRouteBuilder app)
    {
        app.MapGet(CitySheet.Path, Get).AllowAnonymous();
        app.MapGet(CitySheet.NamesPath, GetNames).AllowAnonymous();
    }

    private static FileContentHttpResult Get(HttpContext http, CitySheets sheets)
    {
        var sheet = sheets.Now;
        Keep(http, sheet.Href);
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        var takesZip = http.Request.GetTypedHeaders().AcceptEncoding.Any(coding => coding.Value == "gzip" && coding.Quality is null or > 0);
        if (takesZip)
            http.Response.Headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(takesZip ? sheet.Zipped : sheet.Svg, "image/svg+xml");
    }

    private static FileContentHttpResult GetNames(HttpContext http, CitySheets sheets)
    {
        var sheet = sheets.Now;
        Keep(http, sheet.NamesHref);
        return TypedResults.Bytes(sheet.Names, "application/json");
    }

    // The address carries the content's hash. Who asks for the sheet of other boundaries gets today's, and asks again the next time.
    private static void Keep(HttpContext http, string href)
        => http.Response.Headers.CacheControl = $"{http.Request.Path}{http.Request.QueryString}".EndsWith(href, StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
}
