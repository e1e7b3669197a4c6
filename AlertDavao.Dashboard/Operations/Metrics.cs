using System.Net;
using AlertDavao.Dashboard.Meters;
using OpenTelemetry.Metrics;

namespace AlertDavao.Dashboard.Operations;

/// <summary>
/// The meters for Prometheus: told to this machine and to who has the token; for everybody else there is nothing. Chosen by
/// what they cost: what a screen draws is measured by none of them.
/// </summary>
internal static class Metrics
{
    public const string Path = "/metrics";

    private static readonly string[] Meters =
        [ProductMeter.Name, "System.Runtime", "Microsoft.AspNetCore.Components.Server.Circuits", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Hosting"];

    // What proxies add, and what the product leaves of it once it has believed one of its own.
    private static readonly string[] Forwarding =
        ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Original-Proto", "X-Real-IP"];

    public static void Add(IServiceCollection services)
        => services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter());

    public static void Map(IEndpointRouteBuilder app)
    {
        var options = app.ServiceProvider.GetRequiredService<MetricsOptions>();
        var inner = app.CreateApplicationBuilder();
        inner.UseOpenTelemetryPrometheusScrapingEndpoint(_ => true);
        var scrape = inner.Build();
        app.MapGet(Path, http =>
        {
            if (IsHere(http) || options.IsToken(http.Request.Headers.Authorization))
                return scrape(http);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }).AllowAnonymous();
    }

    /// <summary>
    /// Whether a program on this machine asks by itself. What came through a proxy is never here, whatever address it says: a
    /// proxy on this machine speaks for the whole world, and who is trusted to forward may be told a loopback address. Nor is
    /// a request for another name, which a proxy that adds no header, or a page in a browser here, would send.
    /// </summary>
    private static bool IsHere(HttpContext http)
        => http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            && !Array.Exists(Forwarding, http.Request.Headers.ContainsKey)
            && (http.Request.Host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(http.Request.Host.Host, out var asked) && IPAddress.IsLoopback(asked)));
}
