using AlertDavao.Domain.Stations;

namespace AlertDavao.Domain.Reports;

/// <summary>
/// One incident as reported. The aggregate enforces the domain's limits and legal moves; every change appends an event and
/// bumps <see cref="Version"/>. Times are UTC.
/// </summary>
public sealed partial class Report
{
    private readonly List<ReportEvent> _events = [];
    private readonly List<Evidence> _evidence = [];

    private Report() { }

    /// <summary>UUIDv7, opaque outside.</summary>
    public Guid Id { get; private set; }

    /// <summary>E.g. <c>DVO-7K3M-92QX</c>; unique.</summary>
    public string TrackingCode { get; private set; } = "";

    public string Title { get; private set; } = "";

    /// <summary>1 to 5 types in the order sent, listed ones in the list's spelling.</summary>
    public IReadOnlyList<string> CrimeTypes { get; private set; } = [];

    public string Description { get; private set; } = "";

    public DateTimeOffset OccurredAt { get; private set; }

    /// <summary>Our own clock when the report came in.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>As sent, degrees; any finite number.</summary>
    public double? Latitude { get; private set; }

    /// <summary>As sent, degrees; any finite number.</summary>
    public double? Longitude { get; private set; }

    public string? Address { get; private set; }

    public string? BarangayHint { get; private set; }

    public bool IsAnonymous { get; private set; }

    /// <summary>Reporter reference, name and phone, sealed; null when none was given. Opened only by the call-back command.</summary>
    public byte[]? SealedReporter { get; private set; }

    public ReportSource Source { get; private set; }

    /// <summary>The intake client that sent it; null for a report filed at the desk.</summary>
    public Guid? IntakeClientId { get; private set; }

    /// <summary>The officer who filed it at the desk; null for a report of an intake client.</summary>
    public Guid? FiledBy { get; private set; }

    /// <summary>How many files came with it.</summary>
    public int EvidenceCount { get; private set; }

    public Severity Severity { get; private set; }

    public ReportStatus Status { get; private set; }

    /// <summary>The log the report stands in: its station's code, or <see cref="LogCode.City"/>.</summary>
    public string Log { get; private set; } = "";

    /// <summary>The number of its arrival in that log.</summary>
    public long LogNumber { get; private set; }

    /// <summary>PSGC of the barangay of the place; null when the place is in none.</summary>
    public string? BarangayPsgc { get; private set; }

    public RouteRule RouteRule { get; private set; }

    public string BoundaryVersion { get; private set; } = "";

    /// <summary>From 1; bumped by every change.</summary>
    public int Version { get; private set; }

    public Guid? AcknowledgedBy { get; private set; }

    public DateTimeOffset? AcknowledgedAt { get; private set; }

    /// <summary>The officer who took it; at most one, and none when it is finished.</summary>
    public Guid? ClaimedBy { get; private set; }

    public DateTimeOffset? ClaimedAt { get; private set; }

    /// <summary>Since when the holder has no screen; null while one is open, or nobody holds it.</summary>
    public DateTimeOffset? HolderOfflineSince { get; private set; }

    /// <summary>The report that tells of the same incident; only while the status is <see cref="ReportStatus.Duplicate"/>.</summary>
    public Guid? DuplicateOf { get; private set; }

    /// <summary>The log that was asked to take it and has not answered; null when none was.</summary>
    public string? TransferAskedTo { get; private set; }

    /// <summary>Since when it waits for an acknowledgement in this log; null before its clock was started.</summary>
    public DateTimeOffset? WaitsSince { get; private set; }

    /// <summary>How far up it was told that nobody acknowledged it.</summary>
    public EscalationLevel Escalated { get; private set; }

    /// <summary>When the next level is told; null when none is.</summary>
    public DateTimeOffset? EscalatesAt { get; private set; }

    public IReadOnlyList<ReportEvent> Events => _events;

    /// <summary>In no particular order; <see cref="Reports.Evidence.Position"/> says it.</summary>
    public IReadOnlyList<Evidence> Evidence => _evidence;

    /// <summary>A submission becomes a report.</summary>
    /// <exception cref="DomainRuleViolated">The submission has faults (<see cref="Submission.Faults"/>).</exception>
    public static Report Submit(Guid id, string trackingCode, Submission submission, Route route, DateTimeOffset now)
    {
        foreach (var fault in submission.Faults(now))
            throw new DomainRuleViolated($"{fault.Field}.{fault.Rule}");

        var report = new Report
        {
            Id = id,
            TrackingCode = trackingCode,
            Title = submission.Title,
            CrimeTypes = [.. submission.CrimeTypes.Select(CrimeType.Canonical).Distinct(StringComparer.OrdinalIgnoreCase)],
            Description = submission.Description,
            OccurredAt = submission.OccurredAt.ToUniversalTime(),
            ReceivedAt = now.ToUniversalTime(),
            Latitude = submission.Latitude,
            Longitude = submission.Longitude,
            Address = submission.Address,
            BarangayHint = submission.BarangayHint,
            IsAnonymous = submission.IsAnonymous,
            Source = submission.Source,
            Severity = SeverityTable.Of(submission.CrimeTypes),
            Log = route.Log,
            BarangayPsgc = route.Barangay?.Psgc,
            RouteRule = route.Rule,
            BoundaryVersion = route.BoundaryVersion,
            Version = 1,
        };
        report.Append(new ReportEvent(id, 1, 0, ReportEventKind.Submitted, report.ReceivedAt) { To = ReportStatus.Received });
        foreach (var note in NotesOn(route, submission, report.ReceivedAt))
            report.Note(note);
        return report;
    }

    /// <summary>Says who sent it: the intake client, and the reporter as sealed bytes. Only before the report is saved.</summary>
    public Report SentBy(Guid intakeClientId, byte[]? sealedReporter)
    {
        IntakeClientId = intakeClientId;
        SealedReporter = sealedReporter;
        return this;
    }

    /// <summary>Says which officer filed it at the desk, and the reporter as sealed bytes. Only before the report is saved.</summary>
    public Report FiledAtDesk(Guid officerId, byte[]? sealedReporter)
    {
        FiledBy = officerId;
        SealedReporter = sealedReporter;
        return this;
    }

    /// <summary>Files that came with the report. Only before it is saved.</summary>
    /// <exception cref="DomainRuleViolated">There are more than <see cref="Reports.Evidence.MaxPerReport"/>.</exception>
    public Report With(IEnumerable<Evidence> evidence)
    {
        _evidence.AddRange(evidence.Select(file => file.Of(Id)));
        if (_evidence.Count > Reports.Evidence.MaxPerReport)
            throw new DomainRuleViolated("Evidence.TooMany");
        EvidenceCount = _evidence.Count;
        return this;
    }

    /// <summary>The log took it in under this number, in the same transaction.</summary>
    public Report Arrived(long number)
    {
        LogNumber = number;
        return this;
    }

    // Parts of one version count on from the submission's own event.
    private void Note(IntakeNote note)
        => Append(new ReportEvent(Id, Version, _events.Count, ReportEventKind.Noted, ReceivedAt) { Note = note });

    private void Append(ReportEvent entry) => _events.Add(entry);

    private static IEnumerable<IntakeNote> NotesOn(Route route, Submission submission, DateTimeOffset received)
    {
        if (NoteOn(route, submission) is { } place)
            yield return place;
        if (submission.IsBarangayAlone)
            yield return IntakeNote.PlaceIsBarangay;
        if (submission.OccurredAt < received - Submission.LongAgo)
            yield return IntakeNote.HappenedLongAgo;
    }

    private static IntakeNote? NoteOn(Route route, Submission submission) => route.Rule switch
    {
        RouteRule.NoPlace => IntakeNote.NoPlace,
        RouteRule.HalfPlace => IntakeNote.HalfPlace,
        RouteRule.NotOnEarth => IntakeNote.NotOnEarth,
        RouteRule.OutsideCity => IntakeNote.OutsideCity,
        _ when route.Barangay is { } found && submission.BarangayHint is { Length: > 0 } hint && !found.IsCalled(hint)
            => IntakeNote.BarangayContradictsPlace,
        _ => null,
    };
}
