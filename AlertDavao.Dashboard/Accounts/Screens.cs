using System.Collections.Concurrent;
using AlertDavao.Dashboard.Limits;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>How many screens are open, in all and of each officer.</summary>
internal sealed class Screens(LimitOptions limits)
{
    private readonly ConcurrentDictionary<Guid, int> _open = new();
    private int _all;

    /// <summary>Screens open now.</summary>
    public int Open => Volatile.Read(ref _all);

    /// <summary>Whether one more would be refused.</summary>
    public bool IsFull(Guid officer)
        => (limits.CircuitsPerUser > 0 && _open.GetValueOrDefault(officer) >= limits.CircuitsPerUser)
            || (limits.CircuitsPerNode > 0 && Volatile.Read(ref _all) >= limits.CircuitsPerNode);

    /// <summary>Counts one more screen, unless there are too many.</summary>
    public bool TryOpen(Guid officer)
    {
        var all = Interlocked.Increment(ref _all);
        var own = _open.AddOrUpdate(officer, 1, (_, count) => count + 1);
        if ((limits.CircuitsPerUser == 0 || own <= limits.CircuitsPerUser) && (limits.CircuitsPerNode == 0 || all <= limits.CircuitsPerNode))
            return true;

        Close(officer);
        return false;
    }

    public void Close(Guid officer)
    {
        Interlocked.Decrement(ref _all);
        while (_open.TryGetValue(officer, out var count))
        {
            var done = count > 1 ? _open.TryUpdate(officer, count - 1, count) : _open.TryRemove(new(officer, count));
            if (done)
                return;
        }
    }
}
