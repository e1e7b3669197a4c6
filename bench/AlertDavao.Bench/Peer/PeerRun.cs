using AlertDavao.Bench.Commands;
using AlertDavao.Bench.Feeds;
using AlertDavao.Bench.Intake;
using AlertDavao.Bench.Processes;

namespace AlertDavao.Bench.Peer;

/// <param name="Normal">The peer with synchronous=NORMAL; null of the product, which has no such setting.</param>
internal sealed record SideFigures(IntakeFigures Full, IntakeFigures? Normal, FeedFigures Feed)
{
    public bool Ok => Full.Ok && Normal is not { Ok: false } && Feed.Ok;

    public IEnumerable<string> Failures => [.. Full.Failures, .. Normal?.Failures ?? [], .. Feed.Failures];
}

/// <summary>Product and peer one after the other, each scenario on a fresh process with a store of its own.</summary>
internal sealed class PeerRun(string? server, IntakeOptions intake, FeedOptions feed)
{
    public async Task<SideFigures> ProductAsync(CancellationToken stop)
    {
        IntakeFigures full;
        await using (var product = await ProductServer.StartAsync(server, IntakeCommand.NoMore, stop))
            full = await IntakeRun.RunAsync(product, intake, stop);

        await using (var product = await ProductServer.StartAsync(server, ProductFeed.Settings(feed.Count), stop))
            return new(full, null, await FeedRun.RunAsync(product, await ProductFeed.SignInAsync(product, stop), feed, stop));
    }

    public async Task<SideFigures> PeerAsync(CancellationToken stop)
    {
        var full = await PeerIntakeAsync("FULL", stop);
        var normal = await PeerIntakeAsync("NORMAL", stop);
        await using var peer = await PeerServer.StartAsync("FULL", stop);
        return new(full, normal, await FeedRun.RunAsync(peer, new PeerRooms(peer), feed, stop));
    }

    private async Task<IntakeFigures> PeerIntakeAsync(string synchronous, CancellationToken stop)
    {
        await using var peer = await PeerServer.StartAsync(synchronous, stop);
        return await IntakeRun.RunAsync(peer, intake, stop);
    }
}
