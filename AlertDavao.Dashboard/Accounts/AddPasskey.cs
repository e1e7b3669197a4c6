using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>Adds the passkey that the officer's device has made, for whom the password was right when it was asked.</summary>
internal sealed class AddPasskey(
    IPasskeyHandler<Account> passkeys, UserManager<Account> users, PasskeyQuestions questions, OpenSession open, Writer writer)
{
    /// <summary>Of one account; a device has one, and nobody has more devices.</summary>
    public const int Most = 20;

    /// <returns>False when it was not asked for, or the answer is none.</returns>
    public async Task<bool> Run(HttpContext http, string credential)
    {
        if (AccountClaims.HolderOf(http.User) is not { } holder || questions.Take(http, holder.Officer) is not { } state
            || await users.FindByIdAsync(holder.Officer.ToString()) is not { LockedAt: null } account)
            return false;
        var made = await passkeys.PerformAttestationAsync(new() { HttpContext = http, CredentialJson = credential, AttestationState = state });
        if (!made.Succeeded || made.UserEntity.Id != account.Id.ToString() || (await users.GetPasskeysAsync(account)).Count >= Most)
            return false;

        var passkey = Stored(account.Id, made.Passkey, DeviceLabel.Of(http.Request.Headers.UserAgent));
        void Add(WriteUnit unit)
        {
            unit.Db.UserPasskeys.Add(passkey);
            unit.Audit(account.Id, AuditActs.PasskeyAdded, subject: NameInAudit(passkey.CredentialId));
        }

        // The session that could do nothing else gives way to a full one.
        if (holder.SetsUp)
            await open.Run(http, account, AuditActs.SignedInWithPasskey, Add);
        else
            await writer.Run(unit =>
            {
                Add(unit);
                return true;
            });
        return true;
    }

    /// <summary>Enough of a passkey's id to tell an officer's few apart.</summary>
    public static string NameInAudit(byte[] id) => WebEncoders.Base64UrlEncode(id[..Math.Min(id.Length, 12)]);

    private static IdentityUserPasskey<Guid> Stored(Guid officer, UserPasskeyInfo made, string name) => new()
    {
        UserId = officer,
        CredentialId = made.CredentialId,
        Data = new()
        {
            Name = name,
            PublicKey = made.PublicKey,
            CreatedAt = made.CreatedAt,
            SignCount = made.SignCount,
            Transports = made.Transports,
            IsUserVerified = made.IsUserVerified,
            IsBackupEligible = made.IsBackupEligible,
            IsBackedUp = made.IsBackedUp,
            AttestationObject = made.AttestationObject,
            ClientDataJson = made.ClientDataJson,
        },
    };
}
