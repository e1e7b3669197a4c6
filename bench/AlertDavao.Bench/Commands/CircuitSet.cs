using System.Collections.Concurrent;
using System.Net.Sockets;
using AlertDavao.Bench.Circuits;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

internal sealed record Opened(double Milliseconds, int Rows);

/// <summary>All circuits of a run: opened some at a time, kept alive, ended together.</summary>
internal sealed class CircuitSet(SiteSession[] sessions, string page, int rows, int parallel, bool beats) : IAsyncDisposable
{
    private static readonly TimeSpan OpeningLimit = TimeSpan.FromSeconds(30);

    private readonly KeepAlive _keepAlive = new();
    private readonly PageBeats? _beats = beats ? new(sessions[0].Site) : null;
    private readonly ConcurrentBag<CircuitClient> _circuits = [];
    private int _next = -1;

    public IEnumerable<CircuitClient> Circuits => _circuits.Where(circuit => !circuit.IsLeft);

    public IEnumerable<Screen> Screens => Circuits.Select(circuit => (Screen)circuit.Tag!);

    public PageBeats? Beats => _beats;

    public ConcurrentQueue<string> Failures { get; } = new();

    public async Task<Opened[]> OpenAsync(int count, CancellationToken stop)
    {
        var opened = new ConcurrentBag<Opened>();
        var some = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = stop };
        await Parallel.ForAsync(0, count, some, async (_, cancel) =>
        {
            if (await OpenOneAsync(cancel) is { } one) opened.Add(one);
        });
        return [.. opened];
    }

    public async ValueTask DisposeAsync()
    {
        await _keepAlive.DisposeAsync();
        if (_beats is not null) await _beats.DisposeAsync();
        var some = new ParallelOptions { MaxDegreeOfParallelism = 16 };
        await Parallel.ForEachAsync(_circuits, some, (circuit, _) => circuit.DisposeAsync());
    }

    /// <summary>The page of a circuit that the server has no more is loaded anew; false when it does not draw.</summary>
    public async Task<bool> ReopenAsync(CircuitClient gone, CancellationToken stop)
    {
        var screen = (Screen)gone.Tag!;
        screen.Restart();
        var circuit = await CircuitClient.OpenAsync(gone.Session, page, Screen.OnBatch, screen, stop);
        gone.Leave();
        _circuits.Add(circuit);
        _keepAlive.Add(circuit);
        _beats?.Add(circuit);
        await Task.WhenAny(screen.Drawn, circuit.Ended).WaitAsync(stop);
        return screen.Drawn.IsCompleted;
    }

    private async Task<Opened?> OpenOneAsync(CancellationToken stop)
    {
        var at = (int)((uint)Interlocked.Increment(ref _next) % sessions.Length);
        var session = sessions[at];
        using var limit = new CancellationTokenSource(OpeningLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        var screen = new Screen(OfficerAccounts.Station(at), rows);
        try
        {
            var circuit = await CircuitClient.OpenAsync(session, page, Screen.OnBatch, screen, either.Token);
            _circuits.Add(circuit);
            _keepAlive.Add(circuit);
            _beats?.Add(circuit);
            await Task.WhenAny(screen.Drawn, circuit.Ended).WaitAsync(either.Token);
            if (screen.Drawn.IsCompleted) return new Opened(screen.Milliseconds, screen.Rows);
            // It ended before it drew: counted with those that died later, by its own reason.
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Failures.Enqueue($"no batch with {rows} rows within {OpeningLimit.TotalSeconds} s (most rows seen: {screen.Rows})");
        }
        catch (Exception broken) when (broken is BenchException or HttpRequestException or SocketException or ObjectDisposedException)
        {
            Failures.Enqueue(broken.Message);
        }

        return null;
    }
}
