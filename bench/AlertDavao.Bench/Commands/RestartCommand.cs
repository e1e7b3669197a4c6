using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Processes;

namespace AlertDavao.Bench.Commands;

/// <summary>The server is asked to end and starts anew on its store, under open screens and a steady stream of reports.</summary>
internal static class RestartCommand
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBack = TimeSpan.FromSeconds(15);

    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        var (count, rate) = (line.Number("count", 300, 20, 12_000), line.Number("rate", 16, 1, 200));
        await using var server = await ProductServer.StartAsync(line.Optional("server"), Scenario.Settings(count), stop);
        await using var run = Scenario.Circuits(server, count, await Incident.ReadAsync(line.Optional("file") ?? Tree.Incidents, int.MaxValue, stop));
        (await run.OpenAsync(stop)).Print();
        await run.SendAsync(rate, TimeSpan.FromSeconds(5), stop);

        var (ended, ready) = (TimeSpan.Zero, TimeSpan.Zero);
        var figures = await new StormRun(run).RunAsync(rate, stop, async cancel => (ended, ready) = await server.RestartAsync(cancel));
        Say.Figure("server ended / ready again after s", $"{ended.TotalSeconds:F1} / {ready.TotalSeconds:F1}");
        figures.Print();
        // What a page asks over HTTP while there is no server is refused, and asked again.
        foreach (var failure in run.CircuitFailures.GroupBy(text => text).Take(5)) Say.Line($"FAILED {failure.Count()}x: {failure.Key}");
        return Say.Holds(run.CircuitFailures.Count == 0, $"no circuit failed")
            & Say.Holds(figures.IsWhole, $"every screen has every report once, and none of another station")
            & Say.Holds(ended < LongestEnd, $"the server ends within {LongestEnd.TotalSeconds} s")
            & Say.Holds(figures.Back.At(100) <= LongestBack.TotalMilliseconds, $"every screen is back and complete within {LongestBack.TotalSeconds} s") ? 0 : 1;
    }
}
