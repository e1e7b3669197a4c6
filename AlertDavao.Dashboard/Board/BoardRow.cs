using System.Globalization;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// What a row shows of one version of a report. Immutable and shared by every screen; its markup is built once. Holds
/// nothing that only some officers of the log may see.
/// </summary>
internal sealed record BoardRow
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    /// <summary>The log it stands in.</summary>
    public required string Log { get; init; }

    /// <summary>Its arrival's number in that log.</summary>
    public required long Number { get; init; }

    /// <summary>Its arrival's clock, unix milliseconds, taken inside the transaction.</summary>
    public required long Committed { get; init; }

    public required string TrackingCode { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<string> CrimeTypes { get; init; }

    public required Severity Severity { get; init; }

    public required ReportStatus Status { get; init; }

    /// <summary>Name of the barangay of the place; else the words of the reporter, else null.</summary>
    public string? Barangay { get; init; }

    /// <summary>Where it is on the map; null without a place that can be one.</summary>
    public GeoPoint? At { get; init; }

    /// <summary>When it happened, as the reporter says.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Files that came with it.</summary>
    public int EvidenceCount { get; init; }

    public Guid? ClaimedBy { get; init; }

    /// <summary>Since when who claimed it has no screen; null while one is open.</summary>
    public DateTimeOffset? HolderOfflineSince { get; init; }

    /// <summary>Since when it waits for an acknowledgement in this log; null where no clock runs.</summary>
    public DateTimeOffset? WaitsSince { get; init; }

    /// <summary>How far up it was told that it waits.</summary>
    public EscalationLevel Escalated { get; init; }

    /// <summary>When the next level is told; null when none is.</summary>
    public DateTimeOffset? EscalatesAt { get; init; }

    /// <summary>The name of who claimed it, else of who acknowledged it.</summary>
    public string? Who { get; init; }

    /// <summary>The row's markup (<see cref="RowMarkup"/>), the same for every viewer for whom it is as new and as open.</summary>
    public string Item(bool isFresh, bool isLocked) => (isFresh, isLocked) switch
    {
        (false, false) => _item ??= RowMarkup.Item(this, false, false),
        (true, false) => _freshItem ??= RowMarkup.Item(this, true, false),
        (false, true) => _lockedItem ??= RowMarkup.Item(this, false, true),
        _ => _freshLockedItem ??= RowMarkup.Item(this, true, true),
    };

    /// <summary>The attributes of the row, made once: a screen that draws formats nothing.</summary>
    public RowAttributes Attributes => _attributes ??= RowAttributes.Of(this);

    public bool IsUnacknowledged => Status == ReportStatus.Received;

    /// <summary>Stands above all others.</summary>
    public bool IsUrgent => IsUnacknowledged && Severity == Severity.Critical;

    private string? _item;
    private string? _freshItem;
    private string? _lockedItem;
    private string? _freshLockedItem;
    private RowAttributes? _attributes;

    /// <summary>Unacknowledged Critical first, then the newest received first.</summary>
    public static readonly IComparer<BoardRow> Order = Comparer<BoardRow>.Create(static (a, b) =>
    {
        if (a.IsUrgent != b.IsUrgent)
            return a.IsUrgent ? -1 : 1;
        var byTime = b.ReceivedAt.CompareTo(a.ReceivedAt);
        if (byTime != 0)
            return byTime;
        var byNumber = b.Number.CompareTo(a.Number);
        return byNumber != 0 ? byNumber : a.Id.CompareTo(b.Id);
    });
}

/// <summary>An entry as a viewer may see it.</summary>
/// <param name="Row">Null when the report has left the log: nothing of it may be shown.</param>
internal sealed record BoardEntry(string Log, long Number, EntryKind Kind, DateTimeOffset At, Guid ReportId, BoardRow? Row);

/// <summary>A row's attributes as texts.</summary>
/// <param name="At">The whole attribute of its place, to about a metre; empty without one.</param>
internal sealed record RowAttributes(string Id, string Number, string Committed, string Version, string At, string Css, string FreshCss)
{
    public static RowAttributes Of(BoardRow row)
    {
        var state = row.IsUnacknowledged ? " unack" : Domain.Reports.ReportStatusTable.IsOpen(row.Status) ? "" : " closed";
        var css = $"row sev-{Words.Css(row.Severity)}{state}";
        return new RowAttributes(
            row.Id.ToString(),
            row.Number.ToString(CultureInfo.InvariantCulture),
            row.Committed.ToString(CultureInfo.InvariantCulture),
            row.Version.ToString(CultureInfo.InvariantCulture),
            row.At is { } at ? string.Create(CultureInfo.InvariantCulture, $" data-at=\"{at.Latitude:0.#####},{at.Longitude:0.#####}\"") : "",
            css,
            css + " fresh");
    }
}
