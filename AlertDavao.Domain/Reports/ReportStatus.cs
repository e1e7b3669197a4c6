namespace AlertDavao.Domain.Reports;

/// <summary>Where a report stands in the station's work.</summary>
public enum ReportStatus
{
    /// <summary>Nobody has said that the station has seen it.</summary>
    Received = 0,
    Acknowledged = 1,
    Responding = 2,
    Investigating = 3,
    Resolved = 4,
    Invalid = 5,

    /// <summary>Another report tells of the same incident.</summary>
    Duplicate = 6,
}

/// <summary>The one table of legal moves, and the words intake clients know.</summary>
public static class ReportStatusTable
{
    private static readonly Dictionary<ReportStatus, ReportStatus[]> Moves = new()
    {
        [ReportStatus.Received] = [ReportStatus.Acknowledged, ReportStatus.Invalid, ReportStatus.Duplicate],
        [ReportStatus.Acknowledged] = [ReportStatus.Responding, ReportStatus.Invalid, ReportStatus.Duplicate],
        [ReportStatus.Responding] = [ReportStatus.Investigating, ReportStatus.Invalid, ReportStatus.Duplicate],
        [ReportStatus.Investigating] = [ReportStatus.Resolved, ReportStatus.Invalid, ReportStatus.Duplicate],
        [ReportStatus.Resolved] = [ReportStatus.Investigating],
        [ReportStatus.Invalid] = [ReportStatus.Investigating],
        [ReportStatus.Duplicate] = [ReportStatus.Investigating],
    };

    public static bool MayMove(ReportStatus from, ReportStatus to) => Moves[from].Contains(to);

    /// <summary>Where it may go from there, in the order of the work.</summary>
    public static IReadOnlyList<ReportStatus> From(ReportStatus status) => Moves[status];

    public static bool IsOpen(this ReportStatus status) => status <= ReportStatus.Investigating;

    /// <summary>Reopening and the two endings that discard a report need a reason.</summary>
    public static bool NeedsReason(ReportStatus from, ReportStatus to)
        => !from.IsOpen() || to is ReportStatus.Invalid or ReportStatus.Duplicate;

    /// <summary>The mobile app's word: pending, investigating, resolved, invalid.</summary>
    public static string ForIntake(this ReportStatus status) => status switch
    {
        ReportStatus.Received or ReportStatus.Acknowledged => "pending",
        ReportStatus.Responding or ReportStatus.Investigating => "investigating",
        ReportStatus.Resolved => "resolved",
        _ => "invalid",
    };
}
