using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace AlertDavao.Bench.Circuits;

/// <summary>One clock for all circuits, instead of a timer in each; it looks at a slice of them per tick so that pings do not come in one burst.</summary>
internal sealed class KeepAlive : IAsyncDisposable
{
    private const int Slices = 20;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SilentServer = TimeSpan.FromSeconds(30);

    // A little under the tick's full round of 5 s, so that a circuit's turn never comes just too early.
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(14);

    private readonly ConcurrentQueue<CircuitClient>[] _slices = [.. Enumerable.Range(0, Slices).Select(_ => new ConcurrentQueue<CircuitClient>())];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private int _added;

    public KeepAlive() => _running = RunAsync();

    public void Add(CircuitClient circuit) =>
        _slices[(uint)Interlocked.Increment(ref _added) % Slices].Enqueue(circuit);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        try
        {
            for (var turn = 0; await timer.WaitForNextTickAsync(_stop.Token); turn++)
            {
                foreach (var circuit in _slices[turn % Slices]) LookAfter(circuit);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private static void LookAfter(CircuitClient circuit)
    {
        if (circuit.Fault is not null || circuit.IsDown) return;
        if (Stopwatch.GetElapsedTime(circuit.LastReceived) > SilentServer)
        {
            circuit.Fail("the server was silent for 30 s");
            return;
        }

        if (Stopwatch.GetElapsedTime(circuit.LastSent) < PingAfter) return;
        try
        {
            circuit.Ping();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            circuit.Fail($"the ping was not sent: {gone.Message}");
        }
    }
}
