using System.Collections.Immutable;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Log;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// One log in memory: its newest entries and its board, shared by every screen that sees it. Only the fan-out worker moves
/// it on, with one database read a ring however many screens listen; readers take <see cref="Picture"/> and wait for nobody.
/// </summary>
internal sealed class StationTail(string log, TailReader reader, TimeProvider time)
{
    private volatile BoardPicture _picture = BoardPicture.Nothing;

    public BoardPicture Picture => _picture;

    /// <summary>Whether the Manila day has turned since the picture was made: then "today" counts wrong.</summary>
    public bool IsYesterdays => ManilaTime.StartOfDay(time.GetUtcNow()) != _picture.StartOfDay;

    /// <summary>Reads the whole board anew.</summary>
    public void Load() => _picture = reader.Load(log, time.GetUtcNow(), _picture);

    /// <summary>Reads what came after the picture and swaps it; false when nothing did.</summary>
    public bool Advance()
    {
        var before = _picture;
        if (IsYesterdays)
        {
            Load();
            return true;
        }

        var moved = false;
        while (reader.After(log, _picture.NumberOf(log)) is { IsEmpty: false } entries)
        {
            moved = true;
            if (Next(_picture, entries) is { } next)
                _picture = next;
            else
                Load();
            if (entries.Length < TailReader.Page)
                break;
        }

        return moved && !ReferenceEquals(before, _picture);
    }

    /// <summary>The picture after the entries; null when it cannot be told without reading the log's other reports.</summary>
    internal static BoardPicture? Next(BoardPicture picture, ImmutableArray<BoardEntry> entries)
    {
        var rows = picture.Rows.ToDictionary(row => row.Id);
        var counters = picture.Counters;
        foreach (var entry in entries)
        {
            var known = rows.GetValueOrDefault(entry.ReportId);
            // What the picture does not hold was counted when it arrived: only the database knows as what.
            if (known is null && entry.Kind != EntryKind.Arrived)
                return null;
            // A page reads each report as it is now; an older entry of it brings nothing.
            if (known is not null && entry.Row is { } row && row.Version <= known.Version)
                continue;

            counters += Counters.Of(entry.Row, picture.StartOfDay) - Counters.Of(known, picture.StartOfDay);
            if (entry.Row is null)
                rows.Remove(entry.ReportId);
            else
                rows[entry.ReportId] = entry.Row;
        }

        var kept = BoardPicture.Keep([.. rows.Values]);
        var hides = picture.Counters.Unacknowledged > picture.UnacknowledgedRows;
        var hidesOthers = picture.Rows.Length - picture.UnacknowledgedRows == BoardPicture.MaxOthers;
        if ((hides && MayShowHidden(picture.Rows, kept, true, BoardPicture.MaxUnacknowledged))
            || (hidesOthers && MayShowHidden(picture.Rows, kept, false, BoardPicture.MaxOthers)))
            return null;

        var places = BoardPlaces.Of(kept, picture);
        return new BoardPicture
        {
            Epoch = picture.Epoch,
            Positions = [new LogPosition(entries[^1].Log, entries[^1].Number)],
            Rows = kept,
            Places = places,
            Blocks = RowBlock.Of(kept, places, picture.Blocks),
            Entries = Newest(picture.Entries, entries),
            Counters = counters,
            At = entries[^1].At,
            StartOfDay = picture.StartOfDay,
        };
    }

    // What the bounds cut off stands behind the last row before. It comes up when there is room, and when a row that came in
    // since would stand behind that one too.
    private static bool MayShowHidden(ImmutableArray<BoardRow> before, ImmutableArray<BoardRow> kept, bool unacknowledged, int bound)
        => kept.Count(row => row.IsUnacknowledged == unacknowledged) < bound
            || BoardRow.Order.Compare(
                kept.Last(row => row.IsUnacknowledged == unacknowledged), before.Last(row => row.IsUnacknowledged == unacknowledged)) > 0;

    // An entry shows what it may show now: when its report has left, nothing, also where it was read before.
    private static ImmutableArray<BoardEntry> Newest(ImmutableArray<BoardEntry> before, ImmutableArray<BoardEntry> entries)
    {
        var gone = entries.Where(entry => entry.Row is null).Select(entry => entry.ReportId).ToHashSet();
        foreach (var entry in entries.Where(entry => entry.Row is not null))
            gone.Remove(entry.ReportId);
        var known = gone.Count == 0 ? before : before.Select(entry =>
            gone.Contains(entry.ReportId) ? entry with { Kind = EntryKind.Left, Row = null } : entry);
        return [.. known.Concat(entries).TakeLast(BoardPicture.MaxEntries)];
    }
}
