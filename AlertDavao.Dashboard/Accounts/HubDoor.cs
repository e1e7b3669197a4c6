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

    /// <summary>An endpoint that a page's script says something to without a form's token: it must come from a page of ours.</summary>
    public sealed class FromOwnPages;

    public static IApplicationBuilder UseHubDoor(this IApplicationBuilder app)
    {
        var allowed = app.ApplicationServices.GetRequiredService<AllowedOrigins>();
        return app.UseWhen(http => http.Request.Path.StartsWithSegments(Path) || http.GetEndpoint()?.Metadata.GetMetadata<FromOwnPages>() is not null, hub => hub.Use((http, next) =>
        {
            if (IsOwn(http.Request, allowed))
                return next(http);
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }));
    }

    /// <summary>
    /// Refuses what a page of another site asks for with the officer's cookie. A program, and a page of our own that only
    /// reads, say no origin: that is none of another's.
    /// </summary>
    public static RouteHandlerBuilder RefuseOtherOrigins(this RouteHandlerBuilder endpoint, IServiceProvider services)
    {
        var allowed = services.GetRequiredService<AllowedOrigins>();
        return endpoint.AddEndpointFilter(async (call, next) => MayRead(call.HttpContext.Request, allowed)
            ? await next(call)
            : Results.Problem(statusCode: StatusCodes.Status403Forbidden));
    }

    /// <summary>Whether pages of that origin are ours.</summary>
    public static bool IsOwn(HttpRequest request, string origin)
        => IsOwn(request, origin, request.HttpContext.RequestServices.GetRequiredService<AllowedOrigins>());

    private static bool MayRead(HttpRequest request, AllowedOrigins allowed) => request.Headers.Origin.Count > 0
        ? IsOwn(request, allowed)
        : request.Headers["Sec-Fetch-Site"] is not [{ } site] || site is "same-origin" or "none";

    private static bool IsOwn(HttpRequest request, AllowedOrigins allowed)
    {
        // The framework's own initialisation scripts are plain files of the site.
        if (request.Headers.Origin is not [{ } origin])
            return HttpMethods.IsGet(request.Method) && request.Path == Path + "/initializers";
        if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none") && !allowed.Includes(origin))
            return false;

        return IsOwn(request, origin, allowed);
    }

    private static bool IsOwn(HttpRequest request, string origin, AllowedOrigins allowed)
        => string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase) || allowed.Includes(origin);
}
