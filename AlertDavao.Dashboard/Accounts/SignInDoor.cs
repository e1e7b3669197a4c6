using System.Globalization;
using AlertDavao.Dashboard.Limits;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// The door of the sign-in form, and of those for who cannot sign in. Past the limit of an address the same page is answered with 429 and plain words, and what
/// was sent is neither read nor compared: whether the account exists or the password is right stays untold.
/// </summary>
internal static class SignInDoor
{
    private static readonly string[] _doors = [AccountRoutes.SignIn, AccountRoutes.Forgot, AccountRoutes.Invitation, AccountRoutes.Reset];

    public static IApplicationBuilder UseSignInDoor(this IApplicationBuilder app)
    {
        var limit = app.ApplicationServices.GetRequiredService<SignInLimit>();
        return app.UseWhen(IsSignIn, form => form.Use((http, next) =>
        {
            if (limit.Addresses.Refuses(http.Connection.RemoteIpAddress) is { } wait)
                ShowPageInstead(http, wait);
            return next(http);
        }));
    }

    /// <summary>Whether this request was turned away at the door.</summary>
    public static bool Refused(HttpContext http) => http.Features.Get<TurnedAway>() is not null;

    private static bool IsSignIn(HttpContext http)
        => HttpMethods.IsPost(http.Request.Method) && _doors.Any(door => http.Request.Path.StartsWithSegments(door));

    private static void ShowPageInstead(HttpContext http, TimeSpan wait)
    {
        http.Request.Method = HttpMethods.Get;
        // What is no page has none to show.
        if (http.Request.Path.StartsWithSegments(AccountRoutes.PasskeySignIn))
            http.Request.Path = AccountRoutes.SignIn;
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        http.Features.Set(new TurnedAway());
    }

    private sealed class TurnedAway;
}

/// <summary>How often one address may send the form.</summary>
internal sealed class SignInLimit(LimitOptions options) : IDisposable
{
    public AddressLimiter Addresses { get; } = new(options.SignInsPerAddress);

    public void Dispose() => Addresses.Dispose();
}
