using System.Diagnostics;

namespace AlertDavao.Bench.Circuits;

/// <summary>A report's row that came in: <see cref="At"/> is the timestamp of the batch's last byte.</summary>
internal readonly record struct Arrival(Guid Report, long At);

/// <summary>
/// What one screen of a station shows, as far as the generator keeps it: how long it took to draw its rows, and from then on
/// every report that came, in order.
/// </summary>
internal sealed class Screen(string station, int rows)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Guid> _first = [];
    private readonly HashSet<Guid> _known = [];
    private readonly List<Arrival> _arrivals = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private TaskCompletionSource _drawn = NewSource();
    private (HashSet<Guid> Missing, TaskCompletionSource Complete)? _awaited;
    private HashSet<Guid>? _drawing;
    private bool _isDrawn;
    private int _came;

    public string Station => station;

    /// <summary>The first batch with enough rows has come and was acknowledged.</summary>
    public Task Drawn => _drawn.Task;

    public int Rows => _first.Count;

    public double Milliseconds { get; private set; }

    /// <summary>How many reports came since it was drawn; may be read while more come.</summary>
    public int Came => Volatile.Read(ref _came);

    /// <summary>Read when nothing more comes.</summary>
    public IReadOnlyList<Arrival> Arrivals => _arrivals;

    public static void OnBatch(CircuitClient circuit, ReadOnlyMemory<byte> batch, long receivedAt)
        => ((Screen)circuit.Tag!).Take(batch.Span, receivedAt);

    /// <summary>Ends when all of these are on the screen.</summary>
    public Task Has(IEnumerable<Guid> reports)
    {
        lock (_lock)
        {
            var missing = reports.Where(report => !_arrivals.Exists(known => known.Report == report)).ToHashSet();
            var complete = NewSource();
            if (missing.Count == 0) complete.SetResult();
            else _awaited = (missing, complete);
            return complete.Task;
        }
    }

    /// <summary>The page is loaded anew: what it draws first is on the screen, too, and no arrival that was there before.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            _drawing = [];
            _drawn = NewSource();
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Take(ReadOnlySpan<byte> batch, long receivedAt)
    {
        lock (_lock)
        {
            if (!_isDrawn) First(batch);
            else if (_drawing is not null) Anew(_drawing, batch, receivedAt);
            else
            {
                RowScan.Each(batch, _known, _arrivals, receivedAt);
                Told();
            }
        }
    }

    private void First(ReadOnlySpan<byte> batch)
    {
        RowScan.Collect(batch, _first);
        if (_first.Count < rows) return;

        _isDrawn = true;
        _known.UnionWith(_first);
        Milliseconds = Stopwatch.GetElapsedTime(_started).TotalMilliseconds;
        _drawn.TrySetResult();
    }

    private void Anew(HashSet<Guid> drawing, ReadOnlySpan<byte> batch, long receivedAt)
    {
        RowScan.Collect(batch, drawing);
        if (drawing.Count < rows) return;

        _drawing = null;
        foreach (var report in drawing)
        {
            if (_known.Add(report)) _arrivals.Add(new(report, receivedAt));
        }

        Told();
        _drawn.TrySetResult();
    }

    private void Told()
    {
        if (_awaited is { } awaited)
        {
            for (var at = _came; at < _arrivals.Count; at++) awaited.Missing.Remove(_arrivals[at].Report);
            if (awaited.Missing.Count == 0)
            {
                _awaited = null;
                awaited.Complete.TrySetResult();
            }
        }

        Volatile.Write(ref _came, _arrivals.Count);
    }
}
