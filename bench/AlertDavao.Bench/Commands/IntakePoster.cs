using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

/// <summary>How one post ended; <see cref="Station"/> is the server's routing, null when it was not accepted.</summary>
internal sealed record Posted(Incident Incident, string? Station, double Milliseconds, int Retries, string? Failure);

/// <summary>Sends one incident until it is accepted or refused; retries keep the idempotency key, so none is stored twice.</summary>
internal sealed class IntakePoster(LoopbackSite site, string key, string run)
{
    private const int MostTries = 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Uri _intake = new(site.Root, "api/reports");

    public async Task<Posted> PostAsync(Incident incident, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var failure = "";
        var tries = 0;
        for (; tries < MostTries; tries++)
        {
            TimeSpan wait;
            try
            {
                using var request = Request(incident);
                using var answer = await site.Http.SendAsync(request, stop);
                if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
                {
                    var station = Station(await answer.Content.ReadAsByteArrayAsync(stop));
                    return new(incident, station, Stopwatch.GetElapsedTime(started).TotalMilliseconds, tries, null);
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

    private HttpRequestMessage Request(Incident incident)
    {
        var body = new ByteArrayContent(incident.Body);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, _intake) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"bench-{run}-{incident.Id}");
        return request;
    }

    private static string Station(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("data").GetProperty("station_id").GetString() ?? Incident.CityDesk;
    }
}
