using System.Text.Json;
using AlertDavao.Dashboard.Map;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// What every answer tells the browser to refuse: scripts that are no files of ours, frames, other sites, guesses at types,
/// and keeping what is personal.
/// </summary>
internal static class SecurityHeaders
{
    public const string Violations = "/csp-violations";

    // Images in stylesheets are data; a picture that is not sent yet and a chosen file are blobs. MudBlazor's layout writes
    // style attributes; no style element but our files' takes effect.
    private static string Policy(MapOptions map) =>
        $"default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:{(map.Origin is null ? "" : $" {map.Origin}")}; media-src 'self' blob:; font-src 'self'; "
        + "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
        + "report-uri " + Violations;

    // A picture alone in its sandbox belongs to no site, and asks for this one without being told to.
    private const string Icon = "/favicon.ico";

    private const string Permissions =
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), usb=()";

    public static void Use(WebApplication app)
    {
        var policy = Policy(app.Services.GetRequiredService<MapOptions>());
        app.Use((http, next) =>
        {
            http.Response.OnStarting(Write, (http, policy));
            return next(http);
        });
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Violations, Receive).AllowAnonymous().DisableAntiforgery();
        app.MapGet(Icon, () => Results.NoContent()).AllowAnonymous();
    }

    private static Task Write(object state)
    {
        var (http, policy) = ((HttpContext, string))state;
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // A policy that hid the origin from ourselves too would take it from our forms; a page with a secret in its address says so itself.
        if (!headers.ContainsKey("Referrer-Policy"))
            headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = http.Request.Path == Icon ? "cross-origin" : "same-origin";
        // Evidence has a stricter one of its own; the API's reader, in Development alone, is another's page with inline scripts.
        if (headers.ContentSecurityPolicy.Count == 0 && !http.Request.Path.StartsWithSegments(ApiDocument.Page))
            headers.ContentSecurityPolicy = policy;
        if (http.User.Identity?.IsAuthenticated == true && headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    // Anybody may send one: it is read for the name of a rule, counted and said in one line, so often a minute.
    private static async Task<IResult> Receive(HttpContext http, PolicyViolations violations)
    {
        if (violations.Addresses.Refuses(http.Connection.RemoteIpAddress) is null)
            violations.Add(await Directive(http));
        return Results.NoContent();
    }

    private static async Task<string?> Directive(HttpContext http)
    {
        var body = new byte[PolicyViolations.MaxBytes];
        var length = await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.RequestAborted);
        try
        {
            using var report = JsonDocument.Parse(body.AsMemory(0, length), new() { MaxDepth = 4 });
            return report.RootElement.GetProperty("csp-report").GetProperty("effective-directive").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
