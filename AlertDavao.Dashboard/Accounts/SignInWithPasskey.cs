using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Identity;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Signs an officer in with a passkey, which is two factors in one: the device, and that it knows its owner. What strangers
/// tried with the password does not matter to it.
/// </summary>
internal sealed class SignInWithPasskey(IPasskeyHandler<Account> passkeys, PasskeyQuestions questions, OpenSession open)
{
    public async Task<bool> Run(HttpContext http, string credential)
    {
        if (questions.Take(http, officer: null) is not { } state)
            return false;
        var given = await passkeys.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = credential, AssertionState = state });
        if (!given.Succeeded || given.User.LockedAt is not null)
            return false;

        try
        {
            await open.Run(http, given.User, AuditActs.SignedInWithPasskey, unit => Count(unit, given.User.Id, given.Passkey));
            return true;
        }
        catch (PasskeyGone)
        {
            return false;
        }
    }

    // In the same transaction as the session: one that was removed meanwhile opens none, and of two clones one.
    private static void Count(WriteUnit unit, Guid officer, UserPasskeyInfo given)
    {
        var stored = unit.Db.UserPasskeys.SingleOrDefault(passkey => passkey.UserId == officer && passkey.CredentialId == given.CredentialId);
        if (stored is null || (given.SignCount != 0 && stored.Data.SignCount >= given.SignCount))
            throw new PasskeyGone();
        stored.Data.SignCount = given.SignCount;
        stored.Data.IsBackedUp = given.IsBackedUp;
    }

    private sealed class PasskeyGone() : Exception("The passkey was removed, or was used elsewhere meanwhile.");
}
