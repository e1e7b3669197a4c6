using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// Where a feed is written: before all that looks at a request, and when all of it has answered. A feed runs for hours, and what
/// its request once went through, and said, would be kept as long, for each of thousands.
/// </summary>
internal static class FeedDoor
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    /// <summary>Stands before what refuses a request; what it lets through to the endpoint is written here.</summary>
    public static void UseFeeds(this WebApplication app)
    {
        var feeds = app.Services.GetRequiredService<Feeds>();
        app.Use(next => http => http.Request.Path.StartsWithSegments(BoardEndpoints.Feed) ? Pass(http, next, feeds) : next(http));
    }

    private static async Task Pass(HttpContext http, RequestDelegate next, Feeds feeds)
    {
        try
        {
            await next(http);
        }
        catch when (http.Features.Get<Let>() is { } let)
        {
            feeds.Leave(let.Officer);
            throw;
        }

        if (http.Features.Get<Let>() is not { } follows)
            return;
        await Forget(http);
        await feeds.Follow(http, follows.Officer, follows.Caller, follows.At);
    }

    // Its headers, the cookie above all, what it asked for, who it said it was and what was made to answer it are asked for no more.
    // Whether the caller is live is asked by their ids.
    private static async ValueTask Forget(HttpContext http)
    {
        if (http.Features.Get<IServiceProvidersFeature>() is IAsyncDisposable services)
            await services.DisposeAsync();
        http.Features.Set<IServiceProvidersFeature>(null);
        http.Features.Set<IAuthenticateResultFeature>(null);
        http.Features.Set<IHttpAuthenticationFeature>(null);
        http.Features.Set<IAuthenticationFeature>(null);
        http.Features.Set<IRequestCookiesFeature>(null);
        http.Features.Set<IQueryFeature>(null);
        http.Features.Set<Let>(null);
        http.User = Nobody;
        // The server keeps what it clears to use it again for the connection's next request, which never comes.
        http.Request.Headers.Cookie = default;
        http.Request.Headers.Clear();
        // The request holds what it once looked up until it looks again.
        _ = http.Request.Cookies;
    }

    /// <summary>A request that may follow, with a place taken for it.</summary>
    /// <param name="Caller">The session, or the device's token.</param>
    /// <param name="At">A cursor; null to begin with the whole board.</param>
    internal sealed record Let(Guid Officer, Guid Caller, string? At);
}
