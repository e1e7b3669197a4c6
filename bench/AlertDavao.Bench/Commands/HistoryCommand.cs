using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

/// <summary>Fills the database up to a number of reports, then opens the board, the list and searches and times each page.</summary>
internal static partial class HistoryCommand
{
    private const int AtOnce = 500;
    private const int WarmUp = 3;

    /// <summary>A word that one report in twenty thousand has.</summary>
    private const string RareWord = "kalachuchi";

    private static readonly TimeSpan BetweenReports = TimeSpan.FromMinutes(26);

    private static readonly (string Name, string Path)[] Pages =
    [
        ("board", "/"),
        ("reports", "/reports"),
        ("filtered: two statuses, severity", "/reports?status=received&status=resolved&severity=critical"),
        ("filtered: type, 30 days", "/reports?type=Theft&period=30d"),
        ("search: rare word", $"/reports?text={RareWord}"),
        ("search: a word of every report", "/reports?text=reported"),
        ("search: two words", "/reports?text=theft+matina"),
    ];

    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        using var site = new LoopbackSite(line.Required("url"));
        var count = line.Number("count", 100_000, 1000, 1_000_000);
        var incidents = await Incident.ReadAsync(line.Required("file"), int.MaxValue, stop);
        await FillAsync(site, incidents, count, stop);

        var samples = line.Number("samples", 60, 5, 10_000);
        var limit = line.Number("limit-ms", 1000, 1, 60_000);
        Say.Line($"{"page",-36} {"as",-12} {"p50 ms",8} {"p95 ms",8} {"KiB",6}");
        var slowest = 0d;
        foreach (var account in new[] { "hq", "officer.ps1" })
        {
            var session = new SiteSession(site);
            await session.SignInAsync($"{account}@alertdavao.test", line.Text("password", "Davao-demo-2026!"), stop);
            foreach (var (name, path) in Pages.Append(("page 100", await HundredthAsync(session, stop))))
                slowest = Math.Max(slowest, await MeasureAsync(session, name, account, path, samples, stop));
        }

        return slowest < limit ? 0 : 1;
    }

    private static async Task FillAsync(LoopbackSite site, Incident[] incidents, int count, CancellationToken stop)
    {
        var there = (await ServerFigures.LogsAsync(site, stop)).Values.Sum(log => log.DistinctReports);
        var missing = (int)Math.Max(0, count - there);
        var started = Stopwatch.GetTimestamp();
        var now = TimeProvider.System.GetUtcNow();
        var officer = Guid.NewGuid();
        foreach (var some in Enumerable.Range(0, missing).Chunk(AtOnce))
        {
            var reports = some.Select(at => Past(incidents[at % incidents.Length], at, missing, now, officer));
            using var answer = await site.Http.PostAsJsonAsync(new Uri(site.Root, "bench/history"), reports, stop);
            if (answer.StatusCode != HttpStatusCode.NoContent)
                throw new BenchException($"/bench/history answered {(int)answer.StatusCode}: start the server with Bench__Enabled=true.");
        }

        Say.Figure("reports there / added", $"{there} / {missing}");
        if (missing > 0)
            Say.Figure("added a second", $"{missing / Stopwatch.GetElapsedTime(started).TotalSeconds:F0}");
    }

    // The oldest first, as they would have come; the youngest are still being worked on.
    private static object Past(Incident incident, int at, int count, DateTimeOffset now, Guid officer)
    {
        var body = incident.Read();
        var word = at % 20_000 == 7 ? $" {RareWord}" : "";
        return new
        {
            body.Title,
            body.Types,
            Description = body.Description + word,
            body.Latitude,
            body.Longitude,
            Received = now - BetweenReports * (count - at),
            Steps = count - at > 400 ? 4 : at % 5,
            Officer = officer,
        };
    }

    private static async Task<string> HundredthAsync(SiteSession session, CancellationToken stop)
    {
        var path = "/reports";
        for (var page = 1; page < 100; page++)
        {
            var (_, html) = await session.GetAsync(path, stop);
            if (Next().Match(html) is not { Success: true } link)
                return path;
            path = WebUtility.HtmlDecode(link.Groups["path"].Value);
        }

        return path;
    }

    private static async Task<double> MeasureAsync(SiteSession session, string name, string account, string path, int samples, CancellationToken stop)
    {
        var times = new List<double>();
        var size = 0;
        for (var at = -WarmUp; at < samples; at++)
        {
            var from = Stopwatch.GetTimestamp();
            var (_, html) = await session.GetAsync(path, stop);
            size = html.Length;
            if (at >= 0)
                times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        }

        var figures = new Percentiles(times);
        Say.Line($"{name,-36} {account,-12} {figures.At(50),8:F1} {figures.At(95),8:F1} {size / 1024,6}");
        return figures.At(95);
    }

    [GeneratedRegex("<a\\b[^>]*\\brel=\"next\"[^>]*\\bhref=\"(?<path>[^\"]+)\"")]
    private static partial Regex Next();
}
