using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Reports;

/// <param name="Barangay">Of the place; null where it is in none.</param>
/// <param name="Station">Null while no station owns it.</param>
/// <param name="Names">Of the officers who had to do with it.</param>
/// <param name="Timeline">Newest first.</param>
/// <param name="Reader">Who reads it, and what they may do.</param>
/// <param name="Duplicates">Reports of the same incident, as far as the viewer sees them.</param>
internal sealed record ReportView(
    Report Report,
    Barangay? Barangay,
    Station? Station,
    IReadOnlyDictionary<Guid, string> Names,
    IReadOnlyList<TimelineLine> Timeline,
    IReadOnlyList<EvidenceFile> Evidence,
    IReadOnlyList<NearbyReport> Nearby,
    SameIncident Duplicates,
    ReportReader Reader)
{
    /// <summary>The barangay in the reporter's words, where it is not the one of the place.</summary>
    public string? OtherBarangayNamed
        => Report.BarangayHint is { Length: > 0 } hint && Barangay?.IsCalled(hint) != true ? hint : null;

    /// <summary>Whether a name or a phone may have been left, to be opened by the call-back.</summary>
    public bool MayBeCalledBack => Report is { IsAnonymous: false, SealedReporter: not null };
}

/// <param name="MayBreakClaims">Whether the officer is an admin of the report's station.</param>
/// <param name="MayMove">Whether the officer moves it to another station without asking.</param>
/// <param name="Others">The stations it may go to, in station order.</param>
/// <param name="Colleagues">Whom an admin may give it to: who is on duty at the report's station; empty for any other reader.</param>
internal sealed record ReportReader(Guid Officer, bool MayBreakClaims, bool MayMove, IReadOnlyList<Station> Others, IReadOnlyList<Colleague> Colleagues);

/// <param name="InHand">Reports of the station that the officer holds.</param>
internal sealed record Colleague(Guid Id, string Name, int InHand);

/// <param name="Of">The report that this one is a duplicate of; null when it is none, or the viewer does not see that one.</param>
/// <param name="Others">The reports that are duplicates of this one.</param>
/// <param name="Linked">The reports that an officer linked with it.</param>
internal sealed record SameIncident(SameReport? Of, IReadOnlyList<SameReport> Others, IReadOnlyList<SameReport> Linked);

/// <param name="Files">Files that came with it.</param>
internal sealed record SameReport(Guid Id, string TrackingCode, string Title, int Files);

/// <param name="IsThere">Whether there is something to look at.</param>
internal sealed record EvidenceFile(Evidence File, bool IsThere);

/// <summary>One line of the timeline: an event of the report, an opening of the reporter's details, or a first look at it.</summary>
/// <param name="Officer">Who acted; null for the intake itself, and for a screen.</param>
/// <param name="Event">Null for any other line.</param>
/// <param name="Sight">Null for any other line.</param>
internal sealed record TimelineLine(DateTimeOffset At, Guid? Officer, ReportEvent? Event, FirstSight? Sight = null)
{
    /// <summary>All sorts are in an order of their own, which a clock that was set back does not disturb; they are only woven together.</summary>
    /// <param name="callBacks">Newest first.</param>
    /// <param name="sights">Of the logs that the reader may see.</param>
    public static IReadOnlyList<TimelineLine> Of(Report report, IReadOnlyList<AuditEntry> callBacks, IReadOnlyList<ReportSight> sights)
    {
        var looks = sights.SelectMany(sight => Of(sight, isOneOfSeveral: sights.Count > 1)).OrderByDescending(line => line.At).ThenBy(line => line.Sight!.Kind);
        var events = report.Events.OrderByDescending(entry => entry.Version).ThenByDescending(entry => entry.Part)
            .Select(entry => new TimelineLine(entry.At, entry.OfficerId ?? (entry.Kind == ReportEventKind.Submitted ? report.FiledBy : null), entry));
        return Woven(Woven(events, callBacks.Select(Of)), looks);
    }

    // Of two at one moment what is laid in came later.
    private static List<TimelineLine> Woven(IEnumerable<TimelineLine> into, IEnumerable<TimelineLine> laid)
    {
        var lines = new List<TimelineLine>();
        var next = new Queue<TimelineLine>(laid);
        foreach (var line in into)
        {
            while (next.TryPeek(out var one) && one.At >= line.At)
                lines.Add(next.Dequeue());
            lines.Add(line);
        }

        lines.AddRange(next);
        return lines;
    }

    private static TimelineLine Of(AuditEntry callBack) => new(callBack.At, callBack.OfficerId, null);

    private static IEnumerable<TimelineLine> Of(ReportSight sight, bool isOneOfSeveral)
    {
        var log = isOneOfSeveral ? sight.Log : null;
        if (sight.FirstPaintedAt is { } painted)
            yield return new(painted, null, null, new FirstSight(SightKind.Painted, sight.Log == LogCode.City, log));
        if (sight.FirstSeenAt is { } seen)
            yield return new(seen, sight.FirstSeenBy, null, new FirstSight(SightKind.Seen, sight.Log == LogCode.City, log));
    }
}

/// <param name="IsCity">At the city desk, whose log is no station's.</param>
/// <param name="Log">Where; null where only one can be meant.</param>
internal sealed record FirstSight(SightKind Kind, bool IsCity, string? Log);

/// <summary>In the order of the list, the later one first.</summary>
internal enum SightKind
{
    /// <summary>In view in a visible, focused tab with input since.</summary>
    Seen,

    /// <summary>In the page of a screen.</summary>
    Painted,
}
