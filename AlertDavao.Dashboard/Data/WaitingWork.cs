namespace AlertDavao.Dashboard.Data;

/// <summary>
/// What waits for the one thread that does it: first come, first served, so many at most. Who waits for work sleeps; the framework's own
/// collection keeps the processor for a while before it does, each time, and the screens want it.
/// </summary>
/// <param name="limit">How many may wait.</param>
internal sealed class WaitingWork<T>(int limit)
{
    // Waited on: no Lock can be.
    private readonly object _gate = new();
    private readonly Queue<T> _waiting = new();
    private bool _isClosed;

    public int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    public bool IsClosed => Volatile.Read(ref _isClosed);

    /// <returns>False when too many wait, or no more is taken.</returns>
    public bool TryAdd(T work)
    {
        lock (_gate)
        {
            if (_isClosed || _waiting.Count >= limit)
                return false;
            _waiting.Enqueue(work);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>No more is taken; what waits is still done.</summary>
    public void Close()
    {
        lock (_gate)
        {
            Volatile.Write(ref _isClosed, true);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for work and moves what waits, up to so much, into an empty list.</summary>
    /// <returns>False when there is none and none will come.</returns>
    public bool Take(List<T> into, int most)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_isClosed)
                    return false;
                Monitor.Wait(_gate);
            }

            while (into.Count < most && _waiting.TryDequeue(out var work))
                into.Add(work);
            return true;
        }
    }
}
