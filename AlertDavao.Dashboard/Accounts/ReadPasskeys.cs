using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>An officer's passkeys, the oldest first.</summary>
internal sealed class ReadPasskeys(IDbContextFactory<AlertDavaoDb> contexts)
{
    public IReadOnlyList<ListedPasskey> Run(Guid officer)
    {
        using var db = contexts.CreateDbContext();
        return [.. db.UserPasskeys.AsNoTracking().Where(passkey => passkey.UserId == officer).AsEnumerable()
            .Select(passkey => new ListedPasskey(WebEncoders.Base64UrlEncode(passkey.CredentialId), passkey.Data.Name ?? "", passkey.Data.CreatedAt))
            .OrderBy(passkey => passkey.AddedAt)];
    }
}

internal sealed record ListedPasskey(string Id, string Name, DateTimeOffset AddedAt);
