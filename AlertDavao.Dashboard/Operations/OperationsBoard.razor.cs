using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Duty;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace AlertDavao.Dashboard.Operations;

public sealed partial class OperationsBoard
{
    // What the page is drawn with before anything was read.
    private static readonly IReadOnlyList<Tile> Unread = [.. Gauge.All.Select(gauge => new Tile(gauge, null, ""))];

    private Guid? _officer;
    private Guid? _session;
    private IDisposable? _looking;
    private Snapshot? _snapshot;
    private bool _mayLook = true;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private Sampler Sampler { get; set; } = null!;

    [Inject]
    private ScopeDirectory Scopes { get; set; } = null!;

    [Inject]
    private SessionDirectory Sessions { get; set; } = null!;

    private IReadOnlyList<Tile> Tiles => _snapshot?.Tiles ?? Unread;

    private static string ViewBox => $"0 0 {Sparkline.Width} {Sparkline.Height}";

    public void Dispose() => _looking?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        (_officer, _session) = (AccountClaims.OfficerOf(user), AccountClaims.SessionOf(user));
        _mayLook = MayLook();
        if (RendererInfo.IsInteractive && _mayLook)
            _looking = Sampler.Look(snapshot => InvokeAsync(() => Show(snapshot)));
    }

    // In memory, before anything is shown: what was the city desk's a second ago may be nobody's now.
    private bool MayLook() => _officer is { } officer && _session is { } session
        && Sessions.IsLive(session) && !Sessions.IsLocked(session) && Scopes.Of(officer).IsCityDesk;

    private void Show(Snapshot snapshot)
    {
        _mayLook = MayLook();
        _snapshot = _mayLook ? snapshot : null;
        StateHasChanged();
    }
}
