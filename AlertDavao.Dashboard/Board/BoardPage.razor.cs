using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Board;

public sealed partial class BoardPage
{
    private string _title = "";
    private string? _cursor;
    private IReadOnlyList<string> _own = [];

    /// <summary>The report that is open beside the board; null on the board itself.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>Shown on a wall: large, without names, read-only.</summary>
    [SupplyParameterFromQuery]
    private string? Wall { get; set; }

    private bool IsWall => Wall is not null && Id is null;

    [Inject]
    private BoardFeed Feed { get; set; } = null!;

    [Inject]
    private CityBook City { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    // The page is drawn from the shared picture; its circuit goes on from the same place.
    protected override void OnInitialized()
    {
        Feed.Look(Http.User);
        _title = BoardName.Of(Feed.State.Scope, City).Whole;
        _own = Feed.State.Scope is { IsCityDesk: false } scope ? scope.Logs : [];
        _cursor = Feed.State.Picture.Cursor;
    }
}
