using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// The city desk sends an officer another link: the invitation again while there is no password, else one that sets another
/// password. Nobody sends one for the own account, which has its own page for that.
/// </summary>
internal sealed class SendAccountLink(AdministeredAccounts administered, Writer writer, LinkAddress address, DeliverLink deliver)
{
    /// <returns>Null when there is no such account for the actor, or it is locked.</returns>
    public async Task<LinkSent?> Run(HttpContext http, Guid officer)
    {
        if (AccountClaims.OfficerOf(http.User) is not { } actor || actor == officer || !administered.IsCityDesk(actor))
            return null;

        var made = await writer.Run(unit => Store(unit, actor, officer));
        if (made is null)
            return null;
        var link = LinkAddress.Link(address.For(http.Request), made.Kind, made.Token);
        return deliver.Run(made.Kind, made.Email, made.Name, link) ? LinkSent.Mailed : LinkSent.Shown(link);
    }

    private static MadeLink? Store(WriteUnit unit, Guid actor, Guid officer)
    {
        if (unit.Db.Users.SingleOrDefault(account => account.Id == officer && account.LockedAt == null) is not { Email: { } email } account)
            return null;

        var kind = account.PasswordHash is null ? AccountLinkKind.Invitation : AccountLinkKind.Reset;
        var name = unit.Db.Officers.Where(one => one.Id == officer).Select(one => one.Name).SingleOrDefault() ?? "";
        unit.Audit(actor, kind == AccountLinkKind.Invitation ? AuditActs.Invited : AuditActs.ResetSent, subject: officer.ToString());
        return new MadeLink(kind, email, name, AccountLinks.Add(unit, officer, kind));
    }
}

/// <summary>A link that was just stored, and for whom.</summary>
internal sealed record MadeLink(AccountLinkKind Kind, string Email, string Name, string Token);
