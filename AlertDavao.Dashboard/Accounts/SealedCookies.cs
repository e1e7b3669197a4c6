using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>Small sealed values that a browser holds for the sign-in, beside the session's own cookie and as well guarded.</summary>
internal sealed class SealedCookies(IDataProtectionProvider protection, IHostEnvironment environment, TimeProvider time)
{
    private readonly IDataProtector _protector = protection.CreateProtector("AlertDavao.Cookies.v1");

    public void Write(HttpContext http, SealedCookie cookie, string value)
    {
        var until = (time.GetUtcNow() + cookie.Life).ToUnixTimeMilliseconds();
        var text = Of(cookie).Protect($"{until.ToString(CultureInfo.InvariantCulture)} {value}");
        http.Response.Cookies.Append(Name(cookie), text, Options(cookie.Life));
    }

    /// <returns>Null when there is none, or it is not ours, or its time is over.</returns>
    public string? Read(HttpContext http, SealedCookie cookie)
    {
        if (http.Request.Cookies[Name(cookie)] is not { Length: > 0 } text)
            return null;

        try
        {
            var (until, value) = Of(cookie).Unprotect(text).Split(' ', 2) is [var first, var rest] ? (first, rest) : ("0", "");
            return long.Parse(until, CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeMilliseconds() ? value : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Remove(HttpContext http, SealedCookie cookie) => http.Response.Cookies.Delete(Name(cookie), Options(null));

    private IDataProtector Of(SealedCookie cookie) => _protector.CreateProtector(cookie.Name);

    private string Name(SealedCookie cookie) => environment.IsDevelopment() ? cookie.Name : $"__Host-{cookie.Name}";

    private CookieOptions Options(TimeSpan? life) => new()
    {
        HttpOnly = true,
        Secure = !environment.IsDevelopment(),
        // Nothing but our own forms is ever sent with one of these.
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = life,
        IsEssential = true,
    };
}

/// <param name="Life">How long its value is taken, whatever the browser keeps.</param>
internal sealed record SealedCookie(string Name, TimeSpan Life)
{
    /// <summary>The key of a browser that somebody signed in with before.</summary>
    public static readonly SealedCookie Browser = new("alertdavao-browser", TimeSpan.FromDays(180));

    /// <summary>Whose password was right a moment ago.</summary>
    public static readonly SealedCookie Step = new("alertdavao-step", TimeSpan.FromMinutes(5));

    /// <summary>What a passkey was asked.</summary>
    public static readonly SealedCookie Passkey = new("alertdavao-passkey", TimeSpan.FromMinutes(5));
}
