using AlertDavao.Bench.Commands;
using AlertDavao.Bench.Feeds;
using AlertDavao.Bench.Intake;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Processes;

namespace AlertDavao.Bench.Table;

/// <summary>Every scenario of the table on a fresh server each, as often as it is asked; the median of each figure counts.</summary>
internal sealed class Rounds(string? server, Incident[] incidents)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Figure, List<double>> _values = [];
    private readonly List<string> _failures = [];

    public IReadOnlyCollection<string> Failures => _failures;

    public double Median(Figure figure) => _values.TryGetValue(figure, out var values) ? new Percentiles(values).At(50) : double.NaN;

    public async Task RunAsync(int circuits, CancellationToken stop)
    {
        await ManyAsync(circuits, stop);
        await HalfAsync(circuits / 2, stop);
        await FewAsync(stop);
        await FeedAsync(circuits, stop);
        await IntakeAsync(stop);
    }

    private async Task ManyAsync(int count, CancellationToken stop)
    {
        await using var product = await ProductServer.StartAsync(server, Scenario.Settings(count), stop);
        await using var run = Scenario.Circuits(product, count, incidents);
        (await run.OpenAsync(stop)).Print();
        var calm = await LoadAsync(run, 4, stop);
        var busy = await LoadAsync(run, 16, stop);
        Add(Promised.Calm, calm.Delivered.Latency.At(99));
        Add(Promised.Busy, busy.Delivered.Latency.At(99));
        Add(Promised.Cpu, busy.ServerMicrosecondsPerDelivery);
        Add(Promised.IntakeBusy, busy.Post.At(99));
        Add(Promised.Memory, await run.KibAsync(stop) ?? double.NaN);
        var alive = run.Set.Circuits.Count(circuit => circuit.Fault is null) - CircuitRun.First;
        Add(Promised.Held, calm.IsWhole && busy.IsWhole ? alive : 0);

        var storm = await new StormRun(run).RunAsync(16, stop);
        storm.Print();
        if (!storm.IsWhole) _failures.Add("storm: not every screen came back complete");
        Add(Promised.Storm, storm.Back.At(100) / 1000);
        Note("10,000", run);
    }

    private async Task HalfAsync(int count, CancellationToken stop)
    {
        await using var product = await ProductServer.StartAsync(server, Scenario.Settings(count), stop);
        await using var run = Scenario.Circuits(product, count, incidents);
        await run.OpenAsync(stop);
        Add(Promised.Half, (await LoadAsync(run, 16, stop)).Delivered.Latency.At(99));
        Note("5,000", run);
    }

    private async Task FewAsync(CancellationToken stop)
    {
        const int Count = 1000;
        const int Beside = 400;
        await using var product = await ProductServer.StartAsync(server, Scenario.Settings(Count + Beside), stop);
        await using var run = Scenario.Circuits(product, Count, incidents);
        await run.OpenAsync(stop);
        await run.SendAsync(4, WarmUp, stop);
        var sending = run.SendOnlyAsync(4, TimeSpan.FromSeconds(2), stop);
        var opening = await run.OpenMoreAsync(Beside, stop);
        await sending;
        opening.Print();
        Add(Promised.Opening, opening.Times.At(99));
        Note("opening", run);

        await using var again = await ProductServer.StartAsync(server, Scenario.Settings(Count), stop);
        await using var fast = Scenario.Circuits(again, Count, incidents);
        await fast.OpenAsync(stop);
        Add(Promised.Fast, (await LoadAsync(fast, 100, stop)).Delivered.Latency.At(99));
        Note("1,000", fast);
    }

    private async Task FeedAsync(int count, CancellationToken stop)
    {
        await using var product = await ProductServer.StartAsync(server, ProductFeed.Settings(count), stop);
        var feed = await FeedRun.RunAsync(product, await ProductFeed.SignInAsync(product, stop), new FeedOptions(incidents, count, 16, WarmUp, Length), stop);
        Say.Figure("feed p50 / p99 ms, KiB", $"{feed.Times.At(50):F1} / {feed.Times.At(99):F1}, {feed.ManagedKib:F1}");
        Add(Promised.FeedMemory, feed.ManagedKib ?? double.NaN);
        Add(Promised.FeedTime, feed.Times.At(99));
        if (!feed.Ok) _failures.Add($"feed: lost {feed.Lost}, doubled {feed.Doubled}, foreign {feed.Foreign}, died {feed.Died}");
    }

    private async Task IntakeAsync(CancellationToken stop)
    {
        var options = new IntakeOptions(incidents, 64, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), false);
        IntakeFigures ours, theirs;
        await using (var product = await ProductServer.StartAsync(server, IntakeCommand.NoMore, stop))
            ours = await IntakeRun.RunAsync(product, options, stop);
        await using (var peer = await PeerServer.StartAsync("FULL", stop))
            theirs = await IntakeRun.RunAsync(peer, options, stop);
        Say.Figure("intake a second, product / peer", $"{ours.PerSecond:F0} / {theirs.PerSecond:F0}");
        Add(Promised.Intake, ours.PerSecond / theirs.PerSecond);
        if (!ours.Ok || !theirs.Ok) _failures.Add("intake: a report was refused, lost or elsewhere");
    }

    private async Task<LoadFigures> LoadAsync(CircuitRun run, double rate, CancellationToken stop)
    {
        var load = await run.LoadAsync(rate, WarmUp, Length, stop);
        load.Print();
        if (!load.IsWhole) _failures.Add($"{load.Delivered.Expected} deliveries: lost {load.Delivered.Lost}, doubled {load.Delivered.Doubled}, foreign {load.Delivered.Foreign}");
        return load;
    }

    private void Add(Figure figure, double value)
    {
        if (!_values.TryGetValue(figure, out var values)) _values[figure] = values = [];
        values.Add(value);
        Say.Figure("->", $"{figure.Name}: {Figure.Text(value)} {figure.Unit}");
    }

    private void Note(string scenario, CircuitRun run) => _failures.AddRange(run.Failures.Distinct().Take(3).Select(failure => $"{scenario}: {failure}"));
}
