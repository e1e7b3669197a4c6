using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.Channels;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Circuits;

/// <summary>
/// What a page asks for beside its socket: the server's clock, three times when it opens and then every 100 s (the page: 120), and
/// receipts of what was painted, 12.5 s after it (the page: 10 to 15) and 50 s after the one before (the page: 40 to 60). Spread
/// evenly, as the pages' own timers are, over a few kept connections. For a sign of life, and whether it is complete, a page asks
/// once a minute unless its board moved in the last 20 s: in a run they all do.
/// </summary>
internal sealed class PageBeats : IAsyncDisposable
{
    private const int AtFirst = 3;
    private const int Connections = 8;
    private const int Slices = 125;
    private const int ClockEvery = 8;
    private const int ReceiptsApart = 4;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<Page>[] _slices = [.. Enumerable.Range(0, Slices).Select(_ => new ConcurrentQueue<Page>())];
    private readonly ConcurrentDictionary<SiteSession, BeatRequests> _requests = new();
    private readonly Channel<byte[]> _due = Channel.CreateUnbounded<byte[]>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _receipts;
    private long _failed;
    private int _added;

    public PageBeats(LoopbackSite site)
        => _running = Task.WhenAll([RunAsync(), .. Enumerable.Range(0, Connections).Select(_ => SendAllAsync(site))]);

    public long Receipts => Volatile.Read(ref _receipts);

    /// <summary>Answers that were none, or refusals.</summary>
    public long Failed => Volatile.Read(ref _failed);

    public void Add(CircuitClient circuit)
    {
        var requests = _requests.GetOrAdd(circuit.Session, static (session, cursor) => new BeatRequests(session, cursor), circuit.Cursor);
        var added = Interlocked.Increment(ref _added);
        _slices[(uint)added % Slices].Enqueue(new Page(circuit, requests) { Turn = added });
        for (var i = 0; i < AtFirst; i++) _due.Writer.TryWrite(requests.Clock);
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
                foreach (var page in _slices[turn % Slices]) Look(page);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private void Look(Page page)
    {
        if (page.Circuit.Fault is not null || page.Circuit.IsDown) return;
        if (page.Turn++ % ClockEvery == 0) _due.Writer.TryWrite(page.Requests.Clock);
        var came = ((Screen)page.Circuit.Tag!).Came;
        // Looked at every 12.5 s: what came since the last look is told with the next one, as the page lets it wait.
        var isDue = came != page.Told && page.Seen != page.Told && page.Turn - page.ToldAt >= ReceiptsApart;
        page.Seen = came;
        if (!isDue) return;
        _due.Writer.TryWrite(page.Requests.Receipt(came - page.Told));
        page.Told = came;
        page.ToldAt = page.Turn;
        Interlocked.Increment(ref _receipts);
    }

    private async Task SendAllAsync(LoopbackSite site)
    {
        try
        {
            using var connection = await BeatConnection.OpenAsync(site, _stop.Token);
            await foreach (var request in _due.Reader.ReadAllAsync(_stop.Token))
            {
                if (!await connection.SendAsync(request, _stop.Token)) Interlocked.Increment(ref _failed);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException or BenchException)
        {
            if (!_stop.IsCancellationRequested) Interlocked.Increment(ref _failed);
        }
    }

    private sealed class Page(CircuitClient circuit, BeatRequests requests)
    {
        public CircuitClient Circuit => circuit;

        public BeatRequests Requests => requests;

        public int Turn { get; set; }

        public int Told { get; set; }

        /// <summary>What had come at the last look.</summary>
        public int Seen { get; set; }

        /// <summary>The turn of the last receipt.</summary>
        public int ToldAt { get; set; } = -ReceiptsApart;
    }
}
