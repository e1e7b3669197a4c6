using System.Security.Claims;

namespace AlertDavao.Dashboard.Accounts;

internal static class AccountClaims
{
    /// <summary>The name other officers read, e.g. "R. Santos".</summary>
    public const string Name = "name";

    /// <summary>The session that the caller came with.</summary>
    public const string Session = "sid";

    private const string SetsUp = "sets-up";
    private const string SetUpSession = "sets-up-sid";

    /// <summary>The officer as the pages know it. What an officer may see is never among the claims.</summary>
    public static ClaimsPrincipal Of(Account account, Guid session, string? name) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, account.Id.ToString()),
            new(ClaimTypes.Name, account.UserName ?? ""),
            new(ClaimTypes.Email, account.Email ?? ""),
            new(Name, name ?? account.UserName ?? ""),
            new(Session, session.ToString()),
        ],
        "session"));

    /// <summary>
    /// An officer who must set up a second step first: for everything but that nobody is signed in, so that what was never
    /// thought of is refused too.
    /// </summary>
    public static ClaimsPrincipal SettingUp(Guid officer, Guid session)
        => new(new ClaimsIdentity([new(SetsUp, officer.ToString()), new(SetUpSession, session.ToString())]));

    /// <summary>Whose session it is, also one that may only set up a second step; null for a caller without one.</summary>
    public static Holder? HolderOf(ClaimsPrincipal user)
    {
        if (OfficerOf(user) is { } officer && SessionOf(user) is { } session)
            return new Holder(officer, session, SetsUp: false);
        return Guid.TryParse(user.FindFirstValue(SetsUp), out var settingUp) && Guid.TryParse(user.FindFirstValue(SetUpSession), out var limited)
            ? new Holder(settingUp, limited, SetsUp: true)
            : null;
    }

    /// <summary>Null for a caller without a session.</summary>
    public static Guid? SessionOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Session), out var id) ? id : null;

    public static string NameOf(ClaimsPrincipal user) =>
        user.FindFirstValue(Name) ?? user.Identity?.Name ?? "";

    /// <summary>The officer's id, which is the account's; null for a caller who is not signed in.</summary>
    public static Guid? OfficerOf(ClaimsPrincipal user)
        => user.Identity?.IsAuthenticated == true && Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    public static string EmailOf(ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimTypes.Email) ?? user.Identity?.Name ?? "";

    /// <summary>First letters of the first and the last word, e.g. "RS".</summary>
    public static string InitialsOf(ClaimsPrincipal user) => InitialsOf(NameOf(user));

    /// <inheritdoc cref="InitialsOf(ClaimsPrincipal)"/>
    public static string InitialsOf(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [] => "",
            [var only] => $"{char.ToUpperInvariant(only[0])}",
            [var first, .., var last] => $"{char.ToUpperInvariant(first[0])}{char.ToUpperInvariant(last[0])}",
        };
    }
}

/// <param name="SetsUp">It may do nothing but set up a second step.</param>
internal sealed record Holder(Guid Officer, Guid Session, bool SetsUp);
