using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>The rows behind one-time links. Of a kind the newest alone opens, and none opens a locked account.</summary>
internal static class AccountLinks
{
    public static readonly TimeSpan InvitationLife = TimeSpan.FromHours(72);

    public static readonly TimeSpan ResetLife = TimeSpan.FromMinutes(30);

    /// <returns>The token that goes into the link; here only its hash stays.</returns>
    public static string Add(WriteUnit unit, Guid officer, AccountLinkKind kind)
    {
        Void(unit, officer, kind);
        var token = SessionCookie.NewKey();
        unit.Db.AccountLinks.Add(new AccountLink
        {
            Id = Guid.CreateVersion7(unit.Now),
            OfficerId = officer,
            Kind = kind,
            Hash = SessionDirectory.Hash(token),
            CreatedAt = unit.Now,
            ExpiresAt = unit.Now + (kind == AccountLinkKind.Invitation ? InvitationLife : ResetLife),
        });
        return token;
    }

    /// <summary>Links of before open nothing any more: of one kind, or all of an officer who has a new password.</summary>
    public static void Void(WriteUnit unit, Guid officer, AccountLinkKind? kind = null)
    {
        var now = unit.Now;
        unit.Db.AccountLinks.Where(link => link.OfficerId == officer && link.UsedAt == null && link.ExpiresAt > now)
            .Where(link => kind == null || link.Kind == kind)
            .ExecuteUpdate(set => set.SetProperty(link => link.ExpiresAt, now));
    }

    /// <summary>The link while it opens: not used, in its time, its account not locked.</summary>
    public static IQueryable<AccountLink> Open(AlertDavaoDb db, AccountLinkKind kind, byte[] hash, DateTimeOffset now)
        => db.AccountLinks.Where(link => link.Hash == hash && link.Kind == kind && link.UsedAt == null && link.ExpiresAt > now
            && db.Users.Any(account => account.Id == link.OfficerId && account.LockedAt == null));
}
