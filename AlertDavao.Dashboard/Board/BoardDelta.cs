using System.Collections.Immutable;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Board;

/// <summary>What a screen is told in one go: the new picture, and which entries made it different from the last one.</summary>
/// <param name="Scope">The scope it was read under.</param>
/// <param name="Reset">The screen starts anew: nothing of its last picture holds.</param>
/// <param name="News">Of a reset none, unless the same logs were read before: then what came in since.</param>
internal sealed record BoardDelta(BoardScope Scope, BoardPicture Picture, bool Reset, BoardNews News)
{
    public BoardDelta(BoardScope scope, BoardPicture picture, bool reset, ImmutableArray<BoardEntry> entries)
        : this(scope, picture, reset, new BoardNews(entries))
    {
    }

    public ImmutableArray<BoardEntry> Entries => News.Entries;
}
