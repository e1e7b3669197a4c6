using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// A block of the live list (<see cref="RowBlock"/>): drawn when it is another than before, or when the screen looks at it differently. Of
/// two texts the renderer sees by itself that nothing changed, and does not come here.
/// </summary>
public sealed class RowsBlock : LeanComponent
{
    /// <summary>Which block, and in which state.</summary>
    [Parameter]
    [EditorRequired]
    public string Stamp { get; set; } = "";

    /// <summary>How the screen looks at it: as <see cref="RowMarkup"/> says it.</summary>
    [Parameter]
    [EditorRequired]
    public string Look { get; set; } = "";

    [Inject]
    private BoardFeed Feed { get; set; } = null!;

    protected override void BuildRenderTree(RenderTreeBuilder builder) => RowMarkup.Rows(builder, Feed.State, Stamp);
}
