using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Processes;

namespace AlertDavao.Bench.Commands;

/// <summary>
/// Far more reports than a city has, for a while, under open screens: nothing may be lost, doubled or shown to another station,
/// and afterwards the server is as it was.
/// </summary>
internal static class BurstCommand
{
    private const double Calm = 4;

    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        var (count, rate, seconds) = (line.Number("count", 500, 20, 12_000), line.Number("rate", 1000, 1, 2000), line.Number("seconds", 60, 1, 600));
        await using var server = await ProductServer.StartAsync(line.Optional("server"), Scenario.Settings(count), stop);
        await using var run = Scenario.Circuits(server, count, await Incident.ReadAsync(line.Optional("file") ?? Tree.Incidents, int.MaxValue, stop));
        (await run.OpenAsync(stop)).Print();
        var burst = await run.LoadAsync(rate, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(seconds), stop);
        burst.Print();
        var calm = await run.LoadAsync(Calm, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), stop);
        calm.Print();

        foreach (var failure in run.Failures.Distinct().Take(5)) Say.Line($"FAILED: {failure}");
        return Say.Holds(run.Failures.Count == 0, $"every circuit lives")
            & Say.Holds(burst.IsWhole, $"every report of the burst is once on every screen of its station, and on no other")
            & Say.Holds(calm.IsWhole, $"and so is every one after it") ? 0 : 1;
    }
}
