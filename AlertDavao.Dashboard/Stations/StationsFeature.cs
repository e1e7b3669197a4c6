using System.Globalization;
using System.Text.Json;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Limits;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Stations;

/// <summary>Public facts: which stations there are, and whose area a point lies in.</summary>
internal static class StationsFeature
{
    public const string Stations = "/api/stations";
    public const string ByCoordinates = "/api/barangays/by-coordinates";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void AddStations(this IServiceCollection services) => services.AddSingleton<StationLimits>();

    public static void MapStations(this IEndpointRouteBuilder app)
    {
        var facts = app.MapGroup("").AllowAnonymous().AddEndpointFilter(app.ServiceProvider.GetRequiredService<StationLimits>())
            .WithGroupName(ApiDocument.Name).WithTags(StationTexts.Facts).ProducesProblem(StatusCodes.Status429TooManyRequests);
        facts.MapGet(Stations, All).WithSummary(StationTexts.All).WithDescription(StationTexts.AllHow)
            .Produces<PublicAnswer<IReadOnlyList<PublicStation>>>();
        facts.MapGet(ByCoordinates, Find).WithSummary(StationTexts.Find).WithDescription(StationTexts.FindHow)
            .Produces<PublicAnswer<PublicBarangay?>>().ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult All(HttpContext http, CityBook city) => Answer<IReadOnlyList<PublicStation>>(http,
        [.. city.Logs.Where(city.Stations.ContainsKey).Select(code => PublicStation.Of(city.Stations[code]))]);

    // Taken as texts: a bad number is named like any other bad field of the API.
    private static IResult Find(HttpContext http, CityBook city, string? lat = null, string? lon = null)
    {
        var errors = new Dictionary<string, List<string>>();
        var point = new GeoPoint(Number(nameof(lat), lat, errors), Number(nameof(lon), lon, errors));
        if (errors.Count > 0)
        {
            return Results.Problem(statusCode: StatusCodes.Status422UnprocessableEntity, detail: StationTexts.BadPoint,
                extensions: new Dictionary<string, object?> { ["message"] = StationTexts.BadPoint, ["errors"] = errors });
        }

        var found = city.Router.Route([], point.Latitude, point.Longitude).Barangay;
        return Answer(http, found is null ? null : PublicBarangay.Of(found, city.Stations[found.StationCode]));
    }

    private static double Number(string name, string? text, Dictionary<string, List<string>> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
            errors[name] = [StationTexts.NumberMissing];
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return number;
        else
            errors[name] = [StationTexts.NumberInvalid];
        return double.NaN;
    }

    // Boundaries and stations change a few times a year; a minute is short and still takes the load of a busy app.
    private static IResult Answer<T>(HttpContext http, T data)
    {
        http.Response.Headers.CacheControl = "public, max-age=60";
        return Results.Json(new PublicAnswer<T>(true, data), Json);
    }
}

/// <summary>How often one address may ask for them; not taken from what it may send to the intake.</summary>
internal sealed class StationLimits(LimitOptions options) : IEndpointFilter, IDisposable
{
    private readonly AddressLimiter _addresses = new(options.IntakePerAddress);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (_addresses.Refuses(http.Connection.RemoteIpAddress) is not { } wait)
            return await next(context);

        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Results.Problem(statusCode: StatusCodes.Status429TooManyRequests, detail: StationTexts.TooMany,
            extensions: new Dictionary<string, object?> { ["message"] = StationTexts.TooMany });
    }

    public void Dispose() => _addresses.Dispose();
}
