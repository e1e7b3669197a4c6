using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertDavao.Bench.Commands;
using AlertDavao.Bench.Processes;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Feeds;

/// <summary>Posts report n at its time, whether the ones before were answered or not: a slow server is not asked less.</summary>
internal sealed class FeedPoster(ServerProcess server, Incident[] incidents, Tally tally)
{
    private readonly ConcurrentQueue<double> _times = new();
    private readonly Uri _intake = new(server.Site.Root, "api/reports");
    private readonly Incident[][] _ofStation =
    [
        .. Enumerable.Range(0, OfficerAccounts.Stations).Select(number => incidents.Where(one => one.Station == OfficerAccounts.Station(number)).ToArray()),
    ];

    public IEnumerable<double> Times => _times;

    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>Returns when all of them were answered.</summary>
    public async Task PostAsync(int first, int count, int rate, CancellationToken stop)
    {
        _times.Clear();
        var posts = new List<Task>(count);
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        while (posts.Count < count && await timer.WaitForNextTickAsync(stop))
        {
            var due = Math.Min(count, 1 + (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * rate));
            while (posts.Count < due) posts.Add(PostOneAsync(first + posts.Count, stop));
        }

        await Task.WhenAll(posts);
    }

    private async Task PostOneAsync(int report, CancellationToken stop)
    {
        var ofStation = _ofStation[report % _ofStation.Length];
        var incident = ofStation[report / _ofStation.Length % ofStation.Length];
        using var request = new HttpRequestMessage(HttpMethod.Post, _intake) { Content = Content(incident, report) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", tally.Marker.Of(report));
        tally.Sent(report);
        var sent = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await server.Site.Http.SendAsync(request, stop);
            _times.Enqueue(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            if (answer.StatusCode != HttpStatusCode.Created) Failures.Enqueue($"A report was answered {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException broken)
        {
            Failures.Enqueue(broken.Message);
        }
    }

    private ByteArrayContent Content(Incident incident, int report)
    {
        var body = JsonNode.Parse(incident.Body)!;
        body["title"] = $"{(string)body["title"]!} {tally.Marker.Of(report)}";
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
