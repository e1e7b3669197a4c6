using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using Microsoft.AspNetCore.Identity;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>The city desk makes an account without password or duty, and its officer gets a link to set the password.</summary>
internal sealed class InviteOfficer(
    AdministeredAccounts administered, UserManager<Account> users, Writer writer, LinkAddress address, DeliverLink deliver)
{
    public const int MaxName = 80;

    public const int MaxEmail = 254;

    /// <returns>Null when the actor may not.</returns>
    public async Task<LinkSent?> Run(HttpContext http, string? name, string? email)
    {
        if (AccountClaims.OfficerOf(http.User) is not { } actor || !administered.IsCityDesk(actor))
            return null;
        if (name?.Trim() is not { Length: > 0 and <= MaxName } called || called.Any(char.IsControl))
            return LinkSent.Not(AccountTexts.InviteNameWrong);

        if (email?.Trim() is not { Length: > 0 and <= MaxEmail } written)
            return LinkSent.Not(AccountTexts.InviteEmailWrong);

        var account = New(written);
        foreach (var validator in users.UserValidators)
        {
            if (await validator.ValidateAsync(users, account) is { Succeeded: false })
                return LinkSent.Not(AccountTexts.InviteEmailWrong);
        }

        var token = await writer.Run(unit => Store(unit, actor, account, called));
        if (token is null)
            return LinkSent.Not(AccountTexts.InviteEmailWrong);
        var link = LinkAddress.Link(address.For(http.Request), AccountLinkKind.Invitation, token);
        return deliver.Run(AccountLinkKind.Invitation, account.Email!, called, link) ? LinkSent.Mailed : LinkSent.Shown(link);
    }

    private Account New(string email) => new()
    {
        Id = Guid.CreateVersion7(),
        UserName = email,
        NormalizedUserName = users.NormalizeName(email),
        Email = email,
        NormalizedEmail = users.NormalizeEmail(email),
        SecurityStamp = SessionCookie.NewKey(),
        LockoutEnabled = true,
    };

    // Asked again here: two may invite the same officer at once.
    private static string? Store(WriteUnit unit, Guid actor, Account account, string name)
    {
        if (unit.Db.Users.Any(other => other.NormalizedEmail == account.NormalizedEmail || other.NormalizedUserName == account.NormalizedUserName))
            return null;

        unit.Db.Users.Add(account);
        unit.Db.Officers.Add(new Officer(account.Id, name));
        unit.Audit(actor, AuditActs.Invited, subject: account.Id.ToString());
        return AccountLinks.Add(unit, account.Id, AccountLinkKind.Invitation);
    }
}

/// <summary>How a link went out.</summary>
/// <param name="Fault">Why there is none, in words.</param>
/// <param name="Link">To be handed over in person; null when it was mailed.</param>
internal sealed record LinkSent(string? Fault, string? Link)
{
    public static readonly LinkSent Mailed = new(null, null);

    public bool IsMailed => this == Mailed;

    public static LinkSent Not(string fault) => new(fault, null);

    public static LinkSent Shown(string link) => new(null, link);
}
