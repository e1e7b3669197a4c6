namespace AlertDavao.Dashboard.Data;

/// <summary>What one officer is told in person, until they say that they have read it.</summary>
internal sealed class Notice
{
    public long Id { get; init; }

    public required Guid OfficerId { get; init; }

    public required NoticeKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it.</summary>
    public required Guid By { get; init; }

    /// <summary>What it is about; the officer may see it no longer.</summary>
    public Guid? ReportId { get; init; }

    /// <summary>That report's tracking code.</summary>
    public string? TrackingCode { get; init; }

    /// <summary>The log it came from, or stands in.</summary>
    public string? Log { get; init; }

    /// <summary>The log it went to, or was asked to.</summary>
    public string? OtherLog { get; init; }

    /// <summary>When they said so, or it was settled.</summary>
    public DateTimeOffset? ReadAt { get; set; }
}

/// <summary>As it is stored.</summary>
internal enum NoticeKind
{
    /// <summary>Somebody took over what the officer held.</summary>
    TakenOver = 0,

    /// <summary>Somebody broke the officer's claim.</summary>
    ClaimBroken = 1,

    /// <summary>Another station asks the officer's to take a report.</summary>
    TransferAsked = 2,
    TransferAccepted = 3,
    TransferRefused = 4,

    /// <summary>The city desk moved a report away from the officer's station.</summary>
    MovedAway = 5,

    /// <summary>A station admin gave the officer a report.</summary>
    Assigned = 6,
}
