namespace AlertDavao.Dashboard.Data;

/// <summary>
/// When a report was first on the screens of a log, and first seen there by an officer. Beside the report, not of it: neither
/// moves its version, and nobody is told.
/// </summary>
internal sealed class ReportSight
{
    public required Guid ReportId { get; init; }

    public required string Log { get; init; }

    /// <summary>When a screen of the log first had it in its page; null while none said so. Not before its entry's commit.</summary>
    public DateTimeOffset? FirstPaintedAt { get; init; }

    /// <summary>When it was first in view in a visible, focused tab with input since. Not before its entry's commit.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }

    /// <summary>Whose tab that was.</summary>
    public Guid? FirstSeenBy { get; init; }
}
