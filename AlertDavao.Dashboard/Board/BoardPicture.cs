using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// The board of one log, or of several, at one moment: immutable, swapped by reference and shared by every screen that sees
/// the same logs.
/// </summary>
internal sealed class BoardPicture
{
    /// <summary>Unacknowledged reports shown; beyond it they are counted.</summary>
    public const int MaxUnacknowledged = 500;

    /// <summary>Other reports held; a screen shows 50 of them and more on demand.</summary>
    public const int MaxOthers = 200;

    /// <summary>Newest entries held; a reader who is further behind takes the picture alone.</summary>
    public const int MaxEntries = 512;

    public static readonly BoardPicture Nothing =
        new() { Epoch = 0, Positions = [], Rows = [], Places = [], Blocks = [], Entries = [], At = default, StartOfDay = default };

    private Dictionary<Guid, int>? _claims;
    private string? _cursor;
    private BoardFigures? _figures;
    private FrameShelf? _frames;
    private StrongBox<DateTimeOffset?>? _oldest;
    private int _unacknowledged = -1;
    private NewsSince? _news;

    /// <summary>The database's epoch; numbers mean nothing without it.</summary>
    public required long Epoch { get; init; }

    /// <summary>Up to where it is complete, a log each, in station order.</summary>
    public required ImmutableArray<LogPosition> Positions { get; init; }

    /// <summary>In the order of the list (<see cref="BoardRow.Order"/>).</summary>
    public required ImmutableArray<BoardRow> Rows { get; init; }

    /// <summary>A place for each row (<see cref="BoardPlaces"/>).</summary>
    public required ImmutableArray<int> Places { get; init; }

    /// <summary>The same rows, in blocks.</summary>
    public required ImmutableArray<RowBlock> Blocks { get; init; }

    /// <summary>How many of the rows are unacknowledged.</summary>
    public int UnacknowledgedRows => _unacknowledged >= 0 ? _unacknowledged : _unacknowledged = Rows.Count(row => row.IsUnacknowledged);

    /// <summary>The newest entries, oldest first; numbers of one log are contiguous.</summary>
    public required ImmutableArray<BoardEntry> Entries { get; init; }

    public Counters Counters { get; init; }

    /// <summary>The clock of the newest entry.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The Manila midnight that "today" counts from.</summary>
    public required DateTimeOffset StartOfDay { get; init; }

    /// <summary>Up to where it is complete, as the opaque text that readers outside hand back.</summary>
    public string Cursor
        => _cursor ??= Domain.Log.Cursor.At(Epoch, Positions.Select(at => KeyValuePair.Create(at.Log, at.Number))).ToString();

    /// <summary>What it says in figures, in the reader's language; made once for all who read in it.</summary>
    public BoardFigures Figures => _figures is { } made && made.Culture == CultureInfo.CurrentCulture ? made : _figures = BoardFigures.Of(this);

    /// <summary>What came after that picture of the same logs; made once for all screens that stand there.</summary>
    public BoardNews Since(BoardPicture last)
    {
        if (Positions.Length != 1)
            return new BoardNews(EntriesSince(last));
        var from = last.Positions[0].Number;
        if (_news is not { } known || known.From != from)
            _news = known = new(from, new BoardNews(EntriesSince(last)));
        return known.News;
    }

    /// <summary>The number up to which that log is complete; 0 for a log it does not hold.</summary>
    public long NumberOf(string log)
    {
        foreach (var position in Positions)
        {
            if (position.Log == log)
                return position.Number;
        }

        return 0;
    }

    /// <summary>What readers outside were told out of it, shared by them; it goes with the picture.</summary>
    public FrameShelf Frames => _frames ?? Interlocked.CompareExchange(ref _frames, new FrameShelf(), null) ?? _frames;

    /// <summary>Whether it holds that log.</summary>
    public bool Has(string log)
    {
        foreach (var position in Positions)
        {
            if (position.Log == log)
                return true;
        }

        return false;
    }

    /// <summary>When the oldest unacknowledged report in the picture came in; null when none waits.</summary>
    public DateTimeOffset? OldestUnacknowledged
        => (_oldest ??= new(Rows.Where(row => row.IsUnacknowledged).Select(row => (DateTimeOffset?)row.ReceivedAt).Min())).Value;

    /// <summary>Open reports in the picture that the officer has claimed.</summary>
    public int ClaimedBy(Guid officer)
    {
        _claims ??= Rows
            .Where(row => row.ClaimedBy is not null && Domain.Reports.ReportStatusTable.IsOpen(row.Status))
            .CountBy(row => row.ClaimedBy!.Value)
            .ToDictionary();
        return _claims.GetValueOrDefault(officer);
    }

    /// <summary>The rows a picture keeps of these, in order: every unacknowledged one and the newest others, both bounded.</summary>
    public static ImmutableArray<BoardRow> Keep(List<BoardRow> rows)
    {
        rows.Sort(BoardRow.Order);
        int unacknowledged = 0, others = 0;
        var kept = ImmutableArray.CreateBuilder<BoardRow>(Math.Min(rows.Count, MaxUnacknowledged + MaxOthers));
        foreach (var row in rows)
        {
            if (row.IsUnacknowledged ? ++unacknowledged <= MaxUnacknowledged : ++others <= MaxOthers)
                kept.Add(row);
        }

        return kept.DrainToImmutable();
    }

    private ImmutableArray<BoardEntry> EntriesSince(BoardPicture last)
    {
        // Both list the same logs in the same order.
        var missing = 0L;
        for (var at = 0; at < Positions.Length; at++)
            missing += Math.Max(0, Positions[at].Number - last.Positions[at].Number);

        if (Positions.Length == 1)
            return Entries[Math.Max(0, Entries.Length - (int)Math.Min(missing, Entries.Length))..];

        var found = new List<BoardEntry>();
        for (var at = Entries.Length - 1; at >= 0 && found.Count < missing; at--)
        {
            if (Entries[at].Number > last.NumberOf(Entries[at].Log))
                found.Add(Entries[at]);
        }

        found.Reverse();
        return [.. found];
    }

    /// <summary>One picture of several logs.</summary>
    /// <param name="before">The last one of the same logs, or <see cref="Nothing"/>.</param>
    public static BoardPicture Of(IReadOnlyList<BoardPicture> logs, BoardPicture before)
    {
        var rows = Keep([.. logs.SelectMany(log => log.Rows)]);
        var places = BoardPlaces.Of(rows, before);
        return new()
        {
            Epoch = logs[0].Epoch,
            Positions = [.. logs.SelectMany(log => log.Positions)],
            Rows = rows,
            Places = places,
            Blocks = RowBlock.Of(rows, places, before.Blocks),
            Entries = [.. logs.SelectMany(log => log.Entries).OrderBy(entry => entry.At).ThenBy(entry => entry.Number).TakeLast(MaxEntries)],
            Counters = logs.Aggregate(default(Counters), (sum, log) => sum + log.Counters),
            At = logs.Max(log => log.At),
            StartOfDay = logs.Max(log => log.StartOfDay),
        };
    }
}

/// <summary>The news of one log after a number.</summary>
internal sealed record NewsSince(long From, BoardNews News);

/// <summary>A log and the number up to which a picture or a reader has it complete.</summary>
internal readonly record struct LogPosition(string Log, long Number);
