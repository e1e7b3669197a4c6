using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Processes;

namespace AlertDavao.Bench.Commands;

/// <summary>All circuits lose their connection at once and come back.</summary>
internal static class StormCommand
{
    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        var (count, rate) = (line.Number("count", 1000, 20, 12_000), line.Number("rate", 16, 1, 200));
        await using var server = await ProductServer.StartAsync(line.Optional("server"), Scenario.Settings(count), stop);
        await using var run = Scenario.Circuits(server, count, await Incident.ReadAsync(line.Optional("file") ?? Tree.Incidents, int.MaxValue, stop));
        (await run.OpenAsync(stop)).Print();
        await run.SendAsync(rate, TimeSpan.FromSeconds(5), stop);
        var figures = await new StormRun(run).RunAsync(rate, stop);
        figures.Print();
        foreach (var failure in run.Failures.GroupBy(text => text).Take(5)) Say.Line($"FAILED {failure.Count()}x: {failure.Key}");
        return figures.IsWhole && run.Failures.Count == 0 ? 0 : 1;
    }
}
