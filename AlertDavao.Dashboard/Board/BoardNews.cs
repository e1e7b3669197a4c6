using System.Collections.Immutable;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Board;

/// <summary>What came after a picture: the same for every screen that has drawn that one, and made once for them.</summary>
internal sealed class BoardNews
{
    /// <summary>Arrivals a screen is told about by name in one burst; the count is always right.</summary>
    public const int MaxNamed = 50;

    public static readonly BoardNews None = new([]);

    /// <param name="entries">Oldest first.</param>
    public BoardNews(ImmutableArray<BoardEntry> entries)
    {
        Entries = entries;
        var burst = ImmutableArray.CreateBuilder<BoardRow>();
        for (var at = entries.Length - 1; at >= 0; at--)
        {
            HasCritical |= entries[at].Row?.Severity == Severity.Critical;
            if (entries[at] is not { Kind: EntryKind.Arrived, Row: { } row })
                continue;
            if (burst.Count < MaxNamed)
                burst.Add(row);
            BurstSize++;
        }

        Burst = burst.DrainToImmutable();
    }

    public ImmutableArray<BoardEntry> Entries { get; }

    /// <summary>An entry of a Critical report never waits for a gap between draws.</summary>
    public bool HasCritical { get; }

    /// <summary>What came in, newest first, at most <see cref="MaxNamed"/>.</summary>
    public ImmutableArray<BoardRow> Burst { get; }

    /// <summary>How many came in.</summary>
    public int BurstSize { get; }
}
