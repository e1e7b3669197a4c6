using System.Globalization;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Geography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Rendering;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Ends the circuit that it stands in when the session ends: the page is sent to the sign-in, and a page that does not go
/// loses its circuit all the same. No error boundary may stand above it. And says to the page whether the session is locked,
/// or ends soon: a page that shows more than a locked one may is sent to the board.
/// </summary>
public sealed class SessionGuard : ComponentBase, IDisposable
{
    /// <summary>How long a page has to go by itself; its socket has a quarter more, and that is under the two seconds promised.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _hold;
    private Guid? _session;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private SessionDirectory Sessions { get; set; } = null!;

    [Inject]
    private LiveSessions Live { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    public void Dispose()
    {
        _hold?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    // Data for the page's styles and its script; the words stand in the page.
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var notice = _session is { } session ? Sessions.NoticeOf(session) : default;
        builder.OpenElement(0, "i");
        builder.AddAttribute(1, "id", "session-state");
        builder.AddAttribute(2, "hidden", true);
        builder.AddAttribute(3, "data-state", notice.State);
        builder.AddAttribute(4, "data-ends", notice.EndsSoonAt is { } at ? ManilaTime.Of(at).ToString("HH:mm", CultureInfo.InvariantCulture) : null);
        builder.CloseElement();
    }

    protected override async Task OnInitializedAsync()
    {
        _session = AccountClaims.SessionOf((await Authentication).User);
        if (!RendererInfo.IsInteractive)
            return;

        if (_session is { } session)
        {
            _hold = Live.Hold(session, after => InvokeAsync(() => Leave(after)), () => InvokeAsync(Look));
            // It may have ended before it was held.
            if (Sessions.IsLive(session))
            {
                Look();
                return;
            }
        }

        await Leave(TimeSpan.Zero);
    }

    private void Look()
    {
        if (_session is { } session && Sessions.IsLocked(session) && SessionLock.WayOut(Navigation) is { } board)
            Navigation.NavigateTo(board, forceLoad: true);
        else
            StateHasChanged();
    }

    private async Task Leave(TimeSpan after)
    {
        try
        {
            if (after > TimeSpan.Zero)
                await Task.Delay(after, Clock, _gone.Token);
            Navigation.NavigateTo(AccountRoutes.SignInAnew, forceLoad: true);
            await Task.Delay(Patience, Clock, _gone.Token);
            await DispatchExceptionAsync(new SessionEnded());
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page went, and its circuit with it.
        }
    }
}

/// <summary>What a circuit ends with whose page did not leave. It is no fault of the program: there is no trace to read.</summary>
internal sealed class SessionEnded() : Exception("The session ended and the page did not leave: its circuit was closed.")
{
    public override string ToString() => Message;
}
