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
        if (await Verify(http, credential) is not { } given)
            return false;

        try
        {
            await open.Run(http, given.Account, AuditActs.SignedInWithPasskey, given.Count);
            return true;
        }
        catch (PasskeyGone)
        {
            return false;
        }
    }

    /// <summary>Whose passkey answered the question that this browser was asked.</summary>
    /// <returns>Null when the answer is none, or its account is locked.</returns>
    public async Task<GivenPasskey?> Verify(HttpContext http, string credential)
    {
        if (questions.Take(http, officer: null) is not { } state)
            return null;
        var given = await passkeys.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = credential, AssertionState = state });
        return given.Succeeded && given.User.LockedAt is null ? new GivenPasskey(given.User, unit => Count(unit, given.User.Id, given.Passkey)) : null;
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
}

/// <param name="Count">Counts the use; in the transaction of what it opens. Throws <see cref="PasskeyGone"/>.</param>
internal sealed record GivenPasskey(Account Account, Action<WriteUnit> Count)
{
    public Guid Officer => Account.Id;
}

internal sealed class PasskeyGone() : Exception("The passkey was removed, or was used elsewhere meanwhile.");
