using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

/// <summary>Opens and holds circuits, sends reports past them, and says what a screen and a delivery cost.</summary>
internal static class CircuitsCommand
{
    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        using var site = new LoopbackSite(line.Required("url"));
        var plan = new CircuitPlan(
            line.Number("count", 300, 1, 20_000), line.Number("rows", 1, 0, 1000), line.Number("per-account", 5, 1, 1000),
            line.Number("parallel", 8, 1, 64), line.Number("rate", 0, 0, 1000), TimeSpan.FromSeconds(line.Number("warm-up", 10, 0, 300)),
            TimeSpan.FromSeconds(line.Number("seconds", 30, 1, 3600)), TimeSpan.FromSeconds(line.Number("hold-seconds", 12, 0, 3600)))
        {
            Password = line.Text("password", "Davao-demo-2026!"),
            Page = line.Text("page", "/"),
            IsAnonymous = line.Has("anonymous"),
            WithMemory = !line.Has("no-memory"),
        };
        var figures = await new CircuitRun(site, plan, await ReportsAsync(line, site, plan, stop)).RunAsync(stop);
        figures.Print();

        var (limit, slowest) = (line.Number("limit-kib", 200, 1, 100_000), line.Number("limit-ms", int.MaxValue, 1, int.MaxValue));
        var tooLarge = (figures.KibAfterLoad ?? figures.KibAtRest) > limit;
        var tooSlow = figures.Delivered?.Latency.At(99) > slowest;
        if (tooLarge) Say.Line($"FAILED: more than {limit} KiB per circuit.");
        if (tooSlow) Say.Line($"FAILED: p99 above {slowest} ms.");
        return figures.IsWhole && !tooLarge && !tooSlow ? 0 : 1;
    }

    private static async Task<ReportStream?> ReportsAsync(CommandLine line, LoopbackSite site, CircuitPlan plan, CancellationToken stop)
    {
        if (plan.Rate <= 0) return null;
        var poster = new IntakePoster(site, line.Required("key"), Guid.NewGuid().ToString("N")[..12]);
        return new ReportStream(poster, await Incident.ReadAsync(line.Required("file"), int.MaxValue, stop));
    }
}
