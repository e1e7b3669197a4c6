using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

/// <summary>Opens and holds circuits, sends reports past them, and says what a screen and a delivery cost.</summary>
internal static class CircuitsCommand
{
    /// <summary>What the figures are promised for.</summary>
    private const int Stations = 20;
    private const int Rows = 50;

    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        using var site = new LoopbackSite(line.Required("url"));
        var plan = new CircuitPlan(
            line.Number("count", 300, 1, 20_000), line.Number("rows", 1, 0, 1000), line.Number("per-account", 5, 1, 1000), line.Number("parallel", 8, 1, 64))
        {
            Password = line.Text("password", "Davao-demo-2026!"),
            Page = line.Text("page", "/"),
            IsAnonymous = line.Has("anonymous"),
            WithMemory = !line.Has("no-memory"),
        };
        var rate = line.Number("rate", 0, 0, 1000);
        if (plan.WithMemory || rate > 0) await RefuseAsync(site, plan, stop);
        await using var run = new CircuitRun(site, plan, rate == 0 ? null : await ReportsAsync(line, site, stop));
        var opening = await run.OpenAsync(stop);
        opening.Print();
        if (rate == 0) await Task.Delay(TimeSpan.FromSeconds(line.Number("hold-seconds", 12, 0, 3600)), TimeProvider.System, stop);

        var load = rate == 0 ? null : await run.LoadAsync(
            rate, TimeSpan.FromSeconds(line.Number("warm-up", 10, 0, 300)), TimeSpan.FromSeconds(line.Number("seconds", 30, 1, 3600)), stop);
        load?.Print();
        var kib = await run.KibAsync(stop);
        if (kib is not null) Say.Figure("managed KiB per circuit, at the end", $"{kib:F1}");
        return IsGood(line, run, opening, load, kib) ? 0 : 1;
    }

    // Who only holds screens open has no figure.
    private static async Task RefuseAsync(LoopbackSite site, CircuitPlan plan, CancellationToken stop)
    {
        var facts = await ServerFigures.FactsAsync(site, stop);
        if (!facts.Release) throw new BenchException("The server is a Debug build: its figures are none.");
        if (!facts.MemoryTouched) throw new BenchException("The server does not have its memory yet: wait some seconds after its start.");
        if (facts.Stations < Stations) throw new BenchException($"The server has {facts.Stations} stations: figures are of {Stations}.");
        if (plan.IsAnonymous || plan.Rows < Rows) throw new BenchException($"Figures are of signed-in boards with {Rows} rows: --rows {Rows}.");
    }

    private static bool IsGood(CommandLine line, CircuitRun run, OpeningFigures opening, LoadFigures? load, double? kib)
    {
        var failures = run.Failures;
        foreach (var failure in failures.GroupBy(text => text).OrderByDescending(group => group.Count()).Take(5))
            Say.Line($"FAILED {failure.Count()}x: {failure.Key}");
        var (limit, slowest) = (line.Number("limit-kib", 200, 1, 100_000), line.Number("limit-ms", int.MaxValue, 1, int.MaxValue));
        var (isTooLarge, isTooSlow) = (kib > limit, load?.Delivered.Latency.At(99) > slowest);
        if (isTooLarge) Say.Line($"FAILED: more than {limit} KiB per circuit.");
        if (isTooSlow) Say.Line($"FAILED: p99 above {slowest} ms.");
        return failures.Count == 0 && opening.Opened == opening.Asked && load is not { IsWhole: false } && !isTooLarge && !isTooSlow;
    }

    private static async Task<ReportStream> ReportsAsync(CommandLine line, LoopbackSite site, CancellationToken stop)
    {
        var poster = new IntakePoster(site, line.Required("key"), Guid.NewGuid().ToString("N")[..12]);
        return new ReportStream(poster, await Incident.ReadAsync(line.Required("file"), int.MaxValue, stop));
    }
}
