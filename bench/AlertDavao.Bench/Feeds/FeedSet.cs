using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Feeds;

/// <summary>All subscribers of a run, opened some at a time.</summary>
internal sealed class FeedSet(LoopbackSite site, ILiveWire wire, Tally tally) : IDisposable
{
    private const int AtOnce = 32;

    // One address has 28,000 ports for what it calls; all of 127.0.0.0/8 is this machine.
    private const int Addresses = 8;

    private static readonly TimeSpan OpeningLimit = TimeSpan.FromSeconds(30);

    private readonly ConcurrentBag<LiveStream> _streams = [];
    private int _opened;

    public ConcurrentQueue<string> Failures { get; } = new();

    public int Ended => _streams.Count(stream => stream.HasEnded);

    public async Task OpenAsync(int count, CancellationToken stop)
    {
        var first = _opened;
        _opened += count;
        var some = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        await Parallel.ForAsync(first, _opened, some, async (number, cancel) => await OpenOneAsync(number, cancel));
        if (Failures.TryPeek(out var failure)) throw new BenchException($"{Failures.Count} of {count} subscribers did not open: {failure}");
    }

    public void Dispose()
    {
        foreach (var stream in _streams) stream.Dispose();
    }

    private async Task OpenOneAsync(int number, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(OpeningLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        var stream = wire.NewStream(tally, number % OfficerAccounts.Stations);
        _streams.Add(stream);
        try
        {
            var from = new IPAddress([127, 0, 0, (byte)(2 + (number % Addresses))]);
            await stream.OpenAsync(from, site.Root.Port, wire.Request(number), either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Failures.Enqueue($"no hello within {OpeningLimit.TotalSeconds} s");
        }
        catch (Exception broken) when (broken is SocketException or BenchException)
        {
            Failures.Enqueue(broken.Message);
        }
    }
}
