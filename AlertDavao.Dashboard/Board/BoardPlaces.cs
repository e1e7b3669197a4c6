using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// Where each row of a picture stands, as a number that grows down the list and that a report keeps from picture to picture.
/// With it two draws of a list are compared like two sorted columns: an arrival is one step, and no screen has to look its
/// rows up by their keys.
/// </summary>
internal static class BoardPlaces
{
    // Urgent rows have the lower half, so that what arrives below them finds room, too.
    private const int Half = 1 << 30;

    /// <summary>
    /// Room between two rows: an urgent one that is acknowledged goes down to its time, between the two. A quarter of a million
    /// arrivals fit in above one another.
    /// </summary>
    public const int Step = 4096;

    /// <param name="rows">In the order of the list.</param>
    /// <param name="before">The picture that these rows follow; any other costs nothing but that rows are drawn anew.</param>
    public static ImmutableArray<int> Of(ImmutableArray<BoardRow> rows, BoardPicture before)
    {
        var held = new Dictionary<Guid, int>(before.Rows.Length);
        for (var at = 0; at < before.Rows.Length; at++)
            held[before.Rows[at].Id] = before.Places[at];

        var places = new int[rows.Length];
        var normal = 0;
        while (normal < rows.Length && rows[normal].IsUrgent)
            normal++;
        Place(rows.AsSpan()[..normal], places.AsSpan(0, normal), held, 0);
        Place(rows.AsSpan()[normal..], places.AsSpan(normal), held, Half);
        return ImmutableCollectionsMarshal.AsImmutableArray(places);
    }

    // From the end of the list to its top, where arrivals come in.
    private static void Place(ReadOnlySpan<BoardRow> rows, Span<int> places, Dictionary<Guid, int> held, int from)
    {
        var below = from + Half - 1;
        for (var at = rows.Length - 1; at >= 0; at--)
        {
            if (held.TryGetValue(rows[at].Id, out var place) && place >= from && place < below)
                below = places[at] = place;
            else if (Free(rows, at, held, from, below) is { } free)
                below = places[at] = free;
            else
            {
                Anew(places, from);
                return;
            }
        }
    }

    // Between two rows that have their places, its share of the room is its share of the time: in whatever order urgent rows are
    // acknowledged, each finds what the others left. Above all that are held, a step.
    private static int? Free(ReadOnlySpan<BoardRow> rows, int at, Dictionary<Guid, int> held, int from, int below)
    {
        var above = from;
        var next = at - 1;
        for (; next >= 0; next--)
        {
            if (held.TryGetValue(rows[next].Id, out var place) && place >= from && place < below)
            {
                above = place;
                break;
            }
        }

        var (room, between) = (below - above, at - next);
        if (room <= between)
            return null;
        var share = next >= 0 && at + 1 < rows.Length && rows[next].ReceivedAt > rows[at + 1].ReceivedAt
            ? (int)(room * ((rows[at].ReceivedAt - rows[at + 1].ReceivedAt) / (rows[next].ReceivedAt - rows[at + 1].ReceivedAt)))
            : Math.Min(Step, room / (between + 1));
        return below - Math.Clamp(share, 1, room - between);
    }

    private static void Anew(Span<int> places, int from)
    {
        var place = from + Half - 1;
        for (var at = places.Length - 1; at >= 0; at--)
            places[at] = place -= Step;
    }
}
