using System.Diagnostics;

namespace AlertDavao.Bench.Circuits;

/// <summary>A report's row that came in: <see cref="At"/> is the timestamp of the batch's last byte.</summary>
internal readonly record struct Arrival(Guid Report, long At);

/// <summary>
/// What one screen of a station shows, as far as the generator keeps it: how long it took to draw its rows, and from then on
/// every report that came, in order. Written by the circuit's own reader alone.
/// </summary>
internal sealed class Screen(string station, int rows)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Arrival> _arrivals = [];
    private HashSet<Guid>? _first = [];
    private int _came;

    public string Station => station;

    /// <summary>The first batch with enough rows has come and was acknowledged.</summary>
    public Task Drawn => _drawn.Task;

    public int Rows { get; private set; }

    public double Milliseconds { get; private set; }

    /// <summary>How many reports came since it was drawn; may be read while more come.</summary>
    public int Came => Volatile.Read(ref _came);

    /// <summary>Read when nothing more comes.</summary>
    public IReadOnlyList<Arrival> Arrivals => _arrivals;

    public static void OnBatch(CircuitClient circuit, ReadOnlyMemory<byte> batch, long receivedAt)
        => ((Screen)circuit.Tag!).Take(batch.Span, receivedAt);

    private void Take(ReadOnlySpan<byte> batch, long receivedAt)
    {
        if (_first is null)
        {
            RowScan.Each(batch, _arrivals, receivedAt);
            Volatile.Write(ref _came, _arrivals.Count);
            return;
        }

        RowScan.Collect(batch, _first);
        Rows = _first.Count;
        if (Rows < rows) return;

        _first = null;
        Milliseconds = Stopwatch.GetElapsedTime(_started).TotalMilliseconds;
        _drawn.TrySetResult();
    }
}
