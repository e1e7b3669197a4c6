using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Domain.Log;
using Microsoft.AspNetCore.Http.Features;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// The board for what is no page of ours: asked for (the fallback of a page without its socket, a tablet) and as events (a
/// wallboard). Both are the circuits' reader under the circuits' scope.
/// </summary>
internal static class BoardEndpoints
{
    public const string Poll = "/api/board";
    public const string Feed = "/api/feed";

    private const string Sound = "/api/screen/sound/{state}";
    private const string Armed = "armed";
    private const string Off = "off";

    private const string After = "after";
    private const string LastEventId = "Last-Event-ID";
    private const int RetryAfterSeconds = 10;

    public static void MapBoard(this IEndpointRouteBuilder app)
    {
        var program = app.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        program.ApplicationStopping.Register(app.ServiceProvider.GetRequiredService<Feeds>().End);
        app.MapGet(Poll, Answer).RequireAuthorization(DeviceTokens.Policy).WithMetadata(new SessionLock.Stays()).RefuseOtherOrigins(app.ServiceProvider);
        app.MapPost(Sound, Hear).WithMetadata(new SessionLock.Stays(), new HubDoor.FromOwnPages());
        app.MapGet(Feed, Follow).RequireAuthorization(DeviceTokens.Policy).WithMetadata(new SessionLock.Stays()).RefuseOtherOrigins(app.ServiceProvider);
    }

    private static IResult Answer(HttpContext http, BoardFrames frames, ScopeDirectory scopes, Callers callers)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (CallerOf(http) is not var (officer, caller))
            return Results.Unauthorized();
        if (!TryAfter(http.Request.Query[After], out var after))
            return Malformed(After);

        var scope = scopes.Of(officer);
        var frame = frames.Next(scope, caller, after);
        // The last check before anything is told; in memory.
        if (!callers.IsLive(caller))
            return Results.Unauthorized();
        return scopes.IsLive(scope) ? Results.Bytes(frame.Body, "application/json; charset=utf-8") : Answer(http, frames, scopes, callers);
    }

    /// <summary>A page says whether its browser sounds, <c>armed</c> or <c>off</c>: when it opens, and when that changes.</summary>
    private static IResult Hear(HttpContext http, string state, SoundWatch watch)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (AccountClaims.OfficerOf(http.User) is not { } officer || AccountClaims.SessionOf(http.User) is not { } session || state is not (Armed or Off))
            return Results.NotFound();
        watch.Says(officer, session, state == Armed);
        return Results.NoContent();
    }

    private static IResult Follow(HttpContext http, Feeds feeds)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (CallerOf(http) is not var (officer, caller))
            return Results.Unauthorized();
        // A browser that comes back by itself says where it was, and asks for the address it had at first.
        var name = http.Request.Headers[LastEventId] is [{ Length: > 0 }] ? LastEventId : After;
        if (!TryAfter(name == LastEventId ? http.Request.Headers[LastEventId] : http.Request.Query[After], out var after))
            return Malformed(name);
        if (!feeds.TryEnter(officer))
            return TooMany(http);

        http.Response.ContentType = "text/event-stream";
        // What stands in between shall not gather the events.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // It is written where nothing of the request's way here is kept (FeedDoor).
        http.Features.Set(new FeedDoor.Let(officer, caller, after.Length == 0 ? null : after));
        return Results.Empty;
    }

    private static (Guid Officer, Guid Caller)? CallerOf(HttpContext http)
        => AccountClaims.OfficerOf(http.User) is { } officer && AccountClaims.SessionOf(http.User) is { } caller ? (officer, caller) : null;

    private static bool TryAfter(Microsoft.Extensions.Primitives.StringValues sent, out string after)
    {
        after = sent is [{ } one] ? one : "";
        return sent.Count <= 1 && Cursor.TryParse(after, out _);
    }

    private static IResult Malformed(string name) => Results.Problem(
        statusCode: StatusCodes.Status422UnprocessableEntity,
        detail: BoardTexts.CursorInvalid,
        extensions: new Dictionary<string, object?>
        {
            ["message"] = BoardTexts.CursorInvalid,
            ["errors"] = new Dictionary<string, string[]> { [name] = [BoardTexts.CursorIsNone] },
        });

    private static IResult TooMany(HttpContext http)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Results.Problem(
            statusCode: StatusCodes.Status429TooManyRequests,
            detail: BoardTexts.TooManyFeeds,
            extensions: new Dictionary<string, object?> { ["message"] = BoardTexts.TooManyFeeds });
    }
}
