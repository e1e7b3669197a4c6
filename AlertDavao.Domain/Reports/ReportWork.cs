using System.Globalization;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Domain.Reports;

/// <summary>What officers do to a report. Each act that changes something makes one version.</summary>
public sealed partial class Report
{
    /// <summary>Text elements of a note.</summary>
    public const int MaxNote = 2000;

    /// <summary>Text elements of a reason.</summary>
    public const int MaxReason = 500;

    /// <summary>The station has seen it.</summary>
    /// <exception cref="DomainRuleViolated">It is not <see cref="ReportStatus.Received"/>.</exception>
    public void Acknowledge(Guid officerId, DateTimeOffset now) => Move(ReportStatus.Acknowledged, officerId, null, now);

    /// <summary>This officer takes it. Claiming what one already holds changes nothing.</summary>
    /// <exception cref="DomainRuleViolated">Another officer holds it, or it is finished.</exception>
    public void Claim(Guid officerId, DateTimeOffset now)
    {
        if (ClaimedBy == officerId)
            return;
        if (ClaimedBy is not null)
            throw new DomainRuleViolated("Claim.HeldByAnother");
        if (!Status.IsOpen())
            throw new DomainRuleViolated("Claim.Finished");

        Hold(officerId, now, new(ReportEventKind.Claimed));
    }

    /// <summary>
    /// This officer takes it from who holds it: anybody on duty may when the holder went offline, before that only a station
    /// admin, with a reason (domain: "A report").
    /// </summary>
    /// <exception cref="DomainRuleViolated">Nobody else holds it, the holder is there and this is no admin, or the reason is missing.</exception>
    public void TakeOver(Guid officerId, bool isAdmin, string? reason, DateTimeOffset now)
    {
        if (ClaimedBy is null || ClaimedBy == officerId)
            throw new DomainRuleViolated("TakeOver.NobodyHoldsIt");
        MayBreakClaim(isAdmin, reason);

        Hold(officerId, now, new(ReportEventKind.TakenOver) { Reason = reason, OtherOfficer = ClaimedBy });
    }

    /// <summary>It is that officer's from now on, whoever held it. Whether the one may give it and the other take it is the caller's to know.</summary>
    /// <exception cref="DomainRuleViolated">It is finished, or that officer holds it.</exception>
    public void Assign(Guid toOfficer, Guid adminId, DateTimeOffset now)
    {
        if (!Status.IsOpen())
            throw new DomainRuleViolated("Claim.Finished");
        if (ClaimedBy == toOfficer)
            throw new DomainRuleViolated("Assign.HeldAlready");

        Change(adminId, now, new(ReportEventKind.Assigned) { OtherOfficer = toOfficer });
        (ClaimedBy, ClaimedAt, HolderOfflineSince) = (toOfficer, now.ToUniversalTime(), null);
    }

    /// <summary>It is nobody's again: its holder lets go, or a station admin breaks the claim with a reason.</summary>
    /// <exception cref="DomainRuleViolated">Nobody holds it, another officer does and this is no admin, or the reason is missing.</exception>
    public void Release(Guid officerId, bool isAdmin, string? reason, DateTimeOffset now)
    {
        if (ClaimedBy is not { } holder)
            throw new DomainRuleViolated("Release.NobodyHoldsIt");
        if (holder != officerId)
            MayBreakClaim(isAdmin, reason);

        Change(officerId, now, new(ReportEventKind.Released) { Reason = reason, OtherOfficer = holder == officerId ? null : holder });
        LetGo();
    }

    /// <summary>The holder's last screen has been gone for long; anybody on duty may take over from now on.</summary>
    /// <param name="since">When it went.</param>
    /// <returns>False when nobody holds it, or that was said already: nothing changed.</returns>
    public bool Lapse(DateTimeOffset since, DateTimeOffset now)
    {
        if (ClaimedBy is not { } holder || HolderOfflineSince is not null)
            return false;
        Change(null, now, new(ReportEventKind.ClaimLapsed) { OtherOfficer = holder });
        HolderOfflineSince = since.ToUniversalTime();
        return true;
    }

    /// <summary>The holder has a screen again.</summary>
    /// <returns>False when nobody was missing: nothing changed.</returns>
    public bool HolderReturned(DateTimeOffset now)
    {
        if (ClaimedBy is not { } holder || HolderOfflineSince is null)
            return false;
        Change(null, now, new(ReportEventKind.HolderReturned) { OtherOfficer = holder });
        HolderOfflineSince = null;
        return true;
    }

    /// <summary>Moves along <see cref="ReportStatusTable"/>; however it gets there, Acknowledged names its officer.</summary>
    /// <param name="reason">Required where <see cref="ReportStatusTable.NeedsReason"/> says so.</param>
    /// <param name="duplicateOf">The other report, where it becomes a duplicate.</param>
    /// <exception cref="DomainRuleViolated">The move is not legal, or its reason is missing or too long.</exception>
    public void Move(ReportStatus to, Guid officerId, string? reason, DateTimeOffset now, Guid? duplicateOf = null)
    {
        if (!ReportStatusTable.MayMove(Status, to))
            throw new DomainRuleViolated($"Status.{Status}To{to}");
        Bounded(reason, ReportStatusTable.NeedsReason(Status, to));
        if (duplicateOf == Id)
            throw new DomainRuleViolated("Duplicate.OfItself");

        Change(officerId, now, new(ReportEventKind.StatusChanged) { From = Status, To = to, Reason = reason, OtherReport = duplicateOf });
        Status = to;
        DuplicateOf = to == ReportStatus.Duplicate ? duplicateOf : null;
        EscalatesAt = null;
        if (to == ReportStatus.Acknowledged)
            (AcknowledgedBy, AcknowledgedAt) = (officerId, now.ToUniversalTime());
        if (to.IsOpen())
            return;
        LetGo();
        TransferAskedTo = null;
    }

    /// <summary>An officer judges it more or less severe than its types do. The clock of what waits goes on from where it began.</summary>
    /// <exception cref="DomainRuleViolated">It is that severe already, it is finished, or the reason is missing or too long.</exception>
    public void Triage(Severity severity, Guid officerId, string? reason, EscalationTimes times, DateTimeOffset now)
    {
        if (severity == Severity)
            throw new DomainRuleViolated("Severity.Same");
        if (!Status.IsOpen())
            throw new DomainRuleViolated("Severity.Finished");
        Bounded(reason, isRequired: true);

        Change(officerId, now, new(ReportEventKind.SeverityChanged) { FromSeverity = Severity, ToSeverity = severity, Reason = reason });
        Severity = severity;
        EscalatesAt = NextLevel(times);
    }

    /// <summary>A remark of the station, for its own eyes, in words, in files or both.</summary>
    /// <param name="files">In order; whole in the store.</param>
    /// <exception cref="DomainRuleViolated">There is neither, it is too long, or there are more than <see cref="Reports.Evidence.MaxOfNotes"/>.</exception>
    public void Remark(string? text, Guid officerId, DateTimeOffset now, params IReadOnlyList<Evidence> files)
    {
        if (string.IsNullOrWhiteSpace(text) && files.Count == 0)
            throw new DomainRuleViolated("Note.Missing");
        if (text is not null && LengthOf(text) > MaxNote)
            throw new DomainRuleViolated("Note.TooLong");
        if (EvidenceCount + files.Count > Reports.Evidence.MaxPerReport + Reports.Evidence.MaxOfNotes)
            throw new DomainRuleViolated("Evidence.TooMany");

        Change(officerId, now, new(ReportEventKind.Remarked) { Reason = string.IsNullOrWhiteSpace(text) ? null : text });
        foreach (var file in files)
            _evidence.Add(file.OfNote(Id, Version, EvidenceCount++));
    }

    /// <summary>Whether an officer said that the two belong together. Reads the timeline, which has to be there.</summary>
    public bool IsLinkedTo(Guid other)
        => Events.Where(e => e.OtherReport == other && e.Kind is ReportEventKind.Linked or ReportEventKind.Unlinked).MaxBy(e => e.Version)?.Kind == ReportEventKind.Linked;

    /// <summary>The two belong together, each as it is. The timeline has to be there.</summary>
    /// <exception cref="DomainRuleViolated">It is itself, or they are linked already.</exception>
    public void Link(Report other, Guid officerId, DateTimeOffset now)
    {
        if (other.Id == Id)
            throw new DomainRuleViolated("Link.ToItself");
        if (IsLinkedTo(other.Id))
            throw new DomainRuleViolated("Link.Already");

        Change(officerId, now, new(ReportEventKind.Linked) { OtherReport = other.Id });
        other.Change(officerId, now, new(ReportEventKind.Linked) { OtherReport = Id });
    }

    /// <summary>They do not belong together after all. The timeline has to be there.</summary>
    /// <exception cref="DomainRuleViolated">They are not linked.</exception>
    public void Unlink(Report other, Guid officerId, DateTimeOffset now)
    {
        if (!IsLinkedTo(other.Id))
            throw new DomainRuleViolated("Link.None");

        Change(officerId, now, new(ReportEventKind.Unlinked) { OtherReport = other.Id });
        other.Change(officerId, now, new(ReportEventKind.Unlinked) { OtherReport = Id });
    }

    /// <summary>Its station asks another to take it. It stays where it is.</summary>
    /// <exception cref="DomainRuleViolated">It stands there already, it is finished, another is asked, or the reason is missing or too long.</exception>
    public void AskTransfer(string toLog, Guid officerId, string? reason, DateTimeOffset now)
    {
        MayGoTo(toLog);
        if (TransferAskedTo is not null)
            throw new DomainRuleViolated("Transfer.AskedAlready");
        Bounded(reason, isRequired: true);

        Change(officerId, now, new(ReportEventKind.TransferAsked) { FromLog = Log, ToLog = toLog, Reason = reason });
        TransferAskedTo = toLog;
    }

    /// <summary>Who was asked does not take it.</summary>
    /// <exception cref="DomainRuleViolated">Nobody was asked, or the reason is missing or too long.</exception>
    public void RefuseTransfer(Guid officerId, string? reason, DateTimeOffset now)
    {
        if (TransferAskedTo is not { } asked)
            throw new DomainRuleViolated("Transfer.NotAsked");
        Bounded(reason, isRequired: true);

        Change(officerId, now, new(ReportEventKind.TransferRefused) { FromLog = Log, ToLog = asked, Reason = reason });
        TransferAskedTo = null;
    }

    /// <summary>
    /// It goes to another log and is new there: nobody of that station has acknowledged or claimed it, and its clock starts again.
    /// Its number there is <see cref="Arrived"/>'s.
    /// </summary>
    /// <exception cref="DomainRuleViolated">It stands there already, it is finished, or the reason is too long.</exception>
    public void GoTo(string toLog, Guid officerId, string? reason, EscalationTimes times, DateTimeOffset now)
    {
        MayGoTo(toLog);
        Bounded(reason, isRequired: false);

        Enter(toLog, officerId, new(ReportEventKind.Transferred) { Reason = reason }, times, now);
    }

    /// <summary>It goes where the boundaries of today send it, and is new there as after <see cref="GoTo"/>.</summary>
    /// <exception cref="DomainRuleViolated">It stands there already, or is finished.</exception>
    public void Reroute(Route route, Guid officerId, EscalationTimes times, DateTimeOffset now)
    {
        MayGoTo(route.Log);
        Enter(route.Log, officerId, new(ReportEventKind.Rerouted) { Reason = route.BoundaryVersion }, times, now);
        (BarangayPsgc, RouteRule, BoundaryVersion) = (route.Barangay?.Psgc, route.Rule, route.BoundaryVersion);
    }

    /// <summary>It waits for an acknowledgement in its log from now on.</summary>
    public void StartClock(EscalationTimes times, DateTimeOffset now)
    {
        WaitsSince = now.ToUniversalTime();
        Escalated = EscalationLevel.None;
        EscalatesAt = NextLevel(times);
    }

    /// <summary>Tells the highest level whose time has come that nobody acknowledged it.</summary>
    /// <returns>False when none's has: nothing changed but, it may be, the time of the next.</returns>
    public bool Escalate(EscalationTimes times, DateTimeOffset now)
    {
        var before = Escalated;
        while (NextLevel(times) is { } due && due <= now)
            Escalated++;
        EscalatesAt = NextLevel(times);
        if (Escalated == before)
            return false;
        Change(null, now, new(ReportEventKind.Escalated) { Level = Escalated });
        return true;
    }

    private void Enter(string toLog, Guid officerId, EventFacts facts, EscalationTimes times, DateTimeOffset now)
    {
        Change(officerId, now, facts with { FromLog = Log, ToLog = toLog, From = Status, To = ReportStatus.Received });
        (Log, Status, TransferAskedTo) = (toLog, ReportStatus.Received, null);
        (AcknowledgedBy, AcknowledgedAt) = (null, null);
        LetGo();
        StartClock(times, now);
    }

    private DateTimeOffset? NextLevel(EscalationTimes times)
        => Status == ReportStatus.Received && WaitsSince is { } since && Escalated < EscalationLevel.CityDesk
            // The demo alerts its station and nobody above.
            && !(Source == ReportSource.Demo && Escalated >= EscalationLevel.Station)
            && times.After(Severity, Escalated + 1) is { } after
                ? since + after
                : null;

    private void MayGoTo(string toLog)
    {
        if (!Status.IsOpen())
            throw new DomainRuleViolated("Transfer.Finished");
        if (toLog == Log)
            throw new DomainRuleViolated("Transfer.ToItself");
    }

    private void MayBreakClaim(bool isAdmin, string? reason)
    {
        if (HolderOfflineSince is null && !isAdmin)
            throw new DomainRuleViolated("Claim.HeldByAnother");
        Bounded(reason, isRequired: HolderOfflineSince is null);
    }

    private void Hold(Guid officerId, DateTimeOffset now, EventFacts facts)
    {
        Change(officerId, now, facts);
        (ClaimedBy, ClaimedAt, HolderOfflineSince) = (officerId, now.ToUniversalTime(), null);
    }

    private void LetGo() => (ClaimedBy, ClaimedAt, HolderOfflineSince) = (null, null, null);

    private void Change(Guid? officerId, DateTimeOffset now, EventFacts facts)
    {
        Version++;
        Append(new ReportEvent(Id, Version, 0, now.ToUniversalTime(), facts) { OfficerId = officerId });
    }

    private static void Bounded(string? reason, bool isRequired)
    {
        if (isRequired && string.IsNullOrWhiteSpace(reason))
            throw new DomainRuleViolated("Reason.Missing");
        if (reason is not null && LengthOf(reason) > MaxReason)
            throw new DomainRuleViolated("Reason.TooLong");
    }

    private static int LengthOf(string text) => new StringInfo(text).LengthInTextElements;
}
