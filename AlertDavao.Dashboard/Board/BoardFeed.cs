using System.Collections.Immutable;
using System.Security.Claims;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Dashboard.Meters;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// One circuit's live board, shared by its islands. Subscribes first, then reads, then follows; a wake-up reads what came
/// after the picture it has, so a ring more or less changes nothing. One island draws at a time: the board where there is
/// one, else the alert island, so that a delivery is one render batch.
/// </summary>
internal sealed partial class BoardFeed(
    LiveBus bus, BoardReader reader, ScopeDirectory scopes, SessionDirectory sessions, Presence presence, ViewedReports viewed,
    OfficerNotices notices, SoundWatch sound, StationWatch stations, ProductMeter meter,
    TimeProvider time, ILogger<BoardFeed> log) : IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    // Islands come and go on the circuit's dispatcher while the feed looks: an array that is swapped.
    private ImmutableArray<Island> _islands = [];
    private DrawGate _gate = new();
    private Task _following = Task.CompletedTask;

    // One draw at a time; kept in fields because a delivery shall make nothing that it can do without.
    private Action? _show;
    private BoardDelta? _delta;
    private Island? _drawing;
    private bool _isShown;

    private Guid _officer;
    private Guid _session;
    private bool _opened;

    public BoardState State { get; private set; } = BoardState.Opening;

    /// <summary>The board as it is now, for a page that is drawn once: nothing is subscribed.</summary>
    public void Look(ClaimsPrincipal user)
    {
        if (State.Scope is null && AccountClaims.OfficerOf(user) is { } officer)
        {
            _session = AccountClaims.SessionOf(user) ?? Guid.Empty;
            State = WithWatchers(State.Apply(reader.Open(scopes.Of(officer))));
        }
    }

    /// <summary>Starts to follow; the circuit's first island does, later calls change nothing.</summary>
    /// <param name="since">The cursor of the page that the circuit took over: what came after it is new on this screen.</param>
    public void Open(ClaimsPrincipal user, string? since)
    {
        if (_opened || AccountClaims.OfficerOf(user) is not { } officer || AccountClaims.SessionOf(user) is not { } session)
            return;

        _opened = true;
        _officer = officer;
        _session = session;
        if (Cursor.TryParse(since, out var cursor))
            State = State with { OpenedAt = cursor };
        _following = Follow(_stop.Token);
    }

    /// <summary>An island asks to be drawn; dispose to stop. The last board that asked draws, else the last other island.</summary>
    /// <param name="onCircuit">Runs an action on the circuit's dispatcher.</param>
    public IDisposable Attach(bool isBoard, Func<Action, Task> onCircuit, Action draw)
    {
        var island = new Island(this, isBoard, onCircuit, draw);
        _islands = _islands.Add(island);
        return island;
    }

    /// <summary>The report that this circuit's page has open beside the board; null for none.</summary>
    public void Views(Guid? report) => viewed.Views(this, _officer, report);

    public void ShowMore() => State = State.ShowMore();

    public async ValueTask DisposeAsync()
    {
        Views(null);
        await _stop.CancelAsync();
        await _following;
        _stop.Dispose();
    }

    private async Task Follow(CancellationToken stop)
    {
        // The caller is a component's initialisation; what follows is not part of it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                // One that has ended never is again, and its circuit ends; one that could not be confirmed may be.
                if (!sessions.IsLive(_session))
                    await Task.Delay(AfterFailure, time, stop).ConfigureAwait(false);
                else
                    await FollowScope(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                // The circuit went while it was being drawn.
                return;
            }
            catch (Exception e)
            {
                FeedFailed(e);
                await Task.Delay(AfterFailure, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Follows the logs of one scope until it is no longer in force.</summary>
    private async Task FollowScope(CancellationToken stop)
    {
        var scope = scopes.Of(_officer);
        using var subscription = bus.Subscribe(_officer, scope.Logs);
        if (!await Draw(Opening(scope)).ConfigureAwait(false))
            return;

        while (await subscription.Rings(stop).ConfigureAwait(false))
        {
            if (!scopes.IsLive(scope) || !sessions.IsLive(_session) || sessions.IsLocked(_session) != State.IsLocked)
                return;
            if (reader.After(State.Picture, scope) is not { } delta)
            {
                // Nothing came into the logs; the officer may have been told something in person.
                if (IsToldMore(scope) && !await Draw(new BoardDelta(scope, State.Picture, false, BoardNews.None)).ConfigureAwait(false))
                    return;
                continue;
            }

            // What is not critical waits for the gap; every ring meanwhile may bring what cannot.
            var wait = delta.News.HasCritical ? TimeSpan.Zero : _gate.Wait(time);
            if (wait > TimeSpan.Zero)
                subscription.RingIn(wait, time);
            else if (!await Draw(delta).ConfigureAwait(false))
                return;
        }
    }

    // The same logs read anew (the session locked, a scope could not be confirmed): what came in meanwhile is an arrival here, and
    // a page without a board hears of it by the burst alone.
    private BoardDelta Opening(BoardScope scope)
    {
        var opening = reader.Open(scope);
        return State.Scope?.Key == scope.Key && State.Picture.Epoch == opening.Picture.Epoch
            ? opening with { News = opening.Picture.Since(State.Picture) }
            : opening;
    }

    /// <summary>Applies and draws on the circuit's dispatcher; false when the scope or the session is no longer in force: nothing was shown.</summary>
    private async ValueTask<bool> Draw(BoardDelta delta)
    {
        (_delta, _drawing, _isShown) = (delta, Drawing(), false);
        if (_drawing is { } island)
            await island.OnCircuit(_show ??= Show).ConfigureAwait(false);
        else
            Show();
        if (_isShown)
            meter.Deliveries.ToScreen();
        _gate.Drew(time);
        return _isShown;
    }

    private void Show()
    {
        var delta = _delta!;
        // The last check before anything becomes visible; in memory.
        if (!scopes.IsLive(delta.Scope) || !sessions.IsLive(_session))
            return;
        _isShown = true;
        var before = State;
        State = WithWatchers(State.Apply(delta));
        // The city desk stays the city desk when there is one station more.
        if (before.Scope is { } held && held.Key != delta.Scope.Key && !(held.IsCityDesk && delta.Scope.IsCityDesk))
            State = State with { MovedTo = delta.Scope };
        _drawing?.Draw();
        if (State.Notices == before.Notices && State.Muted == before.Muted && State.Unwatched == before.Unwatched && (before.Scope is null || before.Scope == State.Scope))
            return;
        // What the officer is told in person, and as what they serve, stands in the alert island, of which a board draws nothing.
        foreach (var island in _islands)
        {
            if (island != _drawing)
                island.Draw();
        }
    }

    private Island? Drawing()
    {
        var islands = _islands;
        return islands.LastOrDefault(island => island.IsBoard) ?? islands.LastOrDefault();
    }

    private BoardState WithWatchers(BoardState state)
        => state.Scope is { } scope ? state with { Watchers = presence.Of(scope), IsLocked = sessions.IsLocked(_session), Viewing = viewed.Of(scope), Notices = notices.Of(scope.OfficerId), Muted = sound.MutedOf(scope), Unwatched = stations.UnwatchedOf(scope) } : state;

    private bool IsToldMore(BoardScope scope)
        => notices.Of(_officer) != State.Notices || sound.MutedOf(scope) != State.Muted || stations.UnwatchedOf(scope) != State.Unwatched;

    [LoggerMessage(LogLevel.Error, "A screen's feed failed and starts anew.")]
    private partial void FeedFailed(Exception exception);

    private sealed class Island(BoardFeed feed, bool isBoard, Func<Action, Task> onCircuit, Action draw) : IDisposable
    {
        public bool IsBoard => isBoard;

        public Task OnCircuit(Action action) => onCircuit(action);

        public void Draw() => draw();

        public void Dispose() => feed._islands = feed._islands.Remove(this);
    }
}
