using AlertDavao.Bench.Intake;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Peer;

namespace AlertDavao.Bench.Commands;

/// <summary>The product beside the design it replaces, in one run on one machine: medians, and the ratio of them.</summary>
internal static class PeerCommand
{
    private static readonly (string Name, Func<SideFigures, double> Of)[] Rows =
    [
        ("intake FULL, reports a second", side => side.Full.PerSecond),
        ("  post to 201, p50 ms", side => side.Full.Times.At(50)),
        ("  post to 201, p99 ms", side => side.Full.Times.At(99)),
        ("  server CPU us per report", side => side.Full.ServerMicrosecondsPerReport),
        ("live, post to received, p50 ms", side => side.Feed.Times.At(50)),
        ("  post to received, p99 ms", side => side.Feed.Times.At(99)),
        ("  post to received, max ms", side => side.Feed.Times.At(100)),
        ("  post to 201, p99 ms", side => side.Feed.Posts.At(99)),
        ("  server CPU us per delivery", side => side.Feed.ServerMicrosecondsPerDelivery),
        ("  subscribers opened a second", side => side.Feed.OpenedPerSecond),
        ("  resident MiB with all of them", side => side.Feed.ResidentAfter / 1048576.0),
    ];

    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        if (line.Has("evidence")) throw new UsageException("The peer takes no photos.");
        var intake = await IntakeCommand.OptionsAsync(line, stop);
        var feed = await FeedCommand.OptionsAsync(line, 10, stop);
        var run = new PeerRun(line.Optional("server"), intake, feed);
        var (products, peers) = (new List<SideFigures>(), new List<SideFigures>());
        for (var round = line.Number("rounds", 3, 1, 9); round > 0; round--)
        {
            products.Add(await run.ProductAsync(stop));
            SayRound("product", products[^1]);
            peers.Add(await run.PeerAsync(stop));
            SayRound("peer", peers[^1]);
        }

        Say.Line($"{intake.Clients} clients; {feed.Count} subscribers at {feed.Rate} reports a second; medians of {products.Count}");
        Say.Line($"{"",-34} {"product",10} {"peer",10} {"ratio",8}");
        foreach (var (name, of) in Rows) SayRow(name, Median(products, of), Median(peers, of));
        // The product answers after the disk has it, always: its FULL stands beside the peer's NORMAL too.
        SayRow("intake, peer NORMAL, a second", Median(products, side => side.Full.PerSecond), Median(peers, side => side.Normal!.PerSecond));
        SayRow("  post to 201, p99 ms", Median(products, side => side.Full.Times.At(99)), Median(peers, side => side.Normal!.Times.At(99)));
        IntakeCommand.SayFailures(products.Concat(peers).SelectMany(side => side.Failures));
        return products.Concat(peers).All(side => side.Ok) ? 0 : 1;
    }

    private static void SayRound(string side, SideFigures figures)
    {
        SayIntake($"{side}: intake FULL", figures.Full);
        if (figures.Normal is { } normal) SayIntake($"{side}: intake NORMAL", normal);
        var feed = figures.Feed;
        Say.Figure($"{side}: live", $"p99 {feed.Times.At(99):F1} ms, lost / doubled / foreign {feed.Lost} / {feed.Doubled} / {feed.Foreign}, CPU {feed.Cpu}");
    }

    private static void SayIntake(string name, IntakeFigures intake) =>
        Say.Figure(name, $"{intake.PerSecond:F0} a second, p99 {intake.Times.At(99):F1} ms, lost / gaps {intake.Lost} / {intake.Gaps}, CPU {intake.Cpu}");

    private static void SayRow(string name, double product, double peer) =>
        Say.Line($"{name,-34} {product,10:F1} {peer,10:F1} {product / peer,8:F2}");

    private static double Median(List<SideFigures> sides, Func<SideFigures, double> of) => new Percentiles(sides.Select(of)).At(50);
}
