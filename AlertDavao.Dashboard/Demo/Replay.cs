using System.Globalization;
using System.Net.Http.Headers;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Intake;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AlertDavao.Dashboard.Demo;

/// <summary>
/// Sends real incidents to the product's own intake over HTTP, like any client: with a key, an idempotency key and retries.
/// After the last one it begins anew under new keys.
/// </summary>
internal sealed partial class Replay(
    DemoOptions options, IServer server, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Replay> log) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.ReplayPerMinute == 0 || !await lifetime.Started(stoppingToken) || OwnAddress() is not { } address)
            return;

        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.IntakeKey);
        var incidents = Incident.InTurn(Incident.All()).ToList();
        var run = time.GetUtcNow().ToUnixTimeMilliseconds();
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1) / options.ReplayPerMinute, time);
        try
        {
            for (var round = 0; ; round++)
            {
                foreach (var incident in incidents)
                {
                    await timer.WaitForNextTickAsync(stoppingToken);
                    await Send(http, incident, string.Create(CultureInfo.InvariantCulture, $"replay-{run}-{round}-{incident.Id}"), stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    // A server that listens on every address is reached on this machine's own.
    private Uri? OwnAddress()
    {
        var first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        return first is null ? null : new Uri(first
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal));
    }

    /// <summary>Until it is accepted: the key makes a repetition harmless.</summary>
    private async Task Send(HttpClient http, Incident incident, string key, CancellationToken stop)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, IntakeFeature.Reports)
            {
                Content = JsonContent.Create(new Dictionary<string, object>
                {
                    [ReportForm.Title] = incident.Title,
                    [ReportForm.CrimeTypes] = incident.CrimeTypes,
                    [ReportForm.Description] = incident.Description,
                    [ReportForm.IncidentDate] = incident.OccurredAt.ToString("O", CultureInfo.InvariantCulture),
                    [ReportForm.Latitude] = incident.Latitude,
                    [ReportForm.Longitude] = incident.Longitude,
                    [ReportForm.Barangay] = incident.Barangay,
                }),
            };
            request.Headers.Add("Idempotency-Key", key);
            if (await TrySend(http, request, stop))
                return;
            await Task.Delay(AfterFailure, time, stop);
        }
    }

    private async Task<bool> TrySend(HttpClient http, HttpRequestMessage request, CancellationToken stop)
    {
        try
        {
            using var answer = await http.SendAsync(request, stop);
            if (answer.IsSuccessStatusCode)
                return true;
            Refused((int)answer.StatusCode);
        }
        catch (HttpRequestException e)
        {
            Unreached(e.HttpRequestError);
        }

        return false;
    }

    [LoggerMessage(LogLevel.Warning, "The intake answered the replay with {Status}; it tries again.")]
    private partial void Refused(int status);

    [LoggerMessage(LogLevel.Warning, "The replay could not reach the intake ({Error}); it tries again.")]
    private partial void Unreached(HttpRequestError error);
}
