using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

/// <summary>
/// F1, B7 and F2 of the catalogue at full size: what one flooding device, 500 slow ones and 10,000 addresses cost a client
/// that sends five reports a second.
/// </summary>
internal static class FloodsCommand
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        using var site = new LoopbackSite(line.Required("url"));
        var length = TimeSpan.FromSeconds(line.Number("seconds", 20, 5, 60));
        using var steady = new Caller(site, IPAddress.Parse("127.0.0.2"), await NewKeyAsync(site, stop));
        await WarmUpAsync(site, steady, stop);

        var alone = await SteadyAsync(steady, length, stop);
        Say.Figure("alone: p50 / p99 ms", $"{alone.At(50):F1} / {alone.At(99):F1}");
        var isF1Good = await FloodAsync(site, steady, line.Number("rate", 500, 1, 5000), length, stop);
        var isB7Good = await SlowAsync(site, steady, line.Number("count", 500, 2, 10_000), stop);
        var isF2Good = await AddressesAsync(site, steady, line.Number("addresses", 10_000, 100, 60_000), stop);
        return isF1Good && isB7Good && isF2Good ? 0 : 1;
    }

    // What both do is compiled when it is first done.
    private static async Task WarmUpAsync(LoopbackSite site, Caller steady, CancellationToken stop)
    {
        var length = TimeSpan.FromSeconds(2);
        using var device = new Caller(site, IPAddress.Parse("127.0.0.4"), await NewKeyAsync(site, stop));
        var flood = AtRateAsync(500, length, () => device.PostAsync(stop), stop);
        await SteadyAsync(steady, length, stop);
        await flood;
    }

    private static async Task<bool> FloodAsync(LoopbackSite site, Caller steady, int rate, TimeSpan length, CancellationToken stop)
    {
        using var device = new Caller(site, IPAddress.Parse("127.0.0.3"), await NewKeyAsync(site, stop));
        var answers = new ConcurrentBag<HttpStatusCode>();
        var flood = AtRateAsync(rate, length, async () => answers.Add(await device.PostAsync(stop)), stop);
        var during = await SteadyAsync(steady, length, stop);
        await flood;

        var refused = answers.Count(status => status == HttpStatusCode.TooManyRequests);
        Say.Figure("F1 flood: sent / 201 / 429", $"{answers.Count} / {answers.Count(status => status == HttpStatusCode.Created)} / {refused}");
        Say.Figure("F1 other client: p50 / p99 ms", $"{during.At(50):F1} / {during.At(99):F1}");
        return refused > 0 && answers.All(status => status is HttpStatusCode.Created or HttpStatusCode.TooManyRequests);
    }

    private static async Task<bool> SlowAsync(LoopbackSite site, Caller steady, int count, CancellationToken stop)
    {
        var slow = new SlowConnections(site, await NewKeyAsync(site, stop));
        var ends = slow.RunAsync(count, stop);
        var times = new List<double>();
        while (!ends.IsCompleted)
            times.AddRange((await SteadyAsync(steady, TimeSpan.FromSeconds(1), stop)).All);

        var cut = new Percentiles(await ends);
        var during = new Percentiles(times);
        Say.Figure("B7 slow: count / open at the end", $"{count} / {slow.Open}");
        Say.Figure("B7 slow: cut after s, p50 / last", $"{cut.At(50):F1} / {cut.At(100):F1}");
        Say.Figure("B7 other client: p50 / p99 ms", $"{during.At(50):F1} / {during.At(99):F1}");
        return slow.Open == 0;
    }

    private static async Task<bool> AddressesAsync(LoopbackSite site, Caller steady, int count, CancellationToken stop)
    {
        var before = (await ServerFigures.MemoryAsync(site, stop)).Managed;
        var numbers = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = stop };
        await Parallel.ForAsync(0, count, numbers, async (number, cancel) =>
        {
            using var stranger = new Caller(site, new IPAddress([127, (byte)(16 + (number >> 16)), (byte)(number >> 8), (byte)number]), "no-such-key");
            await stranger.PostAsync(cancel);
        });
        var after = (await ServerFigures.MemoryAsync(site, stop)).Managed;
        var during = await SteadyAsync(steady, TimeSpan.FromSeconds(75), stop);
        var later = (await ServerFigures.MemoryAsync(site, stop)).Managed;

        Say.Figure("F2 addresses", $"{count}");
        Say.Figure("F2 managed KiB: grew / 75 s later", $"{(after - before) / 1024} / {(later - before) / 1024}");
        Say.Figure("F2 other client: p50 / p99 ms", $"{during.At(50):F1} / {during.At(99):F1}");
        return later - before < (after - before) / 2 || after - before < 1024 * 1024;
    }

    private static async Task<Percentiles> SteadyAsync(Caller caller, TimeSpan length, CancellationToken stop)
    {
        var times = new List<double>();
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Between, TimeProvider.System);
        while (TimeProvider.System.GetElapsedTime(started) < length && await timer.WaitForNextTickAsync(stop))
        {
            var sent = TimeProvider.System.GetTimestamp();
            var status = await caller.PostAsync(stop);
            times.Add(TimeProvider.System.GetElapsedTime(sent).TotalMilliseconds);
            if (status != HttpStatusCode.Created) throw new BenchException($"The other client was answered {(int)status}.");
        }

        return new Percentiles(times);
    }

    private static async Task AtRateAsync(int rate, TimeSpan length, Func<Task> send, CancellationToken stop)
    {
        var sends = new List<Task>();
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        while (TimeProvider.System.GetElapsedTime(started) < length && await timer.WaitForNextTickAsync(stop))
        {
            var due = (int)(rate * TimeProvider.System.GetElapsedTime(started).TotalSeconds);
            while (sends.Count < due)
                sends.Add(send());
        }

        await Task.WhenAll(sends);
    }

    // Keys are read again every few seconds; a client that is not the demo's has the limits of everyone.
    private static async Task<string> NewKeyAsync(LoopbackSite site, CancellationToken stop)
    {
        using var answer = await site.Http.PostAsync("bench/keys", null, stop);
        if (!answer.IsSuccessStatusCode) throw new BenchException("The server gives out no keys: start it with Bench__Enabled=true.");
        var made = await answer.Content.ReadFromJsonAsync<Made>(stop);
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, stop);
        return made!.Key;
    }

    private sealed record Made(string Key);
}
