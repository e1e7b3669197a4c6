using System.Collections.Concurrent;

namespace AlertDavao.Dashboard.Live;

/// <summary>The officers somebody of whom has a connection now: a screen's, or a device's feed. One that dropped is gone at once.</summary>
internal sealed class OfficersPresent
{
    private readonly ConcurrentDictionary<Guid, int> _connections = new();

    public bool Has(Guid officer) => _connections.ContainsKey(officer);

    /// <summary>How many of them.</summary>
    public int Of(Guid officer) => _connections.GetValueOrDefault(officer);

    /// <summary>One more connection of the officer; dispose when it is over.</summary>
    public IDisposable Enter(Guid officer)
    {
        _connections.AddOrUpdate(officer, 1, (_, count) => count + 1);
        return new Connection(this, officer);
    }

    private void Leave(Guid officer)
    {
        while (_connections.TryGetValue(officer, out var count))
        {
            var done = count > 1 ? _connections.TryUpdate(officer, count - 1, count) : _connections.TryRemove(new(officer, count));
            if (done)
                return;
        }
    }

    private sealed class Connection(OfficersPresent present, Guid officer) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
                present.Leave(officer);
        }
    }
}
