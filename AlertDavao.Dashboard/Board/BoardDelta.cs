using System.Collections.Immutable;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Board;

/// <summary>What a screen is told in one go: the new picture, and which entries made it different from the last one.</summary>
/// <param name="Scope">The scope it was read under.</param>
/// <param name="Reset">The screen starts anew: nothing of its last picture holds.</param>
/// <param name="Entries">Oldest first; after a reset none.</param>
internal sealed record BoardDelta(BoardScope Scope, BoardPicture Picture, bool Reset, ImmutableArray<BoardEntry> Entries)
{
    /// <summary>An entry of a Critical report never waits for a gap between draws.</summary>
    public bool HasCritical => Entries.Any(entry => entry.Row?.Severity == Domain.Reports.Severity.Critical);

    /// <summary>What came in, oldest first.</summary>
    public IEnumerable<BoardRow> Arrivals
        => Entries.Where(entry => entry is { Kind: EntryKind.Arrived, Row: not null }).Select(entry => entry.Row!);
}
