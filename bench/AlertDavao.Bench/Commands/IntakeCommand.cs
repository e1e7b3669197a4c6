using AlertDavao.Bench.Intake;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Processes;

namespace AlertDavao.Bench.Commands;

/// <summary>Durable reports a second, on a fresh server.</summary>
internal static class IntakeCommand
{
    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        var options = await OptionsAsync(line, stop);
        await using var server = await ProductServer.StartAsync(line.Optional("server"), NoMore, stop);
        var figures = await IntakeRun.RunAsync(server, options, stop);

        Say.Figure("clients / photo", $"{options.Clients} / {(options.WithEvidence ? "yes" : "no")}");
        Say.Figure("reports a second", $"{figures.PerSecond:F0}");
        Say.Figure("post to 201, p50 / p99 / max ms", $"{figures.Times.At(50):F1} / {figures.Times.At(99):F1} / {figures.Times.At(100):F1}");
        Say.Figure("accepted / lost / gaps", $"{figures.AllAccepted} / {figures.Lost} / {figures.Gaps}");
        Say.Figure("server CPU us per report", $"{figures.ServerMicrosecondsPerReport:F0}");
        Say.Figure("CPU server / generator", $"{figures.Cpu}");
        SayFailures(figures.Failures);
        return figures.Ok ? 0 : 1;
    }

    public static IReadOnlyDictionary<string, string> NoMore { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static async Task<IntakeOptions> OptionsAsync(CommandLine line, CancellationToken stop) => new(
        await Incident.ReadAsync(line.Optional("file") ?? Tree.Incidents, int.MaxValue, stop),
        line.Number("clients", 64, 1, 1024),
        TimeSpan.FromSeconds(line.Number("warm-up-seconds", 15, 1, 60)),
        TimeSpan.FromSeconds(line.Number("seconds", 10, 1, 300)),
        line.Has("evidence"));

    public static void SayFailures(IEnumerable<string> failures)
    {
        foreach (var failure in failures.GroupBy(text => text).OrderByDescending(group => group.Count()).Take(5))
            Say.Line($"FAILED {failure.Count()}x: {failure.Key}");
    }
}
