using System.Collections.Immutable;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Board;

/// <summary>The one way to read a board: what came after what the reader has, under the reader's scope.</summary>
internal sealed class BoardReader(StationTails tails)
{
    /// <summary>Everything the scope sees, for a reader that has nothing yet.</summary>
    public BoardDelta Open(BoardScope scope) => new(scope, tails.Of(scope), true, BoardNews.None);

    /// <summary>
    /// What came after <paramref name="last"/>, which was read under the same scope; null when nothing did. Reads memory alone.
    /// </summary>
    public BoardDelta? After(BoardPicture last, BoardScope scope)
    {
        var picture = tails.Of(scope);
        return ReferenceEquals(picture, last) ? null : new BoardDelta(scope, picture, false, picture.Since(last));
    }

    /// <summary>The scope's picture now; memory alone.</summary>
    public BoardPicture Look(BoardScope scope) => tails.Of(scope);

    /// <summary>
    /// What a reader outside is told next who stands at <paramref name="after"/>: of a picture of its scope, at most
    /// <see cref="BoardSlice.Size"/> entries. Reads memory, and the database only for what is older than the tails.
    /// </summary>
    /// <param name="after">Null to begin; as good as null is one of another database, of other logs, or from ahead.</param>
    public BoardSlice Page(BoardPicture picture, Cursor? after)
    {
        var place = after is null ? null : BoardPlace.Of(after, picture);
        return place is { Told: null } ? Entries(picture, place.Numbers) : WholeBoard(picture, place);
    }

    // The board of the moment it began at: what arrived since then comes as entries, after it.
    private static BoardSlice WholeBoard(BoardPicture picture, BoardPlace? place)
    {
        var from = place?.Numbers ?? BoardPlace.Start(picture);
        var rest = picture.Rows
            .Where(row => row.Number <= from.Of(row.Log))
            .Select(row => (Row: row, Mark: BoardMark.Of(row)))
            .Where(row => place?.Told is not { } told || row.Mark.CompareTo(told) > 0)
            .OrderBy(row => row.Mark)
            .Take(BoardSlice.Size + 1)
            .ToList();
        var entries = rest.Take(BoardSlice.Size).Select(row => new BoardEntry(
            row.Row.Log, row.Row.Number, EntryKind.Arrived, DateTimeOffset.FromUnixTimeMilliseconds(row.Row.Committed), row.Row.Id, row.Row));
        var isCut = rest.Count > BoardSlice.Size;
        var now = new BoardPlace(from, isCut ? rest[BoardSlice.Size - 1].Mark : null).ToString();
        return new BoardSlice(now, place is null, isCut || now != picture.Cursor, [.. entries]);
    }

    private BoardSlice Entries(BoardPicture picture, Cursor from)
    {
        var logs = picture.Positions.Where(at => at.Number > from.Of(at.Log)).Select(at => Next(at, from.Of(at.Log))).ToList();
        var told = from;
        var entries = ImmutableArray.CreateBuilder<BoardEntry>();
        while (entries.Count < BoardSlice.Size && Oldest(logs) is { } log)
        {
            var entry = log.Dequeue();
            told = told.With(entry.Log, entry.Number);
            entries.Add(entry);
        }

        var now = told.ToString();
        return new BoardSlice(now, false, now != picture.Cursor, entries.DrainToImmutable());
    }

    // Of one log in the order of numbers whatever the clock said: a cursor stands behind all that it has passed.
    private static Queue<BoardEntry>? Oldest(List<Queue<BoardEntry>> logs)
        => logs.Where(log => log.Count > 0).MinBy(log => log.Peek().At);

    private Queue<BoardEntry> Next(LogPosition at, long from) => new(tails.After(at.Log, from, BoardSlice.Size).TakeWhile(entry => entry.Number <= at.Number));
}
