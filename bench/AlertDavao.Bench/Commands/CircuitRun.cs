using System.Diagnostics;
using AlertDavao.Bench.Circuits;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

/// <param name="Rows">What every board must draw before its circuit counts as open.</param>
internal sealed record CircuitPlan(int Count, int Rows, int PerAccount, int Parallel)
{
    public string Password { get; init; } = "Davao-demo-2026!";

    public string Page { get; init; } = "/";

    public bool IsAnonymous { get; init; }

    public bool WithMemory { get; init; } = true;
}

/// <summary>
/// Opens circuits, sends reports past them, and holds what the server used against what came out on the screens. One after
/// the other: open, then as many stretches of load as are wanted.
/// </summary>
internal sealed class CircuitRun(LoopbackSite site, CircuitPlan plan, ReportStream? reports) : IAsyncDisposable
{
    /// <summary>These stay open: code, pools and caches that the first screens bring are not what one more screen costs.</summary>
    public const int First = 20;

    /// <summary>What a new store has of each station.</summary>
    private const int DemoRows = 40;

    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(30);

    private readonly List<Posted> _posted = [];
    private CircuitSet? _set;
    private ServerMemory? _empty;
    private long _due;

    public CircuitSet Set => _set ?? throw new InvalidOperationException("Nothing is open.");

    public IReadOnlyCollection<Posted> Posted => _posted;

    /// <summary>Why circuits failed or died.</summary>
    public IReadOnlyCollection<string> CircuitFailures => [.. Set.Failures, .. Set.Circuits.Select(circuit => circuit.Fault).OfType<string>()];

    /// <summary>Why circuits failed or died, and what else was wrong with them; read at the end.</summary>
    public IReadOnlyCollection<string> Failures =>
    [
        .. CircuitFailures,
        .. Set.Beats is { Failed: > 0 and var failed } ? [$"{failed} receipts or questions for the clock were refused"] : Array.Empty<string>(),
    ];

    public async Task<OpeningFigures> OpenAsync(CancellationToken stop)
    {
        var sessions = await SignInAsync(stop);
        if (reports is not null) _posted.AddRange(await reports.FillAsync(Math.Max(0, plan.Rows - DemoRows), stop));
        _set = new CircuitSet(sessions, plan.Page, plan.Rows, plan.Parallel, beats: !plan.IsAnonymous);
        await Set.OpenAsync(First, stop);
        if (Set.Failures.TryPeek(out var failure)) throw new BenchException($"A warm-up circuit did not open: {failure}");

        _empty = plan.WithMemory ? await ServerFigures.MemoryAsync(site, stop) : null;
        var figures = await OpenMoreAsync(plan.Count, stop);
        return figures with { KibAtRest = await KibAsync(stop) };
    }

    /// <summary>More circuits beside those that are open.</summary>
    public async Task<OpeningFigures> OpenMoreAsync(int count, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var opened = await Set.OpenAsync(count, stop);
        var took = Stopwatch.GetElapsedTime(started);
        return new(
            count, opened.Length, new Percentiles(opened.Select(one => one.Milliseconds)), opened.Length / took.TotalSeconds,
            opened.Select(one => one.Rows).DefaultIfEmpty().Min(), null);
    }

    /// <param name="rate">Reports a second over all stations.</param>
    public async Task<LoadFigures> LoadAsync(double rate, TimeSpan warmUp, TimeSpan length, CancellationToken stop)
    {
        await SendAsync(rate, warmUp, stop);

        using var quiet = NoPauses.Begin();
        var (collections, paused) = (GC.CollectionCount(0), GC.GetTotalPauseDuration());
        var (batches, bytes, calls) = Received();
        var (before, client, busy, from) = (await ServerFigures.UseAsync(site, stop), Environment.CpuUsage.TotalTime, CpuMeter.Busy(), Stopwatch.GetTimestamp());
        var counted = await SendAsync(rate, length, stop);
        var (after, clientAfter, busyAfter, wall) = (await ServerFigures.UseAsync(site, stop), Environment.CpuUsage.TotalTime, CpuMeter.Busy(), Stopwatch.GetElapsedTime(from));

        var delivered = Delivered.Of(Set.Screens, _posted, counted);
        var (batchesAfter, bytesAfter, callsAfter) = Received();
        double deliveries = Math.Max(1, delivered.Came);
        var machine = wall.TotalMilliseconds * Environment.ProcessorCount / 100;
        return new(rate, delivered, counted.Count(one => one.Station is null), new Percentiles(counted.Select(one => one.Milliseconds)))
        {
            ServerMicrosecondsPerDelivery = (after.CpuMs - before.CpuMs) * 1000 / deliveries,
            ServerShare = (after.CpuMs - before.CpuMs) / machine,
            ClientShare = (clientAfter - client).TotalMilliseconds / machine,
            OthersShare = Math.Max(0, ((busyAfter - busy) - (clientAfter - client)).TotalMilliseconds - (after.CpuMs - before.CpuMs)) / machine,
            BytesPerDelivery = (bytesAfter - bytes) / deliveries,
            AllocatedPerDelivery = (after.Allocated - before.Allocated) / deliveries,
            BatchesPerDelivery = (batchesAfter - batches) / deliveries,
            Calls = callsAfter - calls,
            Collections = after.Collections - before.Collections,
            PausedMs = after.PausedMs - before.PausedMs,
            OwnCollections = GC.CollectionCount(0) - collections,
            OwnPausedMs = (GC.GetTotalPauseDuration() - paused).TotalMilliseconds,
        };
    }

    /// <summary>Reports at a steady rate, and the wait until every screen has what it is due, or so long that the rest is lost.</summary>
    public async Task<Posted[]> SendAsync(double rate, TimeSpan length, CancellationToken stop)
    {
        var posted = await SendOnlyAsync(rate, length, stop);
        var started = Stopwatch.GetTimestamp();
        while (Set.Screens.Sum(screen => (long)screen.Came) < _due && Stopwatch.GetElapsedTime(started) < LongestDrain)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop);
        return posted;
    }

    /// <summary>Reports that nobody waits for.</summary>
    public async Task<Posted[]> SendOnlyAsync(double rate, TimeSpan length, CancellationToken stop)
    {
        var posted = await reports!.RunAsync(rate, length, stop);
        _posted.AddRange(posted);
        var screens = Set.Screens.CountBy(screen => screen.Station).ToDictionary(StringComparer.Ordinal);
        _due += posted.Sum(post => screens.GetValueOrDefault(post.Station ?? ""));
        return posted;
    }

    /// <summary>Managed KiB for each circuit that counts; null when it is not asked for.</summary>
    public async Task<double?> KibAsync(CancellationToken stop)
    {
        if (_empty is null) return null;
        var now = await ServerFigures.MemoryAsync(site, stop);
        if (now.Circuits - _empty.Circuits != plan.Count)
            Set.Failures.Enqueue($"the server counts {now.Circuits - _empty.Circuits} circuits more, not {plan.Count}: memory is not of these circuits alone");
        return (now.Managed - _empty.Managed) / 1024.0 / plan.Count;
    }

    public ValueTask DisposeAsync() => _set?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<SiteSession[]> SignInAsync(CancellationToken stop)
    {
        if (plan.IsAnonymous) return [new SiteSession(site)];

        var accounts = (First + plan.Count + plan.PerAccount - 1) / plan.PerAccount;
        return await OfficerAccounts.SignInAsync(site, accounts, plan.Password, stop);
    }

    private (long Batches, long Bytes, int Calls) Received()
        => (Set.Circuits.Sum(circuit => (long)circuit.Batches), Set.Circuits.Sum(circuit => circuit.BatchBytes), Set.Circuits.Sum(circuit => circuit.Calls));
}
