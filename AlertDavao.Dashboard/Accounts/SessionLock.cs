using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// What a locked session may still ask for: the board, which shows what arrives in short, and what says who is there. Every
/// other page leads to the board and remembers where it was; a program is told 423.
/// </summary>
internal static class SessionLock
{
    /// <summary>The query that remembers the page to come back to.</summary>
    public const string Back = "back";

    /// <summary>An endpoint that a locked session may use.</summary>
    public sealed class Stays;

    public static IApplicationBuilder UseSessionLock(this IApplicationBuilder app)
    {
        var sessions = app.ApplicationServices.GetRequiredService<SessionDirectory>();
        return app.Use((http, next) =>
        {
            if (http.GetEndpoint() is not { } endpoint || IsOpen(http.Request.Path, endpoint.Metadata)
                || AccountClaims.SessionOf(http.User) is not { } session || !sessions.IsLocked(session))
                return next(http);

            if (http.Request.Path.StartsWithSegments("/api"))
                http.Response.StatusCode = StatusCodes.Status423Locked;
            else
                http.Response.Redirect(HttpMethods.IsGet(http.Request.Method) ? BoardWith(http.Request.Path + http.Request.QueryString) : ShellRoutes.Board);
            return Task.CompletedTask;
        });
    }

    /// <summary>Where a page leads that shows more than a locked session may; null when it may stay.</summary>
    public static string? WayOut(NavigationManager navigation)
    {
        var page = "/" + navigation.ToBaseRelativePath(navigation.Uri);
        return page.Split('?')[0] == ShellRoutes.Board ? null : BoardWith(page);
    }

    private static bool IsOpen(PathString path, EndpointMetadataCollection endpoint)
        => path == ShellRoutes.Board || path.StartsWithSegments(HubDoor.Path)
            || endpoint.GetMetadata<Stays>() is not null || endpoint.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null;

    private static string BoardWith(string page) => $"{ShellRoutes.Board}?{Back}={Uri.EscapeDataString(page)}";
}
