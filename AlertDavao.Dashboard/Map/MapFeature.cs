using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace AlertDavao.Dashboard.Map;

internal static class MapFeature
{
    public static void AddMap(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(MapOptions.From(configuration));
        services.AddSingleton<CitySheet>();
    }

    // Where the city's borders run is no secret, and a picture that asks who is looking could not be kept.
    public static void MapCityMap(this IEndpointRouteBuilder app)
    {
        app.MapGet(CitySheet.Path, Get).AllowAnonymous();
        app.MapGet(CitySheet.NamesPath, GetNames).AllowAnonymous();
    }

    private static FileContentHttpResult Get(HttpContext http, CitySheet sheet)
    {
        KeepForEver(http);
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        var takesZip = http.Request.GetTypedHeaders().AcceptEncoding.Any(coding => coding.Value == "gzip" && coding.Quality is null or > 0);
        if (takesZip)
            http.Response.Headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(takesZip ? sheet.Zipped : sheet.Svg, "image/svg+xml");
    }

    private static FileContentHttpResult GetNames(HttpContext http, CitySheet sheet)
    {
        KeepForEver(http);
        return TypedResults.Bytes(sheet.Names, "application/json");
    }

    // The address carries the content's hash.
    private static void KeepForEver(HttpContext http) => http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
}
