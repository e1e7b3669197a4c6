namespace AlertDavao.Domain.Reports;

/// <summary>What became of a transfer that was asked for.</summary>
public enum TransferState
{
    Asked = 0,
    Accepted = 1,
    Refused = 2,

    /// <summary>The report was finished, or went elsewhere, before anybody decided.</summary>
    Void = 3,
}

/// <summary>
/// One station asks another to take a report. Until it is accepted the report stays where it is; from then on this is all that
/// is left of it at the old station: number, tracking code, to whom, when.
/// </summary>
public sealed class Transfer
{
    private Transfer() { }

    public Transfer(Guid id, Guid reportId, string fromLog, string toLog, Guid askedBy, string reason, DateTimeOffset now)
    {
        Id = id;
        ReportId = reportId;
        FromLog = fromLog;
        ToLog = toLog;
        AskedBy = askedBy;
        Reason = reason;
        AskedAt = now.ToUniversalTime();
    }

    public Guid Id { get; private set; }

    public Guid ReportId { get; private set; }

    public string FromLog { get; private set; } = "";

    public string ToLog { get; private set; } = "";

    public Guid AskedBy { get; private set; }

    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>In the officer's words, at most <see cref="Report.MaxReason"/> text elements.</summary>
    public string Reason { get; private set; } = "";

    public TransferState State { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Why it was refused.</summary>
    public string? Answer { get; private set; }

    /// <summary>The number under which it left the old log; null unless it was accepted.</summary>
    public long? LeftAs { get; private set; }

    /// <summary>It is decided, once.</summary>
    /// <exception cref="DomainRuleViolated">It was decided before.</exception>
    public void Decide(TransferState state, Guid officerId, string? answer, DateTimeOffset now, long? leftAs = null)
    {
        if (State != TransferState.Asked)
            throw new DomainRuleViolated("Transfer.Decided");
        (State, DecidedBy, DecidedAt, Answer, LeftAs) = (state, officerId, now.ToUniversalTime(), answer, leftAs);
    }
}
