using System.Security.Claims;
using System.Security.Cryptography;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>The cookie carries a key to a session and nothing else: who it is, and whether it still is, stands in the database.</summary>
internal static class SessionCookie
{
    public const string Scheme = "Identity.Application";

    private const string Key = "key";
    private const int KeyBytes = 32;

    public static string NewKey() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(KeyBytes));

    public static Task Write(HttpContext http, string key)
        => http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity([new Claim(Key, key)], Scheme)));

    public static Task Remove(HttpContext http) => http.SignOutAsync(Scheme);

    /// <summary>On every request: the key becomes its officer, or the cookie goes.</summary>
    public static async Task Validate(CookieValidatePrincipalContext cookie)
    {
        var sessions = cookie.HttpContext.RequestServices.GetRequiredService<SessionDirectory>();
        if (cookie.Principal?.FindFirstValue(Key) is { } key && sessions.Find(key) is { } officer)
        {
            cookie.ReplacePrincipal(officer);
            return;
        }

        cookie.RejectPrincipal();
        await Remove(cookie.HttpContext);
    }
}
