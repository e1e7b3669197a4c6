using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;

namespace AlertDavao.Dashboard.Intake;

/// <summary>The city desk takes a key back: from the next request on it is none. What came with it stays.</summary>
internal sealed class RevokeIntakeKey(Writer writer, ScopeDirectory scopes, IntakeKeys keys)
{
    /// <returns>False when there is none for the actor, or it is revoked already.</returns>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public async Task<bool> Run(Guid actor, Guid client)
    {
        var isRevoked = await writer.Run(unit =>
        {
            if (!scopes.Of(actor).IsCityDesk || unit.Db.IntakeClients.SingleOrDefault(one => one.Id == client && one.RevokedAt == null) is not { } found)
                return false;
            found.RevokedAt = unit.Now;
            unit.Audit(actor, AuditActs.IntakeKeyRevoked, subject: client.ToString());
            return true;
        });
        if (isRevoked)
            keys.Forget();
        return isRevoked;
    }
}
