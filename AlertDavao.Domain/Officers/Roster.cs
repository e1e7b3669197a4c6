namespace AlertDavao.Domain.Officers;

/// <summary>What holds between the duties of officers and stations (domain: "Who").</summary>
public static class Roster
{
    /// <summary>Whether two duties of one officer at one station would be in force at the same moment.</summary>
    public static bool Overlaps(Duty one, string log, DateTimeOffset from, DateTimeOffset? until)
        => one.Log == log && (one.Until is null || one.Until > from) && (until is null || one.From < until);

    /// <summary>Whether the station, or the city desk, still has an admin at that moment when this duty is over.</summary>
    /// <param name="atLog">All duties at that log.</param>
    public static bool KeepsAnAdmin(Duty ending, IEnumerable<Duty> atLog, DateTimeOffset at)
        => ending.Role == DutyRole.Officer || atLog.Any(other => other.Id != ending.Id && other.Log == ending.Log && other.Role >= DutyRole.StationAdmin && other.IsInForce(at));
}
