using AlertDavao.Dashboard.Board;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Shell;

public sealed partial class MainLayout
{
    private string? _cursor;

    [Inject]
    private BoardFeed Feed { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    // The circuit goes on from where the page was drawn: what arrives in between is new on every page.
    protected override void OnInitialized()
    {
        if (Http is null)
            return;
        Feed.Look(Http.User);
        _cursor = Feed.State.Picture.Cursor;
    }
}
