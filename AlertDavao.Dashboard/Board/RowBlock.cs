using System.Collections.Immutable;
using System.Globalization;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// Rows of a picture that stand one below the other and are drawn together, shared like the picture. A screen compares blocks by
/// their stamps and draws those that changed: what an arrival costs does not grow with the reports that wait above and below it.
/// </summary>
/// <param name="Place">Grows down the list; a block keeps its own from picture to picture, as its rows keep theirs.</param>
/// <param name="Stamp">No other block has it, of this picture or of any other.</param>
/// <param name="Places">Of the rows (<see cref="BoardPlaces"/>).</param>
/// <param name="Others">How many of the rows are not unacknowledged.</param>
internal sealed record RowBlock(int Place, string Stamp, ImmutableArray<BoardRow> Rows, ImmutableArray<int> Places, int Others)
{
    /// <summary>Rows in a block, where arrivals came in one above the other.</summary>
    private const int Size = 32;

    private static long _made;

    /// <summary>The blocks of a list from its top; one that is as it was is the same.</summary>
    /// <param name="rows">In the order of the list.</param>
    /// <param name="places">Of the rows.</param>
    /// <param name="before">The blocks of the picture that these rows follow.</param>
    public static ImmutableArray<RowBlock> Of(ImmutableArray<BoardRow> rows, ImmutableArray<int> places, ImmutableArray<RowBlock> before)
    {
        var blocks = ImmutableArray.CreateBuilder<RowBlock>((rows.Length / Size) + 2);
        var held = 0;
        for (int from = 0, to; from < rows.Length; from = to)
        {
            var place = PlaceOf(places[from]);
            for (to = from + 1; to < rows.Length && PlaceOf(places[to]) == place;)
                to++;
            while (held < before.Length && before[held].Place < place)
                held++;
            var known = held < before.Length && before[held].Place == place ? before[held] : null;
            blocks.Add(known?.Is(rows.AsSpan(from, to - from), places.AsSpan(from, to - from)) == true ? known : Make(place, rows[from..to], places[from..to]));
        }

        return blocks.DrainToImmutable();
    }

    private static int PlaceOf(int row) => row / (Size * BoardPlaces.Step);

    private static RowBlock Make(int place, ImmutableArray<BoardRow> rows, ImmutableArray<int> places)
        => new(place, Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture), rows, places, rows.Count(row => !row.IsUnacknowledged));

    // A row is made anew when anything of it changes.
    private bool Is(ReadOnlySpan<BoardRow> rows, ReadOnlySpan<int> places)
    {
        if (!places.SequenceEqual(Places.AsSpan()))
            return false;
        for (var at = 0; at < rows.Length; at++)
        {
            if (!ReferenceEquals(rows[at], Rows[at]))
                return false;
        }

        return true;
    }
}
