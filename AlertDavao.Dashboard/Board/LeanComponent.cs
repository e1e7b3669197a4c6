using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// A part of the board that is drawn when its parameters change and wants nothing else of the renderer: no state of its own, no events,
/// no call after the draw.
/// </summary>
public abstract class LeanComponent : IComponent
{
    private readonly RenderFragment _draw;
    private RenderHandle _handle;

    protected LeanComponent() => _draw = BuildRenderTree;

    public void Attach(RenderHandle renderHandle) => _handle = renderHandle;

    public Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        _handle.Render(_draw);
        return Task.CompletedTask;
    }

    protected virtual void BuildRenderTree(RenderTreeBuilder builder)
    {
    }
}
