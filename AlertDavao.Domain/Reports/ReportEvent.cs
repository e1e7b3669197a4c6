namespace AlertDavao.Domain.Reports;

/// <summary>What happened to a report.</summary>
public enum ReportEventKind
{
    Submitted = 0,

    /// <summary>The intake remarks on something odd: a place outside the city, a barangay that contradicts the place.</summary>
    Noted = 1,
    StatusChanged = 2,
    Claimed = 3,
}

/// <summary>What the intake noted by itself.</summary>
public enum IntakeNote
{
    NoPlace,
    HalfPlace,
    NotOnEarth,
    OutsideCity,
    BarangayContradictsPlace,

    /// <summary>The desk knew the barangay only; the place is a point inside it.</summary>
    PlaceIsBarangay,

    /// <summary>It happened more than <see cref="Submission.LongAgo"/> before it was reported.</summary>
    HappenedLongAgo,
}

/// <summary>One line of a report's timeline. Append-only: never changed, never removed.</summary>
public sealed class ReportEvent
{
    private ReportEvent() { }

    internal ReportEvent(Guid reportId, int version, int part, ReportEventKind kind, DateTimeOffset at)
    {
        ReportId = reportId;
        Version = version;
        Part = part;
        Kind = kind;
        At = at;
    }

    public Guid ReportId { get; private set; }

    /// <summary>The report's version that this event made; several events of one act share it.</summary>
    public int Version { get; private set; }

    /// <summary>Position within the version, from 0.</summary>
    public int Part { get; private set; }

    public ReportEventKind Kind { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>The officer who acted; null for the intake itself.</summary>
    public Guid? OfficerId { get; init; }

    public ReportStatus? From { get; init; }

    public ReportStatus? To { get; init; }

    public IntakeNote? Note { get; init; }

    /// <summary>Why, in the officer's words.</summary>
    public string? Reason { get; init; }
}
