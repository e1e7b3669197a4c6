using System.Collections.Immutable;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Board;

/// <summary>The one way to read a board: what came after what the reader has, under the reader's scope.</summary>
internal sealed class BoardReader(StationTails tails)
{
    /// <summary>Everything the scope sees, for a reader that has nothing yet.</summary>
    public BoardDelta Open(BoardScope scope) => new(scope, tails.Of(scope), true, []);

    /// <summary>
    /// What came after <paramref name="last"/>, which was read under the same scope; null when nothing did. Reads memory alone.
    /// </summary>
    public BoardDelta? After(BoardPicture last, BoardScope scope)
    {
        var picture = tails.Of(scope);
        return ReferenceEquals(picture, last) ? null : new BoardDelta(scope, picture, false, NewEntries(last, picture));
    }

    private static ImmutableArray<BoardEntry> NewEntries(BoardPicture last, BoardPicture picture)
    {
        // Both list the same logs in the same order.
        var missing = 0L;
        for (var at = 0; at < picture.Positions.Length; at++)
            missing += Math.Max(0, picture.Positions[at].Number - last.Positions[at].Number);

        var entries = picture.Entries;
        if (picture.Positions.Length == 1)
            return entries.AsSpan()[Math.Max(0, entries.Length - (int)Math.Min(missing, entries.Length))..].ToImmutableArray();

        var found = new List<BoardEntry>();
        for (var at = entries.Length - 1; at >= 0 && found.Count < missing; at--)
        {
            if (entries[at].Number > last.NumberOf(entries[at].Log))
                found.Add(entries[at]);
        }

        found.Reverse();
        return [.. found];
    }
}
