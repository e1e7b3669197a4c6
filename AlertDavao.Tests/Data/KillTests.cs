using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Tests.Intake;
using AlertDavao.Tests.Published;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace AlertDavao.Tests.Data;

/// <summary>D1: the program is killed again and again while clients file reports and repeat what was not answered.</summary>
[Collection(ProcessTests.Name)]
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 20;
    private const int Clients = 8;
    private const int MostInARound = 60;

    private readonly Drill _drill = new();
    private readonly ConcurrentDictionary<string, Guid> _acknowledged = new();
    private readonly ConcurrentQueue<string> _doubled = new();

    // Who has no server waits for the next one.
    private volatile TaskCompletionSource<Uri> _server = New<Uri>();
    private volatile TaskCompletionSource _moment = New();
    private int _sent;
    private int _answered;
    private int _repeats;
    private int _killAtSent;
    private int _killAtAnswered;

    [Fact]
    [Trait("catalogue", "D1")]
    public async Task Killed_at_twenty_random_moments_it_has_every_acknowledged_report_once_and_no_gap()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var enough = new CancellationTokenSource();
        var filing = Enumerable.Range(0, Clients).Select(client => File(client, enough.Token)).ToArray();

        for (var kill = 0; kill < Kills; kill++)
        {
            using var server = await StartServer();
            await Moment(server, random, kill);
            // From here on clients wait; those that have been asked for an answer lose it.
            _server = New<Uri>();
            await server.Kill();
        }

        using var last = await StartServer();
        _server.SetResult(last.Address);
        await enough.CancelAsync();
        await Task.WhenAll(filing);
        (await last.Stop()).Should().Be(0);

        output.WriteLine($"{_sent} requests, {_acknowledged.Count} reports acknowledged, {_repeats} answers to repeats");
        _acknowledged.Count.Should().BeGreaterThan(200, $"seed {seed}");
        _doubled.Should().BeEmpty($"seed {seed}");
        ShouldHoldExactlyWhatWasAcknowledged(seed);
        _drill.ShouldHaveNoGap();
        _drill.NewBackUp().Run(_drill.Backup).Reports.Should().Be(800 + _acknowledged.Count, "every page of the database is good");
    }

    public void Dispose() => _drill.Dispose();

    /// <summary>Lets the clients at the server, and returns at a random one of what they send or are answered.</summary>
    private async Task Moment(Server server, Random random, int kill)
    {
        var count = random.Next(1, MostInARound);
        _moment = New();
        Volatile.Write(ref _killAtSent, kill % 2 == 0 ? _sent + count : int.MaxValue);
        Volatile.Write(ref _killAtAnswered, kill % 2 == 1 ? _answered + count : int.MaxValue);
        _server.SetResult(server.Address);
        await _moment.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
        // A little into what comes next: the writer may be anywhere in it.
        Thread.SpinWait(random.Next(0, 2_000_000));
    }

    private async Task File(int client, CancellationToken enough)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", DemoOptions.DefaultIntakeKey);
        for (var at = 0; !enough.IsCancellationRequested; at++)
        {
            var title = $"Killed {client}-{at}";
            var report = A.Report(title);
            if (at % 3 == 0)
                report["crime_types"] = new[] { "cybercrime - phishing" };
            // The same words under the same key until they are acknowledged.
            while (await Send(http, report, title) is not { } id || !Acknowledge(title, id))
                await Task.Yield();
        }
    }

    private async Task<Guid?> Send(HttpClient http, Dictionary<string, object?> report, string key)
    {
        var address = await _server.Task;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, Changes.Reports)) { Content = JsonContent.Create(report) };
        request.Headers.Add("Idempotency-Key", key);
        try
        {
            if (Interlocked.Increment(ref _sent) == Volatile.Read(ref _killAtSent))
                _moment.TrySetResult();
            using var answer = await http.SendAsync(request);
            if (!answer.IsSuccessStatusCode)
                return null;
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            if (answer.StatusCode == System.Net.HttpStatusCode.OK)
                Interlocked.Increment(ref _repeats);
            return body.GetProperty("data").GetProperty("report_id").GetGuid();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException or JsonException)
        {
            return null;
        }
    }

    private bool Acknowledge(string title, Guid id)
    {
        if (!_acknowledged.TryAdd(title, id))
            _doubled.Enqueue(title);
        if (Interlocked.Increment(ref _answered) >= Volatile.Read(ref _killAtAnswered))
            _moment.TrySetResult();
        return true;
    }

    private void ShouldHoldExactlyWhatWasAcknowledged(int seed)
    {
        using var db = _drill.Db();
        var held = db.Reports.AsNoTracking().Where(report => report.Title.StartsWith("Killed ")).Select(report => new { report.Title, report.Id }).ToList();
        held.Select(report => (report.Title, report.Id)).Should().BeEquivalentTo(_acknowledged.Select(one => (one.Key, one.Value)), $"seed {seed}");
    }

    private Task<Server> StartServer() => Server.Start(new ProcessStartInfo("dotnet", [BuiltProgram.Library]), new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["Storage__Path"] = _drill.Storage,
        ["Demo__ReplayPerMinute"] = "0",
        ["Logging__LogLevel__Default"] = "Warning",
        // Twenty starts: here it matters how soon code runs, not how well it is compiled.
        ["DOTNET_TieredCompilation"] = "1",
        ["DOTNET_TC_QuickJit"] = "1",
        // Set, so that it does not take its own place once more for it.
        ["DOTNET_GCgen0size"] = "4000000",
    });

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
