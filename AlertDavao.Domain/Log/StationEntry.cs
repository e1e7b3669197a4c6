namespace AlertDavao.Domain.Log;

/// <summary>What an entry of a station's log says about its report.</summary>
public enum EntryKind
{
    Arrived = 0,
    Changed = 1,

    /// <summary>The report is no longer this log's; nothing of it may be shown from here.</summary>
    Left = 2,
}

/// <summary>
/// One line of a log. Numbers are 1, 2, 3 ... without a gap, in the order of commits. The entry carries no content:
/// a reader looks the report up and shows what the entry may show.
/// </summary>
public sealed class StationEntry
{
    private StationEntry() { }

    public StationEntry(string log, long number, Guid reportId, int version, EntryKind kind, DateTimeOffset at)
    {
        Log = log;
        Number = number;
        ReportId = reportId;
        Version = version;
        Kind = kind;
        At = at;
    }

    public string Log { get; private set; } = "";

    public long Number { get; private set; }

    public Guid ReportId { get; private set; }

    /// <summary>The report's version after the act.</summary>
    public int Version { get; private set; }

    public EntryKind Kind { get; private set; }

    /// <summary>Our clock inside the transaction, immediately before its commit.</summary>
    public DateTimeOffset At { get; private set; }
}
