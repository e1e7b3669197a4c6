using System.Diagnostics;
using AlertDavao.Bench.Circuits;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Processes;

namespace AlertDavao.Bench.Commands;

/// <summary>Screens for a long time, reports all the while, connections that drop at random: what is lost, and what grows.</summary>
internal static class SoakCommand
{
    private const int FillRate = 100;

    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        var (count, rate, minutes) = (line.Number("count", 1000, 20, 12_000), line.Number("rate", 8, 1, 200), line.Number("minutes", 10, 1, 600));
        await using var server = await ProductServer.StartAsync(line.Optional("server"), Scenario.Settings(count), stop);
        var incidents = await Incident.ReadAsync(line.Optional("file") ?? Tree.Incidents, int.MaxValue, stop);
        await using var run = Scenario.Circuits(server, count, incidents);
        (await run.OpenAsync(stop)).Print();
        await run.SendAsync(rate, TimeSpan.FromSeconds(10), stop);
        var desk = await Desk.OpenAsync(server.Site, line.Text("password", "Davao-demo-2026!"), stop);
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var working = desk.RunAsync(closing.Token);
        // What all screens of a station share has bounds (200 reports that are acknowledged, 512 entries): once they are reached it
        // grows no more.
        await run.SendOnlyAsync(FillRate, TimeSpan.FromSeconds(line.Number("fill-seconds", 90, 0, 3600)), stop);

        var heap = new List<ServerMemory> { await ServerFigures.MemoryAsync(server.Site, stop) };
        var storm = new StormRun(run);
        var counted = new List<Posted>();
        var returns = new List<Task>();
        for (var minute = 1; minute <= minutes; minute++)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var dropping = DropAsync(run, storm, line.Number("drops", 2, 0, 1000), returns, stop, over.Token);
            counted.AddRange(await run.SendOnlyAsync(rate, TimeSpan.FromMinutes(1), stop));
            await over.CancelAsync();
            await dropping;
            var now = await ServerFigures.UseAsync(server.Site, stop);
            heap.Add(await ServerFigures.MemoryAsync(server.Site, stop));
            Say.Line($"minute {minute}: {now.Circuits} subscriptions, {now.Rss / 1048576.0:F0} MiB resident, {heap[^1].Managed / 1048576.0:F1} MiB managed, {storm.Resumed} resumed, {storm.Reopened} reopened");
        }

        await Task.WhenAll(returns);
        counted.AddRange(await run.SendAsync(rate, TimeSpan.FromSeconds(5), stop));
        await closing.CancelAsync();
        await working;
        Say.Figure("acknowledged / not", $"{desk.Acknowledged} / {desk.Failed}");
        heap.Add(await ServerFigures.MemoryAsync(server.Site, stop));
        return desk.Failed == 0 && Print(run, storm, Delivered.Of(run.Set.Screens, run.Posted, counted), heap) ? 0 : 1;
    }

    private static bool Print(CircuitRun run, StormRun storm, Delivered delivered, List<ServerMemory> heap)
    {
        var last = heap[^1];
        var live = run.Set.Circuits.Count(circuit => circuit.Fault is null);
        Say.Figure("drops: resumed / reopened", $"{storm.Resumed} / {storm.Reopened}");
        Say.Figure("deliveries due / came", $"{delivered.Expected} / {delivered.Came}");
        Say.Figure("lost / doubled / foreign", $"{delivered.Lost} / {delivered.Doubled} / {delivered.Foreign}");
        Say.Figure("subscriptions / live circuits", $"{last.Circuits} / {live}");
        Say.Figure("managed MiB first / last", $"{heap[0].Managed / 1048576.0:F1} / {last.Managed / 1048576.0:F1}");
        Say.Figure("heap KiB a minute, second half", $"{Slope([.. heap.Skip(heap.Count / 2).Select(memory => memory.Managed / 1024.0)]):F0}");
        foreach (var failure in run.Failures.GroupBy(text => text).Take(5)) Say.Line($"FAILED {failure.Count()}x: {failure.Key}");
        return delivered.IsWhole && last.Circuits == live && run.Failures.Count == 0;
    }

    // By least squares: one minute's heap is some hundred KiB more or less than the next. What every screen of a station shares
    // fills in the first half.
    private static double Slope(double[] minutes)
    {
        var (middle, mean) = ((minutes.Length - 1) / 2.0, minutes.Average());
        return minutes.Select((value, at) => (at - middle) * (value - mean)).Sum()
            / minutes.Select((_, at) => (at - middle) * (at - middle)).Sum();
    }

    private static async Task DropAsync(CircuitRun run, StormRun storm, int perSecond, List<Task> returns, CancellationToken stop, CancellationToken over)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        try
        {
            while (await second.WaitForNextTickAsync(over))
            {
                var up = run.Set.Circuits.Where(circuit => circuit is { IsDown: false, Fault: null }).ToArray();
                foreach (var circuit in Random.Shared.GetItems(up, perSecond).Distinct())
                {
                    circuit.Drop();
                    returns.Add(storm.ReturnAsync(circuit, Stopwatch.GetTimestamp(), stop));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The minute is over.
        }
    }
}
