using System.Diagnostics;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Processes;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Feeds;

/// <summary>Reports at a steady rate, and that each comes to every subscriber of its station, once, and to no other.</summary>
internal static class FeedRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // What comes twice, or to somebody else, comes soon after the first.
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(1);

    /// <param name="server">Nothing else may write to it.</param>
    public static async Task<FeedFigures> RunAsync(ServerProcess server, ILiveWire wire, FeedOptions options, CancellationToken stop)
    {
        var (warm, counted) = ((int)(options.WarmUp.TotalSeconds * options.Rate), (int)(options.Length.TotalSeconds * options.Rate));
        var tally = new Tally(OfficerAccounts.Stations, warm + counted, warm, options.Count);
        var poster = new FeedPoster(server, options.Incidents, tally);
        using var set = new FeedSet(server.Site, wire, tally);

        // The first at each station bring what the next ones find there.
        var first = Math.Min(OfficerAccounts.Stations, options.Count);
        await set.OpenAsync(first, stop);
        var before = await SizeAsync(server, stop);
        var started = Stopwatch.GetTimestamp();
        await set.OpenAsync(options.Count - first, stop);
        var opening = Stopwatch.GetElapsedTime(started);
        var after = await SizeAsync(server, stop);
        var rest = Math.Max(1, options.Count - first);
        if (after.Subscribers - before.Subscribers is { } more && more != options.Count - first)
            set.Failures.Enqueue($"The server counts {more} subscribers more, not {options.Count - first}.");

        await poster.PostAsync(0, warm, options.Rate, stop);
        await ArrivalsAsync(tally, tally.ExpectedOf(warm), stop);
        using var quiet = NoPauses.Begin();
        var meter = new CpuMeter(server);
        await poster.PostAsync(warm, counted, options.Rate, stop);
        await ArrivalsAsync(tally, tally.Expected, stop);
        var cpu = meter.Read();
        await Task.Delay(Afterwards, TimeProvider.System, stop);

        return new(
            set.Ended, tally.Expected, tally.Delivered, tally.Doubled, tally.Foreign, tally.Timed, new Percentiles(tally.Milliseconds),
            new Percentiles(poster.Times), cpu, rest / opening.TotalSeconds, (after.Managed - before.Managed) / 1024.0 / rest,
            before.Resident, after.Resident, [.. set.Failures, .. poster.Failures]);
    }

    private static async Task ArrivalsAsync(Tally tally, int expected, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        while (tally.Delivered < expected && Stopwatch.GetElapsedTime(started) < Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stop);
    }

    private static async Task<(long? Managed, int? Subscribers, long Resident)> SizeAsync(ServerProcess server, CancellationToken stop)
    {
        var memory = server is ProductServer ? await ServerFigures.MemoryAsync(server.Site, stop) : null;
        return (memory?.Managed, memory?.Circuits, server.ResidentBytes());
    }
}
