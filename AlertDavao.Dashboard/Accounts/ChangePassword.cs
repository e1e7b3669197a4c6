using System.Globalization;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Identity;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// An officer's new password. Whoever signed in with the old one is out with it, on every device; also the one who changed
/// it, who signs in with the new one.
/// </summary>
internal sealed class ChangePassword(UserManager<Account> users, EndSessions end, Writer writer)
{
    /// <param name="asking">The session of the page that asks.</param>
    /// <returns>Why it was refused, in words; nothing when it is changed.</returns>
    public async Task<IReadOnlyList<string>> Run(Guid officer, Guid? asking, string current, string wanted)
    {
        if (await users.FindByIdAsync(officer.ToString()) is not { LockedAt: null } account)
            return [AccountTexts.PasswordWrong];
        // A session that was left open must not be a way to guess at the password.
        if (await users.IsLockedOutAsync(account) || !await users.CheckPasswordAsync(account, current))
        {
            await users.AccessFailedAsync(account);
            return [AccountTexts.PasswordWrong];
        }

        var changed = await users.ChangePasswordAsync(account, current, wanted);
        if (!changed.Succeeded)
            return [.. changed.Errors.Select(InWords)];

        await users.ResetAccessFailedCountAsync(account);
        await writer.Run(unit =>
        {
            unit.Audit(officer, AuditActs.PasswordChanged);
            return true;
        });
        await end.AllOf(officer, officer, asking);
        return [];
    }

    private static string InWords(IdentityError error) => error.Code == nameof(IdentityErrorDescriber.PasswordTooShort)
        ? string.Format(CultureInfo.CurrentCulture, AccountTexts.PasswordTooShort, AccountsFeature.MinPassword)
        : error.Description;
}
