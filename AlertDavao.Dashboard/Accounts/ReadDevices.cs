using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>The devices that read the board on an officer's behalf now, the newest first.</summary>
internal sealed class ReadDevices(IDbContextFactory<AlertDavaoDb> contexts, TimeProvider time)
{
    public IReadOnlyList<DeviceToken> Run(Guid officer)
    {
        using var db = contexts.CreateDbContext();
        var now = time.GetUtcNow();
        return db.DeviceTokens.AsNoTracking()
            .Where(token => token.OfficerId == officer && token.RevokedAt == null && (token.ExpiresAt == null || token.ExpiresAt > now))
            .OrderByDescending(token => token.CreatedAt)
            .ToList();
    }
}
