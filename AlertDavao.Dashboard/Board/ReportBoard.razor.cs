using System.Globalization;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Geography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace AlertDavao.Dashboard.Board;

public sealed partial class ReportBoard
{
    private IDisposable? _attached;

    // Kept between draws and filled anew by each: no list is made a delivery.
    private readonly List<BoardRow> _rows = [];

    /// <summary>The cursor of the page that this island was drawn into.</summary>
    [Parameter]
    public string? Since { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private BoardFeed Feed { get; set; } = null!;

    [Inject]
    private CityBook City { get; set; } = null!;

    private BoardState State => Feed.State;

    private BoardName Name => BoardName.Of(State.Scope, City);

    private string Shown => _rows.Count == 1
        ? BoardTexts.OneReportShown
        : string.Format(CultureInfo.CurrentCulture, BoardTexts.ReportsShown, _rows.Count);

    /// <summary>Unacknowledged reports beyond the bound of the list; they are counted, never forgotten.</summary>
    private int Unlisted => Math.Max(0, State.Picture.Counters.Unacknowledged - BoardPicture.MaxUnacknowledged);

    private (string Long, string Short) Complete
    {
        get
        {
            var logs = State.Picture.Positions;
            var at = ManilaTime.Of(State.Picture.At).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            object number = logs.Length == 1 ? logs[0].Number.ToString("N0", CultureInfo.CurrentCulture) : logs.Length;
            return logs.Length == 1
                ? (Format(BoardTexts.CompleteOne, number, at), Format(BoardTexts.CompleteOneShort, number, at))
                : (Format(BoardTexts.CompleteAll, number, at), Format(BoardTexts.CompleteAllShort, number, at));
        }
    }

    public void Dispose() => _attached?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        // Drawn into a page there is nobody to follow for: only the circuit's island subscribes.
        Feed.Look(user);
        Gather();
        if (!RendererInfo.IsInteractive)
            return;

        _attached = Feed.Attach(isBoard: true, InvokeAsync, Draw);
        Feed.Open(user, Since);
    }

    private void Draw()
    {
        Gather();
        StateHasChanged();
    }

    private void ShowMore()
    {
        Feed.ShowMore();
        Gather();
    }

    private void Gather()
    {
        _rows.Clear();
        _rows.AddRange(State.Rows);
    }

    private static string Format(string text, object number, string at) => string.Format(CultureInfo.CurrentCulture, text, number, at);
}
