using System.Collections.Concurrent;
using System.Diagnostics;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

/// <summary>Posts every incident and checks that each stands in the right station's log, once, with no number missing.</summary>
internal static class RouteCommand
{
    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        using var site = new LoopbackSite(line.Required("url"));
        var incidents = await Incident.ReadAsync(line.Required("file"), line.Number("take", int.MaxValue, 1, int.MaxValue), stop);
        var perStation = line.Number("per-station", int.MaxValue, 1, int.MaxValue);
        incidents = [.. incidents.GroupBy(incident => incident.Station).SelectMany(station => station.Take(perStation))];
        var run = Guid.NewGuid().ToString("N")[..12];
        var poster = new IntakePoster(site, line.Required("key"), run);

        var before = await ServerFigures.LogsAsync(site, stop);
        var started = Stopwatch.GetTimestamp();
        var posted = new ConcurrentBag<Posted>();
        var inFlight = new ParallelOptions { MaxDegreeOfParallelism = line.Number("in-flight", 64, 1, 1024), CancellationToken = stop };
        await Parallel.ForEachAsync(incidents, inFlight, async (incident, cancel) => posted.Add(await poster.PostAsync(incident, cancel)));
        var took = Stopwatch.GetElapsedTime(started);
        var after = await ServerFigures.LogsAsync(site, stop);

        var stations = StationCheck.All(posted, before, after);
        Say.Line($"{"station",-8} {"expected",8} {"accepted",8} {"grew by",8} {"last",8} {"entries",8} {"lost",6} {"gaps",6}");
        foreach (var row in stations)
            Say.Line($"{row.Station,-8} {row.Expected,8} {row.Accepted,8} {row.Grew,8} {row.Last,8} {row.Entries,8} {row.Lost,6} {row.Gaps,6}{row.Verdict}");

        return Report(posted, stations, took, run) ? 0 : 1;
    }

    private static bool Report(ConcurrentBag<Posted> posted, StationCheck[] stations, TimeSpan took, string run)
    {
        var accepted = posted.Where(one => one.Station is not null).ToArray();
        var mismatches = accepted.Where(one => one.Station != one.Incident.Station).ToArray();
        var times = new Percentiles(accepted.Select(one => one.Milliseconds));
        Say.Figure("run", $"{run}");
        Say.Figure("posted / accepted", $"{posted.Count} / {accepted.Length}");
        Say.Figure("mismatches / lost / gaps", $"{mismatches.Length} / {stations.Sum(row => row.Lost)} / {stations.Sum(row => row.Gaps)}");
        Say.Figure("retries", $"{posted.Sum(one => one.Retries)}");
        Say.Figure("reports a second", $"{accepted.Length / took.TotalSeconds:F0}");
        Say.Figure("post to 201, p50 / p99 ms", $"{times.At(50):F1} / {times.At(99):F1}");

        foreach (var wrong in mismatches.Take(5))
            Say.Line($"FAILED: incident {wrong.Incident.Id} went to {wrong.Station}, not to {wrong.Incident.Station}.");
        foreach (var refused in posted.Where(one => one.Failure is not null).GroupBy(one => one.Failure).Take(5))
            Say.Line($"FAILED {refused.Count()}x: {refused.Key}");

        return accepted.Length == posted.Count && mismatches.Length == 0 && stations.All(row => row.Ok);
    }
}
