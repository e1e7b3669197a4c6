using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// A block of the live list (<see cref="RowBlock"/>): drawn when it is another than before, or when the screen looks at it differently. Of
/// two texts the renderer sees by itself that nothing changed, and does not come here.
/// </summary>
public sealed class RowsBlock : IComponent
{
    private readonly RenderFragment _draw;
    private RenderHandle _handle;

    public RowsBlock() => _draw = builder => RowMarkup.Rows(builder, Feed.State, Stamp);

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

    public void Attach(RenderHandle renderHandle) => _handle = renderHandle;

    public Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        _handle.Render(_draw);
        return Task.CompletedTask;
    }
}
