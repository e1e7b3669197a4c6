using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>Takes a device's token back: stored first, then dead in memory, then its feeds are told to end.</summary>
internal sealed class RevokeDevice(Writer writer, DeviceDirectory devices, LiveSessions live)
{
    /// <returns>False when it is none of the officer's, or is revoked already.</returns>
    public async Task<bool> Run(Guid officer, Guid token)
    {
        var isRevoked = await writer.Run(unit =>
        {
            if (unit.Db.DeviceTokens.SingleOrDefault(t => t.Id == token && t.OfficerId == officer && t.RevokedAt == null) is not { } found)
                return false;
            found.RevokedAt = unit.Now;
            unit.Audit(officer, AuditActs.DeviceRevoked, subject: token.ToString());
            return true;
        });
        if (isRevoked)
        {
            devices.Forget(token);
            live.End(token);
        }

        return isRevoked;
    }
}
