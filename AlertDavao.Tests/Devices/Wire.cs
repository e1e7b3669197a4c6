using System.Net;
using System.Text.Json;

namespace AlertDavao.Tests.Devices;

/// <summary>The poll and the feed as a device reads them.</summary>
internal static class Wire
{
    public const string Board = "/api/board";
    public const string Feed = "/api/feed";

    public static string At(string path, string? after) => after is null ? path : $"{path}?after={Uri.EscapeDataString(after)}";

    public static async Task<JsonElement> Poll(this HttpClient client, string? after = null)
    {
        using var answer = await client.GetAsync(At(Board, after));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    /// <summary>Every page until there is no more.</summary>
    public static async Task<List<JsonElement>> PollAll(this HttpClient client, string? after = null)
    {
        var pages = new List<JsonElement>();
        do
        {
            pages.Add(await client.Poll(after));
            after = pages[^1].Cursor();
        }
        while (pages[^1].GetProperty("more").GetBoolean());
        return pages;
    }

    public static async Task<HttpStatusCode> Status(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    public static string Cursor(this JsonElement page) => page.GetProperty("cursor").GetString()!;

    public static bool IsReset(this JsonElement page) => page.GetProperty("reset").GetBoolean();

    public static IReadOnlyList<JsonElement> Entries(this JsonElement page) => [.. page.GetProperty("entries").EnumerateArray()];

    public static IEnumerable<JsonElement> Entries(this IEnumerable<JsonElement> pages) => pages.SelectMany(Entries);

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static Guid ReportId(this JsonElement entry) => entry.GetProperty("report_id").GetGuid();

    public static (string Log, long Number) Place(this JsonElement entry) => (entry.Text("station"), entry.GetProperty("number").GetInt64());

    /// <summary>The newest cursor of a board that has settled.</summary>
    public static async Task<string> Now(this HttpClient client) => (await client.PollAll())[^1].Cursor();
}

/// <summary>An event of a feed; a comment has no name.</summary>
internal sealed record FeedEvent(string Name, string? Id, string Data)
{
    public JsonElement Body => JsonDocument.Parse(Data).RootElement;
}

/// <summary>A reader of the feed.</summary>
internal sealed class FeedReader : IDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;

    private FeedReader(HttpResponseMessage answer, Stream body) => (_answer, _lines) = (answer, new StreamReader(body));

    public HttpResponseMessage Answer => _answer;

    public static async Task<FeedReader> Open(HttpClient client, string? after = null, string? lastEventId = null, string address = Wire.Feed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Wire.At(address, after));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return new FeedReader(answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null when the stream has ended.</summary>
    public async Task<FeedEvent?> Next()
    {
        using var patience = new CancellationTokenSource(Eventually.Patience, TimeProvider.System);
        string name = "", data = "";
        string? id = null;
        while (await Line(patience.Token) is { } line)
        {
            if (line.Length == 0)
                return new FeedEvent(name, id, data);
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = line[6..];
        }

        return null;
    }

    public async Task<FeedEvent> Delta()
    {
        while (await Next() is { } next)
        {
            if (next.Name == "delta")
                return next;
        }

        throw new InvalidOperationException("The feed ended.");
    }

    /// <summary>Every delta until one says that there is no more.</summary>
    public async Task<List<FeedEvent>> CatchUp()
    {
        var deltas = new List<FeedEvent>();
        do
            deltas.Add(await Delta());
        while (deltas[^1].Body.GetProperty("more").GetBoolean());
        return deltas;
    }

    /// <summary>Deltas until one brings a report.</summary>
    public async Task<FeedEvent> Brings(Guid report)
    {
        while (true)
        {
            var delta = await Delta();
            if (delta.Body.Entries().Any(entry => entry.ReportId() == report))
                return delta;
        }
    }

    /// <summary>Reads until the stream ends by itself.</summary>
    public async Task<TimeSpan> End()
    {
        var since = TimeProvider.System.GetTimestamp();
        while (await Next() is not null)
        {
            // What was on its way already.
        }

        return TimeProvider.System.GetElapsedTime(since);
    }

    public void Dispose()
    {
        _lines.Dispose();
        _answer.Dispose();
    }

    // A connection that is cut is an end too.
    private async Task<string?> Line(CancellationToken cancel)
    {
        try
        {
            return await _lines.ReadLineAsync(cancel);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return null;
        }
    }
}
