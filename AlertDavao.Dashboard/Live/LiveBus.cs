using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;

namespace AlertDavao.Dashboard.Live;

/// <summary>
/// The doorbell: a ring says that a log (or an officer's duties) moved on and carries nothing else, so that a lost or a
/// doubled ring harms nothing. Ringing never waits: who rings is a request that a citizen waits for, and the fan-out has a
/// worker of its own.
/// </summary>
internal sealed class LiveBus
{
    /// <summary>Screens that are woken before others get their turn.</summary>
    private static readonly int AtOnce = 64 * Environment.ProcessorCount;

    private readonly Channel<string> _rung = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, Bell> _bells = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, ImmutableArray<Subscription>> _officers = new();

    /// <summary>Subscriptions alive now, for leak tests and meters.</summary>
    public int Subscribers => _officers.Values.Sum(screens => screens.Length);

    /// <summary>The officers who have a screen now.</summary>
    public IEnumerable<Guid> Officers => _officers.Keys;

    /// <summary>A log has new entries. Rings of one log that nobody has taken yet are one.</summary>
    public void Ring(string log) => Ring(log, Bell.AtOnce);

    /// <summary>A report arrived in a log, and nothing there is another than before: where nobody listens it may wait.</summary>
    public void RingForArrival(string log) => Ring(log, Bell.MayWait);

    /// <summary>An officer's duties changed, or their scope has to be asked anew.</summary>
    public void Ring(Guid officer)
    {
        if (_officers.TryGetValue(officer, out var screens))
            Wake(screens);
    }

    /// <summary>Logs that were rung, each once however often it rang, and whether for arrivals alone; for the one fan-out worker.</summary>
    public async IAsyncEnumerable<(string Log, bool MayWait)> Rung([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var log in _rung.Reader.ReadAllAsync(cancel))
        {
            // Before the log is read: a ring from here on means one more read.
            yield return (log, BellOf(log).Answer() == Bell.MayWait);
        }
    }

    /// <summary>Wakes every screen that listens to the log.</summary>
    public void Wake(string log) => Wake(BellOf(log).Listeners);

    /// <summary>
    /// The same, some at a time, with the pool's other work in between: a report that is being sent does not wait behind the draws of
    /// all of them.
    /// </summary>
    public async Task WakeInTurns(string log)
    {
        var screens = BellOf(log).Listeners;
        for (var at = 0; at < screens.Length; at++)
        {
            if (at > 0 && at % AtOnce == 0)
                await Task.Yield();
            screens[at].Wake();
        }
    }

    /// <summary>
    /// From here on no ring is lost. Subscribe first, then read. A log that nobody listened to is rung: it may have been left behind.
    /// </summary>
    public Subscription Subscribe(Guid officer, ImmutableArray<string> logs)
    {
        var subscription = new Subscription(this, officer, logs);
        _officers.AddOrUpdate(officer, [subscription], (_, screens) => screens.Add(subscription));
        foreach (var log in logs)
        {
            if (BellOf(log).Add(subscription))
                Ring(log);
        }

        return subscription;
    }

    /// <summary>Screens that listen to a log now.</summary>
    public ImmutableArray<Subscription> Listeners(string log) => BellOf(log).Listeners;

    internal void Remove(Subscription subscription)
    {
        foreach (var log in subscription.Logs)
            BellOf(log).Remove(subscription);

        while (_officers.TryGetValue(subscription.Officer, out var screens))
        {
            var rest = screens.Remove(subscription);
            var done = rest.IsEmpty
                ? _officers.TryRemove(new(subscription.Officer, screens))
                : _officers.TryUpdate(subscription.Officer, rest, screens);
            if (done)
                return;
        }
    }

    private void Ring(string log, int how)
    {
        if (BellOf(log).TryRing(how))
            _rung.Writer.TryWrite(log);
    }

    private Bell BellOf(string log) => _bells.GetOrAdd(log, static _ => new Bell());

    private static void Wake(ImmutableArray<Subscription> screens)
    {
        foreach (var screen in screens)
            screen.Wake();
    }

    /// <summary>One log's listeners as an array that is swapped, and whether it has rung since it was last read.</summary>
    private sealed class Bell
    {
        public const int MayWait = 1;
        public const int AtOnce = 2;

        private readonly Lock _lock = new();
        private int _rung;

        public ImmutableArray<Subscription> Listeners { get; private set; } = [];

        /// <returns>Whether it had not rung.</returns>
        public bool TryRing(int how)
            => (how == AtOnce ? Interlocked.Exchange(ref _rung, AtOnce) : Interlocked.CompareExchange(ref _rung, MayWait, 0)) == 0;

        /// <returns>How it had rung: at once, if one ring did.</returns>
        public int Answer() => Interlocked.Exchange(ref _rung, 0);

        /// <returns>Whether it is the first one.</returns>
        public bool Add(Subscription subscription)
        {
            lock (_lock)
            {
                Listeners = Listeners.Add(subscription);
                return Listeners.Length == 1;
            }
        }

        public void Remove(Subscription subscription)
        {
            lock (_lock)
                Listeners = Listeners.Remove(subscription);
        }
    }
}
