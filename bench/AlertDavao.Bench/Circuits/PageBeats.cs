using System.Collections.Concurrent;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Circuits;

/// <summary>
/// What a page asks for beside its socket: the server's clock, three times when it opens and then every 30 s. Spread evenly, as
/// the pages' own timers are.
/// </summary>
internal sealed class PageBeats : IAsyncDisposable
{
    private const int AtFirst = 3;
    private const int Slices = 300;
    private const string Clock = "api/session";
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<CircuitClient>[] _slices = [.. Enumerable.Range(0, Slices).Select(_ => new ConcurrentQueue<CircuitClient>())];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _failed;
    private int _added;

    public PageBeats() => _running = RunAsync();

    /// <summary>Answers that were none.</summary>
    public long Failed => Volatile.Read(ref _failed);

    public void Add(CircuitClient circuit)
    {
        _slices[(uint)Interlocked.Increment(ref _added) % Slices].Enqueue(circuit);
        _ = AskAsync(circuit.Session, AtFirst);
    }

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
                foreach (var circuit in _slices[turn % Slices])
                {
                    if (circuit.Fault is null) _ = AskAsync(circuit.Session, 1);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private async Task AskAsync(SiteSession session, int times)
    {
        try
        {
            while (times-- > 0 && !_stop.IsCancellationRequested) await session.TouchAsync(Clock, _stop.Token);
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or BenchException or ObjectDisposedException)
        {
            Interlocked.Increment(ref _failed);
        }
    }
}
