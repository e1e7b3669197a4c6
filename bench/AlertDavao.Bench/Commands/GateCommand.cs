using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Processes;

namespace AlertDavao.Bench.Commands;

/// <summary>
/// What is steady on any machine, at 300 circuits: no time is judged here. Each limit is a figure of a day's build with some
/// room; what goes past it has grown, and is found before a thousand screens find it.
/// </summary>
internal static class GateCommand
{
    private const int Count = 300;
    private const double Rate = 10;
    private const double BytesADelivery = 2400;

    // With 15 screens a report; what a report itself costs is in it.
    private const double AllocatedADelivery = 16_000;
    private const double KibACircuit = 180;

    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        await using var server = await ProductServer.StartAsync(line.Optional("server"), Scenario.Settings(Count), stop);
        await using var run = Scenario.Circuits(server, Count, await Incident.ReadAsync(line.Optional("file") ?? Tree.Incidents, int.MaxValue, stop));
        var opening = await run.OpenAsync(stop);
        var load = await run.LoadAsync(Rate, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), stop);
        var kib = await run.KibAsync(stop);
        opening.Print();
        load.Print();
        Say.Figure("managed KiB per circuit, after load", $"{kib:F1}");

        var failures = run.Failures;
        foreach (var failure in failures.Distinct().Take(5)) Say.Line($"FAILED: {failure}");
        // One after the other, so that all that is wrong is said. A connection that was let compress never opened.
        return Say.Holds(failures.Count == 0 && opening.Opened == Count, $"every circuit opens and lives, without compression")
            & Say.Holds(load.IsWhole, $"every report is once on every screen of its station, and on no other")
            & Say.Holds(load.BatchesPerDelivery <= 1, $"a delivery is one render batch")
            & Say.Holds(load.Calls == 0, $"a delivery calls no script")
            & Say.Holds(load.BytesPerDelivery <= BytesADelivery, $"a delivery is at most {BytesADelivery} bytes")
            & Say.Holds(load.AllocatedPerDelivery <= AllocatedADelivery, $"a delivery allocates at most {AllocatedADelivery} bytes")
            & Say.Holds(kib <= KibACircuit, $"a circuit keeps at most {KibACircuit} KiB") ? 0 : 1;
    }
}
