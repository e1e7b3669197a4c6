using System.Globalization;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Identity;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// An officer's new password. Whoever signed in with the old one is out with it, on every device; also the one who changed
/// it, who signs in with the new one.
/// </summary>
internal sealed class ChangePassword(ConfirmPassword confirm, UserManager<Account> users, EndSessions end, Writer writer)
{
    /// <returns>Why it was refused, in words; nothing when it is changed.</returns>
    public async Task<IReadOnlyList<string>> Run(HttpContext http, string current, string wanted)
    {
        if (await confirm.Run(http, current) is not { } account)
            return [AccountTexts.PasswordWrong];

        var changed = await users.ChangePasswordAsync(account, current, wanted);
        if (!changed.Succeeded)
            return [.. changed.Errors.Select(InWords)];

        await writer.Run(unit =>
        {
            AccountLinks.Void(unit, account.Id);
            unit.Audit(account.Id, AuditActs.PasswordChanged);
            return true;
        });
        await end.AllOf(account.Id, account.Id, AccountClaims.SessionOf(http.User));
        return [];
    }

    public static string InWords(IdentityError error) => error.Code == nameof(IdentityErrorDescriber.PasswordTooShort)
        ? string.Format(CultureInfo.CurrentCulture, AccountTexts.PasswordTooShort, AccountsFeature.MinPassword)
        : error.Description;
}
