namespace AlertDavao.Dashboard.Accounts;

/// <summary>Whether who came with a session or with a device's token may still be told something; in memory, for every delivery.</summary>
internal sealed class Callers(SessionDirectory sessions, DeviceDirectory devices)
{
    /// <param name="caller">A session's id or a token's: no two of them are the same.</param>
    public bool IsLive(Guid caller) => sessions.IsLive(caller) || devices.IsLive(caller);

    /// <summary>Whether nobody sits at the session's screens; a device on a wall is nobody's screen and never locked.</summary>
    public bool IsLocked(Guid caller) => !devices.IsLive(caller) && sessions.IsLocked(caller);

    /// <summary>The caller is still there.</summary>
    public void See(Guid caller) => devices.See(caller);
}
