using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Officers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace AlertDavao.Dashboard.Board;

public sealed partial class AlertIsland
{
    private IDisposable? _attached;
    private Guid? _officer;
    private BoardScope? _scope;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>The cursor of the page that this island was drawn into.</summary>
    [Parameter]
    public string? Since { get; set; }

    [Inject]
    private BoardFeed Feed { get; set; } = null!;

    [Inject]
    private ScopeDirectory Scopes { get; set; } = null!;

    [Inject]
    private AlertOptions Options { get; set; } = null!;

    private BoardState State => Feed.State;

    /// <summary>Whose escalations this page sounds.</summary>
    private string Role => (State.Scope ?? _scope) switch
    {
        { IsCityDesk: true } => "desk",
        { } scope when scope.Logs.Any(log => scope.RoleAt(log) >= DutyRole.StationAdmin) => "admin",
        _ => "officer",
    };

    /// <summary>The highest severity that waits for an acknowledgement, and how far up it was told; on a page without a board.</summary>
    private (string? Css, string Level) Waits => State.Waiting is { } waiting
        ? (Words.Css(waiting.Severity), ((int)waiting.Level).ToString(CultureInfo.InvariantCulture))
        : (null, "0");

    /// <summary>The reports of the last burst, as the script keeps count of them.</summary>
    private string Burst => string.Join(' ', State.Burst.Select(row => row.Attributes.Id));

    private (string Css, string Word, string Title, string Place) Foremost => State.Foremost is { } row
        ? (Words.Css(row.Severity), Words.Of(row.Severity), row.Title, row.Barangay ?? BoardTexts.NoPlace)
        : ("low", "", "", "");

    private static string MovedWords(BoardScope scope) => scope switch
    {
        { IsEmpty: true } => BoardTexts.NowNoDuty,
        { IsCityDesk: true } => BoardTexts.NowCityDesk,
        _ => string.Format(CultureInfo.CurrentCulture, BoardTexts.NowOn, string.Join(", ", scope.Logs)),
    };

    public void Dispose() => _attached?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        _officer = AccountClaims.OfficerOf(user);
        if (_officer is { } officer)
            _scope = Scopes.Of(officer);
        if (!RendererInfo.IsInteractive)
            return;

        _attached = Feed.Attach(isBoard: false, InvokeAsync, StateHasChanged);
        Feed.Open(user, Since);
    }
}
