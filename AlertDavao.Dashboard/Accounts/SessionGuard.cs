using AlertDavao.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Ends the circuit that it stands in when the session ends: the page is sent to the sign-in, and a page that does not go
/// loses its circuit all the same. No error boundary may stand above it.
/// </summary>
public sealed class SessionGuard : ComponentBase, IDisposable
{
    /// <summary>How long a page has to go by itself; with the second in which it is told that is under the two promised.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _hold;

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

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;

        if (AccountClaims.SessionOf((await Authentication).User) is { } session)
        {
            _hold = Live.Hold(session, after => InvokeAsync(() => Leave(after)));
            // It may have ended before it was held.
            if (Sessions.IsLive(session))
                return;
        }

        await Leave(TimeSpan.Zero);
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
