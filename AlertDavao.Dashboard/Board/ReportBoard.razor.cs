using System.Globalization;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;

namespace AlertDavao.Dashboard.Board;

public sealed partial class ReportBoard
{
    private readonly RenderFragment _list;
    private readonly BoardWords _words = BoardWords.Here;
    private IDisposable? _attached;
    private int _shown;
    private string? _shownText;
    private (BoardScope? Scope, BoardName Name)? _name;
    private string? _heading;
    private (Cursor OpenedAt, bool IsLocked) _looked = (Cursor.Empty, false);
    private int _looks;
    private string _look = "0";

    public ReportBoard() => _list = builder => RowMarkup.List(builder, State, LookOfRows);

    /// <summary>The cursor of the page that this island was drawn into.</summary>
    [Parameter]
    public string? Since { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private BoardFeed Feed { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private CityBook City { get; set; } = null!;

    private BoardState State => Feed.State;

    private BoardFigures Figures => State.Picture.Figures;

    private BoardName Name
    {
        get
        {
            if (_name is not { } known || !ReferenceEquals(known.Scope, State.Scope))
            {
                _name = known = (State.Scope, BoardName.Of(State.Scope, City));
                _heading = null;
            }

            return known.Name;
        }
    }

    private string Heading
    {
        get
        {
            // Of another name there is none yet.
            var name = Name;
            return _heading ??= string.Format(CultureInfo.CurrentCulture, BoardTexts.BoardOf, name.Whole);
        }
    }

    // Open reports that this officer has claimed.
    private string Mine
        => State.Picture.ClaimedBy(State.Scope!.OfficerId) is var claimed and not 0 ? claimed.ToString(CultureInfo.CurrentCulture) : "0";

    private string Shown
    {
        get
        {
            if (State.Shown != _shown || _shownText is null)
            {
                _shown = State.Shown;
                _shownText = _shown == 1 ? BoardTexts.OneReportShown : string.Format(CultureInfo.CurrentCulture, BoardTexts.ReportsShown, _shown);
            }

            return _shownText;
        }
    }

    // What of a screen's own its rows depend on: from where on they are new here, and whether they may be read.
    private string LookOfRows
    {
        get
        {
            var (openedAt, isLocked) = (State.OpenedAt, State.IsLocked);
            if (!ReferenceEquals(openedAt, _looked.OpenedAt) || isLocked != _looked.IsLocked)
            {
                _looked = (openedAt, isLocked);
                _look = (++_looks).ToString(CultureInfo.InvariantCulture);
            }

            return _look;
        }
    }

    /// <summary>Unacknowledged reports beyond the bound of the list; they are counted, never forgotten.</summary>
    private int Unlisted => Math.Max(0, State.Picture.Counters.Unacknowledged - BoardPicture.MaxUnacknowledged);

    public void Dispose()
    {
        if (_attached is null)
            return;
        _attached.Dispose();
        Navigation.LocationChanged -= Look;
        Feed.Views(null);
    }

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        // Drawn into a page there is nobody to follow for: only the circuit's island subscribes.
        Feed.Look(user);
        if (!RendererInfo.IsInteractive)
            return;

        _attached = Feed.Attach(isBoard: true, InvokeAsync, StateHasChanged);
        Feed.Open(user, Since);
        Navigation.LocationChanged += Look;
        Feed.Views(OpenReport);
    }

    // The page tells its circuit where it is; nothing is drawn for that.
    private void Look(object? sender, LocationChangedEventArgs to) => Feed.Views(OpenReport);

    private Guid? OpenReport
        => Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0].Split('/') is ["reports", var id] && Guid.TryParse(id, out var report) ? report : null;

    private void ShowMore() => Feed.ShowMore();
}
