using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace AlertDavao.Dashboard.Live;

/// <summary>
/// What hangs on each session now: circuits and sockets, each as the action that ends it. A session that ends takes all of
/// them with it. And which circuits a session may come back to: who holds a circuit's secret is not therefore its owner.
/// </summary>
internal sealed class LiveSessions
{
    // Of one session; every page that is opened makes one, and only those of a few minutes ago are still there to come back to.
    private const int CircuitsRemembered = 32;

    private readonly ConcurrentDictionary<Guid, ImmutableArray<UInt128>> _circuits = new();
    private readonly ConcurrentDictionary<Guid, ImmutableArray<Holding>> _held = new();

    /// <summary>Who is there.</summary>
    public OfficersPresent Present { get; } = new();

    /// <summary>Circuits and sockets held now, for leak tests.</summary>
    public int Held => _held.Values.Sum(holds => holds.Length);

    /// <summary>Circuits and sockets of one session held now; a circuit whose connection dropped is one of them while it is kept.</summary>
    public int HeldBy(Guid session) => _held.TryGetValue(session, out var holds) ? holds.Length : 0;

    /// <summary>From here on the session's end calls <paramref name="end"/>, once; dispose when it is over by itself.</summary>
    /// <param name="end">Is told after how long, and must not block.</param>
    /// <param name="changed">Something about the session is another than before; must not block.</param>
    public IDisposable Hold(Guid session, Action<TimeSpan> end, Action? changed = null)
    {
        var hold = new Holding(this, session, end, changed);
        _held.AddOrUpdate(session, [hold], (_, holds) => holds.Add(hold));
        return hold;
    }

    /// <summary>The circuit belongs to the session.</summary>
    public void Own(Guid session, string circuitSecret)
    {
        var name = NameOf(circuitSecret);
        _circuits.AddOrUpdate(session, [name], (_, names) => [.. names.TakeLast(CircuitsRemembered - 1), name]);
    }

    public bool Owns(Guid session, string circuitSecret)
        => _circuits.TryGetValue(session, out var names) && names.Contains(NameOf(circuitSecret));

    /// <summary>Whether it is any session's.</summary>
    public bool IsOwned(string circuitSecret)
    {
        var name = NameOf(circuitSecret);
        return _circuits.Values.Any(names => names.Contains(name));
    }

    /// <summary>Tells everything that hangs on the session that something about it changed.</summary>
    public void Tell(Guid session)
    {
        if (!_held.TryGetValue(session, out var holds))
            return;
        foreach (var hold in holds)
            hold.Tell();
    }

    /// <summary>Ends everything that hangs on the session.</summary>
    /// <param name="after">Zero, but for the session that asked for it: its page is still waiting for the answer.</param>
    public void End(Guid session, TimeSpan after = default)
    {
        _circuits.TryRemove(session, out _);
        if (!_held.TryRemove(session, out var holds))
            return;
        foreach (var hold in holds)
            hold.End(after);
    }

    // The secret itself is nowhere kept.
    private static UInt128 NameOf(string circuitSecret)
        => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(circuitSecret)));

    private void Remove(Holding hold)
    {
        while (_held.TryGetValue(hold.Session, out var holds))
        {
            var rest = holds.Remove(hold);
            var done = rest.IsEmpty
                ? _held.TryRemove(new(hold.Session, holds))
                : _held.TryUpdate(hold.Session, rest, holds);
            if (done)
                return;
        }
    }

    private sealed class Holding(LiveSessions owner, Guid session, Action<TimeSpan> end, Action? changed) : IDisposable
    {
        public Guid Session => session;

        public void End(TimeSpan after) => end(after);

        public void Tell() => changed?.Invoke();

        public void Dispose() => owner.Remove(this);
    }
}
