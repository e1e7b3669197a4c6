using System.Collections.Immutable;
using System.Threading.Tasks.Sources;

namespace AlertDavao.Dashboard.Live;

/// <summary>
/// One screen's ear. It holds at most one pending ring: a thousand rings while the screen draws are one more read.
/// Disposing it ends the wait and leaves nothing behind. One waits at a time; a wait allocates nothing, because it is a
/// delivery's.
/// </summary>
internal sealed class Subscription : IDisposable, IValueTaskSource<bool>
{
    private readonly LiveBus _bus;
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _wait = new() { RunContinuationsAsynchronously = true };
    private CancellationToken _cancel;
    private CancellationTokenRegistration _cancelled;
    private ITimer? _timer;
    private bool _isTimed;
    private bool _isRung;
    private bool _isWaited;
    private bool _isDisposed;

    internal Subscription(LiveBus bus, Guid officer, ImmutableArray<string> logs)
    {
        _bus = bus;
        Officer = officer;
        Logs = logs;
    }

    public Guid Officer { get; }

    public ImmutableArray<string> Logs { get; }

    /// <summary>Waits for a ring and takes it; false when the subscription has ended.</summary>
    public ValueTask<bool> Rings(CancellationToken cancel)
    {
        lock (_lock)
        {
            if (cancel.IsCancellationRequested)
                return ValueTask.FromCanceled<bool>(cancel);
            if (_isRung || _isDisposed)
            {
                var rung = _isRung;
                _isRung = false;
                return ValueTask.FromResult(rung);
            }

            _wait.Reset();
            _isWaited = true;
            Watch(cancel);
            return new ValueTask<bool>(this, _wait.Version);
        }
    }

    /// <summary>Rings by itself after that long, unless it is about to already.</summary>
    public void RingIn(TimeSpan wait, TimeProvider time)
    {
        lock (_lock)
        {
            if (_isTimed || _isDisposed)
                return;
            _isTimed = true;
            if (_timer is null)
                _timer = time.CreateTimer(static ear => ((Subscription)ear!).OnTime(), this, wait, Timeout.InfiniteTimeSpan);
            else
                _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _timer?.Dispose();
            // Not waited for: who cancels may be waiting for this lock.
            _cancelled.Unregister();
            if (Answer())
                _wait.SetResult(false);
        }

        _bus.Remove(this);
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _wait.OnCompleted(continuation, state, token, flags);

    internal void Wake()
    {
        lock (_lock)
        {
            if (_isDisposed)
                return;
            if (Answer())
                _wait.SetResult(true);
            else
                _isRung = true;
        }
    }

    // Continuations run elsewhere, so that nothing of theirs happens under the lock.
    private bool Answer()
    {
        var waited = _isWaited;
        _isWaited = false;
        return waited;
    }

    // A screen waits with one token as long as it lives.
    private void Watch(CancellationToken cancel)
    {
        if (_cancel == cancel)
            return;
        _cancelled.Unregister();
        _cancel = cancel;
        _cancelled = cancel.UnsafeRegister(static ear => ((Subscription)ear!).OnCancelled(), this);
    }

    private void OnCancelled()
    {
        lock (_lock)
        {
            if (_cancel.IsCancellationRequested && Answer())
                _wait.SetException(new OperationCanceledException(_cancel));
        }
    }

    private void OnTime()
    {
        lock (_lock)
            _isTimed = false;
        Wake();
    }
}
