using System.Collections.Immutable;
using AlertDavao.Domain.Log;

namespace AlertDavao.Dashboard.Board;

/// <summary>What a reader outside is told in one answer.</summary>
/// <param name="Cursor">Where the reader stands after it; handed back for what comes next.</param>
/// <param name="Reset">The reader starts anew: nothing that it was told before holds.</param>
/// <param name="More">There is more already.</param>
internal sealed record BoardSlice(string Cursor, bool Reset, bool More, ImmutableArray<BoardEntry> Entries)
{
    /// <summary>Entries in one answer.</summary>
    public const int Size = 200;
}

/// <summary>
/// Where a reader outside stands: the number it has of each log, and, while it is being told the whole board, the report it
/// was told last. A board has more reports than one answer: the rest follows from that report on, and what happened
/// meanwhile follows as entries after the numbers that stood when the board began. So nothing is lost wherever it stops.
/// </summary>
/// <param name="Told">Null but in the middle of a board.</param>
internal sealed record BoardPlace(Cursor Numbers, BoardMark? Told)
{
    // No log is called so: codes are upper case.
    private const string MarkTime = "t";
    private const string MarkLog = "r";

    /// <summary>The place that a cursor means to a reader of exactly the picture's logs; null when it means nothing there.</summary>
    public static BoardPlace? Of(Cursor cursor, BoardPicture picture)
    {
        if (cursor.Epoch != picture.Epoch || cursor.IsEmpty)
            return null;

        BoardMark? told = null;
        var logs = 0;
        foreach (var log in cursor.Logs)
        {
            if (log == MarkTime)
                continue;
            if (log.StartsWith(MarkLog, StringComparison.Ordinal))
                told = new BoardMark(cursor.Of(MarkTime), log[MarkLog.Length..], cursor.Of(log));
            else if (picture.Has(log) && cursor.Of(log) <= picture.NumberOf(log))
                logs++;
            else
                return null;
        }

        return logs == picture.Positions.Length && (told is null || picture.Has(told.Log)) ? new BoardPlace(At(cursor, picture), told) : null;
    }

    /// <summary>The board as it stands, nothing of it told yet.</summary>
    public static Cursor Start(BoardPicture picture)
        => Cursor.At(picture.Epoch, picture.Positions.Select(at => KeyValuePair.Create(at.Log, at.Number)));

    public override string ToString()
        => (Told is null ? Numbers : Numbers.With(MarkTime, Told.Received).With(MarkLog + Told.Log, Told.Number)).ToString();

    private static Cursor At(Cursor cursor, BoardPicture picture)
        => Cursor.At(cursor.Epoch, picture.Positions.Select(at => KeyValuePair.Create(at.Log, cursor.Of(at.Log))));
}

/// <summary>A report's place in the whole board as it is told, by what never changes while the report stands in its log: the newest received first.</summary>
/// <param name="Received">Unix milliseconds.</param>
internal sealed record BoardMark(long Received, string Log, long Number) : IComparable<BoardMark>
{
    public static BoardMark Of(BoardRow row) => new(row.ReceivedAt.ToUnixTimeMilliseconds(), row.Log, row.Number);

    public int CompareTo(BoardMark? other)
    {
        if (other is null)
            return 1;
        var byTime = other.Received.CompareTo(Received);
        if (byTime != 0)
            return byTime;
        var byLog = string.CompareOrdinal(Log, other.Log);
        return byLog != 0 ? byLog : other.Number.CompareTo(Number);
    }
}
