using AlertDavao.Bench.Feeds;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Processes;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

/// <summary>What ten thousand readers of the feed cost, and how soon a report is with those of its station.</summary>
internal static class FeedCommand
{
    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        var options = await OptionsAsync(line, 30, stop);
        var limit = line.Number("limit-ms", int.MaxValue, 1, int.MaxValue);
        await using var server = await ProductServer.StartAsync(line.Optional("server"), ProductFeed.Settings(options.Count), stop);
        var figures = await FeedRun.RunAsync(server, await ProductFeed.SignInAsync(server, stop), options, stop);

        Say.Figure("subscribers / died", $"{options.Count} / {figures.Died}");
        Say.Figure("openings a second", $"{figures.OpenedPerSecond:F0}");
        Say.Figure("managed KiB per subscriber", $"{figures.ManagedKib:F1}");
        Say.Figure("resident MiB before / after", $"{figures.ResidentBefore / 1048576.0:F0} / {figures.ResidentAfter / 1048576.0:F0}");
        Say.Figure("expected / lost / doubled / foreign", $"{figures.Expected} / {figures.Lost} / {figures.Doubled} / {figures.Foreign}");
        Say.Figure("post to received, p50 / p99 / max ms", $"{figures.Times.At(50):F1} / {figures.Times.At(99):F1} / {figures.Times.At(100):F1}");
        Say.Figure("post to 201, p50 / p99 ms", $"{figures.Posts.At(50):F1} / {figures.Posts.At(99):F1}");
        Say.Figure("server CPU us per delivery", $"{figures.ServerMicrosecondsPerDelivery:F1}");
        Say.Figure("CPU server / generator", $"{figures.Cpu}");
        IntakeCommand.SayFailures(figures.Failures);
        if (figures.Times.At(99) >= limit) Say.Line($"FAILED: {limit} ms or more.");
        return figures.Ok && figures.Times.At(99) < limit ? 0 : 1;
    }

    public static async Task<FeedOptions> OptionsAsync(CommandLine line, int seconds, CancellationToken stop) => new(
        await Incident.ReadAsync(line.Optional("file") ?? Tree.Incidents, int.MaxValue, stop),
        line.Number("count", 10_000, OfficerAccounts.Stations, 50_000),
        line.Number("rate", 16, 1, 1000),
        TimeSpan.FromSeconds(line.Number("warm-up-seconds", 5, 1, 60)),
        TimeSpan.FromSeconds(line.Number("seconds", seconds, 1, 300)));
}
