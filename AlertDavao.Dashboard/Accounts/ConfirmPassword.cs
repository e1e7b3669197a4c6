using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Asks an officer who is signed in for the password again: a session that was left open must be no way to take over the
/// account, nor to guess at its password.
/// </summary>
internal sealed class ConfirmPassword(UserManager<Account> users, IDbContextFactory<AlertDavaoDb> contexts, SignInTries tries)
{
    /// <returns>The account; null when the password is wrong, or was tried too often.</returns>
    public async Task<Account?> Run(HttpContext http, string? password)
    {
        if (AccountClaims.HolderOf(http.User) is not { } holder || password is not { Length: > 0 and <= AccountsFeature.MaxPassword })
            return null;
        if (await tries.Take(http, holder.Officer) is not { } taken || !IsRight(holder.Officer, password))
            return null;

        await tries.Clear(taken);
        // Read only now: the count is in the same row.
        return await users.FindByIdAsync(holder.Officer.ToString());
    }

    private bool IsRight(Guid officer, string password)
    {
        using var db = contexts.CreateDbContext();
        return db.Users.AsNoTracking().SingleOrDefault(account => account.Id == officer) is { LockedAt: null, PasswordHash: { } hash } account
            && users.PasswordHasher.VerifyHashedPassword(account, hash, password) != PasswordVerificationResult.Failed;
    }
}
