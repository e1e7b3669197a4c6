using System.Diagnostics;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

/// <param name="Rate">Reports a second over all stations; 0 for none.</param>
/// <param name="Hold">Without reports the circuits must still be alive after it.</param>
internal sealed record CircuitPlan(int Count, int Rows, int PerAccount, int Parallel, double Rate, TimeSpan WarmUp, TimeSpan Length, TimeSpan Hold)
{
    public string Password { get; init; } = "Davao-demo-2026!";

    public string Page { get; init; } = "/";

    public bool IsAnonymous { get; init; }

    public bool WithMemory { get; init; } = true;
}

/// <summary>Opens circuits, sends reports past them, and holds what the server used against what came out on the screens.</summary>
internal sealed class CircuitRun(LoopbackSite site, CircuitPlan plan, ReportStream? reports)
{
    /// <summary>These stay open: code, pools and caches that the first screens bring are not what one more screen costs.</summary>
    private const int First = 20;

    /// <summary>What a new store has of each station.</summary>
    private const int DemoRows = 40;

    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(30);

    private readonly List<Posted> _posted = [];
    private long _due;

    public async Task<CircuitFigures> RunAsync(CancellationToken stop)
    {
        var sessions = await SignInAsync(stop);
        if (reports is not null) _posted.AddRange(await reports.FillAsync(Math.Max(0, plan.Rows - DemoRows), stop));
        await using var set = new CircuitSet(sessions, plan.Page, plan.Rows, plan.Parallel, beats: !plan.IsAnonymous);
        await set.OpenAsync(First, stop);
        if (set.Failures.TryPeek(out var failure)) throw new BenchException($"A warm-up circuit did not open: {failure}");

        var empty = await MemoryAsync(stop);
        var rss = (await ServerFigures.UseAsync(site, stop)).Rss;
        var started = Stopwatch.GetTimestamp();
        var opened = await set.OpenAsync(plan.Count, stop);
        var took = Stopwatch.GetElapsedTime(started);

        if (reports is null) await Task.Delay(plan.Hold, TimeProvider.System, stop);
        var rest = await MemoryAsync(stop);
        var figures = new CircuitFigures
        {
            Asked = plan.Count,
            Opened = opened.Length,
            Died = 0,
            Opening = new Percentiles(opened.Select(one => one.Milliseconds)),
            OpeningsPerSecond = opened.Length / took.TotalSeconds,
            FewestRows = opened.Select(one => one.Rows).DefaultIfEmpty().Min(),
            KibAtRest = Kib(empty, rest),
            Failures = [],
        };
        if (reports is not null) figures = await LoadAsync(set, figures, stop);

        var died = set.Circuits.Where(circuit => circuit.Fault is not null).ToArray();
        foreach (var circuit in died) set.Failures.Enqueue(circuit.Fault!);
        var used = await ServerFigures.UseAsync(site, stop);
        var full = reports is null ? rest : await MemoryAsync(stop);
        if (empty is not null && full!.Circuits - empty.Circuits != plan.Count)
            set.Failures.Enqueue($"the server counts {full.Circuits - empty.Circuits} circuits more, not {plan.Count}: memory is not of these circuits alone");
        return figures with
        {
            Died = died.Length,
            KibAfterLoad = reports is null ? null : Kib(empty, full),
            RssKib = (used.Rss - rss) / 1024.0 / plan.Count,
            Failures = [.. set.Failures],
        };
    }

    private async Task<CircuitFigures> LoadAsync(CircuitSet set, CircuitFigures figures, CancellationToken stop)
    {
        var warmUp = await reports!.RunAsync(plan.Rate, plan.WarmUp, stop);
        _posted.AddRange(warmUp);
        await DrainedAsync(set, warmUp, stop);

        var (batches, bytes, calls) = Received(set);
        using var own = Process.GetCurrentProcess();
        var (before, client, from) = (await ServerFigures.UseAsync(site, stop), own.TotalProcessorTime, Stopwatch.GetTimestamp());
        var counted = await reports.RunAsync(plan.Rate, plan.Length, stop);
        _posted.AddRange(counted);
        await DrainedAsync(set, counted, stop);
        own.Refresh();
        var (after, clientAfter, length) = (await ServerFigures.UseAsync(site, stop), own.TotalProcessorTime, Stopwatch.GetElapsedTime(from));

        var delivered = Delivered.Of(set.Screens, _posted, counted);
        var (batchesAfter, bytesAfter, callsAfter) = Received(set);
        double deliveries = Math.Max(1, delivered.Came);
        var machine = length.TotalMilliseconds * Environment.ProcessorCount / 100;
        return figures with
        {
            Delivered = delivered,
            Refused = counted.Count(one => one.Station is null),
            Post = new Percentiles(counted.Select(one => one.Milliseconds)),
            ServerMicrosecondsPerDelivery = (after.CpuMs - before.CpuMs) * 1000 / deliveries,
            ServerShare = (after.CpuMs - before.CpuMs) / machine,
            ClientShare = (clientAfter - client).TotalMilliseconds / machine,
            BytesPerDelivery = (bytesAfter - bytes) / deliveries,
            AllocatedPerDelivery = (after.Allocated - before.Allocated) / deliveries,
            BatchesPerDelivery = (batchesAfter - batches) / deliveries,
            Calls = callsAfter - calls,
            Collections = after.Collections - before.Collections,
            PausedMs = after.PausedMs - before.PausedMs,
        };
    }

    // Until every screen has what it is due, or so long that the rest is lost.
    private async Task DrainedAsync(CircuitSet set, IReadOnlyCollection<Posted> posts, CancellationToken stop)
    {
        var screens = set.Screens.ToLookup(screen => screen.Station, StringComparer.Ordinal);
        _due += posts.Sum(post => screens[post.Station ?? ""].Count());
        var started = Stopwatch.GetTimestamp();
        while (set.Screens.Sum(screen => (long)screen.Came) < _due && Stopwatch.GetElapsedTime(started) < LongestDrain)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop);
    }

    private async Task<SiteSession[]> SignInAsync(CancellationToken stop)
    {
        if (plan.IsAnonymous) return [new SiteSession(site)];

        var accounts = (First + plan.Count + plan.PerAccount - 1) / plan.PerAccount;
        Say.Figure("accounts (officers per station)", $"{accounts} ({OfficerAccounts.PerStation(accounts)})");
        return await OfficerAccounts.SignInAsync(site, accounts, plan.Password, stop);
    }

    private async Task<ServerMemory?> MemoryAsync(CancellationToken stop) => plan.WithMemory ? await ServerFigures.MemoryAsync(site, stop) : null;

    private double? Kib(ServerMemory? before, ServerMemory? after)
        => before is null || after is null ? null : (after.Managed - before.Managed) / 1024.0 / plan.Count;

    private static (long Batches, long Bytes, int Calls) Received(CircuitSet set)
        => (set.Circuits.Sum(circuit => (long)circuit.Batches), set.Circuits.Sum(circuit => circuit.BatchBytes), set.Circuits.Sum(circuit => circuit.Calls));
}
