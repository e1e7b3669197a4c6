namespace AlertDavao.Domain.Reports;

/// <summary>What happened to a report.</summary>
public enum ReportEventKind
{
    Submitted = 0,

    /// <summary>The intake remarks on something odd: a place outside the city, a barangay that contradicts the place.</summary>
    Noted = 1,
    StatusChanged = 2,
    Claimed = 3,
    Released = 4,

    /// <summary>The holder's last screen is gone for long.</summary>
    ClaimLapsed = 5,
    HolderReturned = 6,

    /// <summary>From another officer.</summary>
    TakenOver = 7,
    SeverityChanged = 8,

    /// <summary>A note of an officer.</summary>
    Remarked = 9,

    /// <summary>Nobody acknowledged it in time, and the next level was told.</summary>
    Escalated = 10,
    TransferAsked = 11,
    TransferRefused = 12,

    /// <summary>It went to another log.</summary>
    Transferred = 13,

    /// <summary>An officer said that it and another report belong together.</summary>
    Linked = 14,

    /// <summary>And that they do not.</summary>
    Unlinked = 15,

    /// <summary>A station admin gave it to an officer.</summary>
    Assigned = 16,

    /// <summary>The boundaries changed, and it went to the station whose ground it happened on; the reason is their version.</summary>
    Rerouted = 17,
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

    internal ReportEvent(Guid reportId, int version, int part, DateTimeOffset at, EventFacts facts)
        : this(reportId, version, part, facts.Kind, at)
    {
        (From, To, Reason) = (facts.From, facts.To, facts.Reason);
        (FromSeverity, ToSeverity) = (facts.FromSeverity, facts.ToSeverity);
        (OtherOfficer, OtherReport, Level) = (facts.OtherOfficer, facts.OtherReport, facts.Level);
        (FromLog, ToLog) = (facts.FromLog, facts.ToLog);
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

    /// <summary>Why, in the officer's words; of a note, the note.</summary>
    public string? Reason { get; init; }

    public Severity? FromSeverity { get; init; }

    public Severity? ToSeverity { get; init; }

    /// <summary>Whose claim it was; of an assignment, whose it is now.</summary>
    public Guid? OtherOfficer { get; init; }

    /// <summary>The report it is a duplicate of, or is linked to.</summary>
    public Guid? OtherReport { get; init; }

    /// <summary>Who was told.</summary>
    public EscalationLevel? Level { get; init; }

    /// <summary>The log it stood in, or was asked away from.</summary>
    public string? FromLog { get; init; }

    /// <summary>The log it went to, or was asked to.</summary>
    public string? ToLog { get; init; }
}

/// <summary>What an event says beside who, when and which version.</summary>
internal sealed record EventFacts(ReportEventKind Kind)
{
    public ReportStatus? From { get; init; }
    public ReportStatus? To { get; init; }
    public string? Reason { get; init; }
    public Severity? FromSeverity { get; init; }
    public Severity? ToSeverity { get; init; }
    public Guid? OtherOfficer { get; init; }
    public Guid? OtherReport { get; init; }
    public EscalationLevel? Level { get; init; }
    public string? FromLog { get; init; }
    public string? ToLog { get; init; }
}
