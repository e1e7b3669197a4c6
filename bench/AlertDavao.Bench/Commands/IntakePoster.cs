using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

/// <summary>How one post ended; <see cref="Station"/> is the server's routing, null when it was not accepted.</summary>
internal sealed record Posted(Incident Incident, string? Station, double Milliseconds, int Retries, string? Failure)
{
    public Guid Report { get; init; }

    /// <summary>The timestamp at which the first try began.</summary>
    public long Started { get; init; }
}

/// <summary>Sends one incident until it is accepted or refused; retries keep the idempotency key, so none is stored twice.</summary>
internal sealed class IntakePoster(LoopbackSite site, string key, string run)
{
    private const int MostTries = 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Uri _intake = new(site.Root, "api/reports");

    /// <param name="again">Tells posts of one incident in one run apart: each is a report of its own.</param>
    public async Task<Posted> PostAsync(Incident incident, CancellationToken stop, int again = 0)
    {
        var started = Stopwatch.GetTimestamp();
        var failure = "";
        var tries = 0;
        for (; tries < MostTries; tries++)
        {
            TimeSpan wait;
            try
            {
                using var request = Request(incident, again);
                using var answer = await site.Http.SendAsync(request, stop);
                if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
                {
                    var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                    var (station, report) = Read(await answer.Content.ReadAsByteArrayAsync(stop));
                    return new(incident, station, took, tries, null) { Report = report, Started = started };
                }

                failure = $"{(int)answer.StatusCode}";
                if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)) break;
                wait = answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
            }
            catch (HttpRequestException broken)
            {
                failure = broken.Message;
                wait = TimeSpan.FromSeconds(1);
            }

            await Task.Delay(wait < LongestWait ? wait : LongestWait, TimeProvider.System, stop);
        }

        return new(incident, null, Stopwatch.GetElapsedTime(started).TotalMilliseconds, tries, failure);
    }

    private HttpRequestMessage Request(Incident incident, int again)
    {
        var body = new ByteArrayContent(incident.Body);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, _intake) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"bench-{run}-{incident.Id}-{again}");
        return request;
    }

    private static (string Station, Guid Report) Read(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        var data = json.RootElement.GetProperty("data");
        return (data.GetProperty("station_id").GetString() ?? Incident.CityDesk, data.GetProperty("report_id").GetGuid());
    }
}
