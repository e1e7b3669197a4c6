namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// The door of the circuits' hub. A browser says where a page comes from; a page of another site would come with the
/// officer's cookie and read the board. So the origin must be there and be ours, for negotiate and for the socket.
/// Who is not signed in was refused before.
/// </summary>
internal static class HubDoor
{
    public const string Path = "/_blazor";
    public const string Disconnect = Path + "/disconnect";

    public static IApplicationBuilder UseHubDoor(this IApplicationBuilder app)
    {
        var allowed = Allowed(app.ApplicationServices);
        return app.UseWhen(http => http.Request.Path.StartsWithSegments(Path), hub => hub.Use((http, next) =>
        {
            if (IsOwn(http.Request, allowed))
                return next(http);
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }));
    }

    /// <summary>Whether pages of that origin are ours.</summary>
    public static bool IsOwn(HttpRequest request, string origin) => IsOwn(request, origin, Allowed(request.HttpContext.RequestServices));

    private static bool IsOwn(HttpRequest request, string[] allowed)
    {
        // The framework's own initialisation scripts are plain files of the site.
        if (request.Headers.Origin is not [{ } origin])
            return HttpMethods.IsGet(request.Method) && request.Path == Path + "/initializers";
        if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none") && !allowed.Contains(origin, StringComparer.OrdinalIgnoreCase))
            return false;

        return IsOwn(request, origin, allowed);
    }

    private static bool IsOwn(HttpRequest request, string origin, string[] allowed)
        => string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || allowed.Contains(origin, StringComparer.OrdinalIgnoreCase);

    private static string[] Allowed(IServiceProvider services)
        => services.GetRequiredService<IConfiguration>().GetSection("Security:AllowedOrigins").Get<string[]>() ?? [];
}
