using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Reports;

/// <param name="Barangay">Of the place; null where it is in none.</param>
/// <param name="Station">Null while no station owns it.</param>
/// <param name="Names">Of the officers who had to do with it.</param>
/// <param name="Timeline">Newest first.</param>
internal sealed record ReportView(
    Report Report,
    Barangay? Barangay,
    Station? Station,
    IReadOnlyDictionary<Guid, string> Names,
    IReadOnlyList<TimelineLine> Timeline,
    IReadOnlyList<EvidenceFile> Evidence,
    IReadOnlyList<NearbyReport> Nearby)
{
    /// <summary>The barangay in the reporter's words, where it is not the one of the place.</summary>
    public string? OtherBarangayNamed
        => Report.BarangayHint is { Length: > 0 } hint && Barangay?.IsCalled(hint) != true ? hint : null;

    /// <summary>Whether a name or a phone may have been left, to be opened by the call-back.</summary>
    public bool MayBeCalledBack => Report is { IsAnonymous: false, SealedReporter: not null };
}

/// <param name="IsThere">Whether there is something to look at.</param>
internal sealed record EvidenceFile(Evidence File, bool IsThere);

/// <summary>One line of the timeline: an event of the report, or an opening of the reporter's details.</summary>
/// <param name="Officer">Who acted; null for the intake itself.</param>
/// <param name="Event">Null for an opening.</param>
internal sealed record TimelineLine(DateTimeOffset At, Guid? Officer, ReportEvent? Event)
{
    /// <summary>Both sorts are in an order of their own, which a clock that was set back does not disturb; they are only woven together.</summary>
    /// <param name="callBacks">Newest first.</param>
    public static IReadOnlyList<TimelineLine> Of(Report report, IReadOnlyList<AuditEntry> callBacks)
    {
        var lines = new List<TimelineLine>();
        var opened = new Queue<AuditEntry>(callBacks);
        foreach (var entry in report.Events.OrderByDescending(entry => entry.Version).ThenByDescending(entry => entry.Part))
        {
            while (opened.TryPeek(out var next) && next.At >= entry.At)
                lines.Add(Of(opened.Dequeue()));
            lines.Add(new TimelineLine(entry.At, entry.OfficerId ?? (entry.Kind == ReportEventKind.Submitted ? report.FiledBy : null), entry));
        }

        lines.AddRange(opened.Select(Of));
        return lines;
    }

    private static TimelineLine Of(AuditEntry callBack) => new(callBack.At, callBack.OfficerId, null);
}
