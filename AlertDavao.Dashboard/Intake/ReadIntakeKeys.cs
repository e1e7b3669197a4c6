using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Intake;

/// <summary>The programs that have or had a key, for the city desk: those in force first, the newest first.</summary>
internal sealed class ReadIntakeKeys(IDbContextFactory<AlertDavaoDb> contexts, ScopeDirectory scopes)
{
    /// <summary>Lines that a page shows at most; older revoked ones are in the audit.</summary>
    private const int Most = 200;

    /// <returns>Null for who is not of the city desk.</returns>
    public IReadOnlyList<IntakeClient>? Run(Guid actor)
    {
        if (!scopes.Of(actor).IsCityDesk)
            return null;
        using var db = contexts.CreateDbContext();
        return db.IntakeClients.AsNoTracking().OrderBy(client => client.RevokedAt != null).ThenByDescending(client => client.CreatedAt).Take(Most).ToList();
    }
}
