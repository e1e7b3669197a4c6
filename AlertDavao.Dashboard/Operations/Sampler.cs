using System.Collections.Immutable;
using AlertDavao.Dashboard.Meters;

namespace AlertDavao.Dashboard.Operations;

/// <summary>What all tiles say at one moment; shared by everybody who looks.</summary>
internal sealed record Snapshot(ImmutableArray<Tile> Tiles);

/// <param name="Now">Null while there is nothing to say.</param>
/// <param name="Line">The last five minutes as the points of a polyline.</param>
internal sealed record Tile(Gauge Gauge, double? Now, string Line);

/// <summary>
/// Reads the product's meter once a second for all who look at it, and not at all while nobody does: then nothing is listened
/// to, and no history is kept.
/// </summary>
internal sealed partial class Sampler(ProductMeter meter, TimeProvider time, ILogger<Sampler> log) : IDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private ImmutableArray<Viewer> _viewers = [];
    private Listening? _listening;
    private ITimer? _timer;

    /// <summary>Pages that look now, for leak tests.</summary>
    public int Viewers => _viewers.Length;

    /// <summary>Whether anything is read.</summary>
    public bool IsListening => _listening is not null;

    /// <summary>From now on each second's snapshot is shown; the last one at once, if somebody looks already. Dispose to stop.</summary>
    /// <param name="show">Must not block.</param>
    public IDisposable Look(Action<Snapshot> show)
    {
        var viewer = new Viewer(this, show);
        Snapshot? last;
        lock (_lock)
        {
            _viewers = _viewers.Add(viewer);
            _listening ??= new Listening(meter);
            _timer ??= time.CreateTimer(_ => Sample(), null, TimeSpan.Zero, Period);
            last = _listening.Last;
        }

        if (last is not null)
            show(last);
        return viewer;
    }

    public void Dispose() => Stop();

    private void Sample()
    {
        Snapshot snapshot;
        lock (_lock)
        {
            if (_listening is not { } listening)
                return;
            try
            {
                listening.Ask();
            }
            catch (AggregateException e)
            {
                // What could not be asked for has no value this time; the others have.
                NotAsked(e.InnerException?.GetType().Name);
            }

            snapshot = listening.Take();
        }

        foreach (var viewer in _viewers)
            viewer.Show(snapshot);
    }

    private void Remove(Viewer viewer)
    {
        lock (_lock)
        {
            _viewers = _viewers.Remove(viewer);
            if (_viewers.IsEmpty)
                Stop();
        }
    }

    private void Stop()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _listening?.Dispose();
            (_timer, _listening) = (null, null);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A meter could not be read: {Failure}.")]
    private partial void NotAsked(string? failure);

    private sealed class Viewer(Sampler sampler, Action<Snapshot> show) : IDisposable
    {
        public void Show(Snapshot snapshot) => show(snapshot);

        public void Dispose() => sampler.Remove(this);
    }
}
