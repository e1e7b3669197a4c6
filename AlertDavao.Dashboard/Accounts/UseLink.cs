using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Sets a password with a link. Of many at once one sets it. Whoever was signed in is out, a lock after wrong passwords is
/// gone, and a second step stays what it was.
/// </summary>
internal sealed class UseLink(
    UserManager<Account> users, IDbContextFactory<AlertDavaoDb> contexts, Writer writer, EndSessions end, TimeProvider time)
{
    private const int MaxToken = 64;

    /// <summary>Whose link it is, by e-mail; null when it opens nothing (any more), and nobody is told why.</summary>
    public string? EmailOf(AccountLinkKind kind, string? token) => Find(kind, token)?.Email;

    /// <returns>Why the password was refused, in words; nothing when it is set; null when the link opens nothing.</returns>
    public async Task<IReadOnlyList<string>?> Run(AccountLinkKind kind, string? token, string? wanted)
    {
        if (Find(kind, token) is not { } account)
            return null;
        if (wanted is not { Length: <= AccountsFeature.MaxPassword } password)
            return [AccountTexts.PasswordTooLong];
        var faults = new List<string>();
        foreach (var validator in users.PasswordValidators)
            faults.AddRange((await validator.ValidateAsync(users, account, password)).Errors.Select(ChangePassword.InWords));
        if (faults.Count > 0)
            return faults;

        // Hashed out here: the one writer has no time for it.
        var hash = users.PasswordHasher.HashPassword(account, password);
        if (!await writer.Run(unit => Take(unit, kind, SessionDirectory.Hash(token!)) && Store(unit, kind, account.Id, hash)))
            return null;
        await end.AllOf(account.Id, account.Id);
        return [];
    }

    private Account? Find(AccountLinkKind kind, string? token)
    {
        if (token is not { Length: > 0 and <= MaxToken })
            return null;
        using var db = contexts.CreateDbContext();
        var open = AccountLinks.Open(db, kind, SessionDirectory.Hash(token), time.GetUtcNow());
        return db.Users.AsNoTracking().SingleOrDefault(account => open.Any(link => link.OfficerId == account.Id));
    }

    private static bool Take(WriteUnit unit, AccountLinkKind kind, byte[] hash)
    {
        DateTimeOffset? now = unit.Now;
        return AccountLinks.Open(unit.Db, kind, hash, unit.Now).ExecuteUpdate(set => set.SetProperty(link => link.UsedAt, now)) == 1;
    }

    private static bool Store(WriteUnit unit, AccountLinkKind kind, Guid officer, string hash)
    {
        var account = unit.Db.Users.Single(one => one.Id == officer);
        account.PasswordHash = hash;
        account.EmailConfirmed = true;
        (account.AccessFailedCount, account.LockoutEnd) = (0, null);
        account.SecurityStamp = SessionCookie.NewKey();
        account.ConcurrencyStamp = Account.NewConcurrencyStamp();
        // Who knew the old password may have made a browser known with it.
        unit.Db.KnownBrowsers.Where(browser => browser.OfficerId == officer).ExecuteDelete();
        AccountLinks.Void(unit, officer);
        unit.Audit(officer, kind == AccountLinkKind.Invitation ? AuditActs.InvitationUsed : AuditActs.ResetDone);
        return true;
    }
}
