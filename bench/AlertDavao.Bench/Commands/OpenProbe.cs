using System.Diagnostics;
using AlertDavao.Bench.Circuits;

namespace AlertDavao.Bench.Commands;

/// <summary>Times one opening: from the request for the page to the acknowledged batch that draws the rows.</summary>
internal sealed class OpenProbe(int rows)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Drawn => _drawn.Task;

    public int Rows { get; private set; }

    public double Milliseconds { get; private set; }

    /// <summary>The tag is dropped at the first batch with rows; from then on a batch costs one comparison.</summary>
    public static void OnBatch(CircuitClient circuit, ReadOnlyMemory<byte> batch, long receivedAt)
    {
        if (circuit.Tag is not OpenProbe probe || !probe.Drew(batch)) return;
        circuit.Tag = null;
    }

    private bool Drew(ReadOnlyMemory<byte> batch)
    {
        var ids = new HashSet<Guid>();
        RowScan.Collect(batch.Span, ids);
        Rows = Math.Max(Rows, ids.Count);
        if (Rows < rows) return false;

        Milliseconds = Stopwatch.GetElapsedTime(_started).TotalMilliseconds;
        _drawn.TrySetResult();
        return true;
    }
}
