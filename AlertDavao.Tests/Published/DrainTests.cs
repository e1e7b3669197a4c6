using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Tests.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Published;

/// <summary>The built program, told to end while screens are open and reports come in.</summary>
public sealed class DrainTests : IDisposable
{
    private const int Circuits = 100;
    private const int Sleepers = 20;
    private const int Before = 40;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly string _storage = Directory.CreateTempSubdirectory("alertdavao-drain-").FullName;
    private readonly ConcurrentBag<Guid> _accepted = [];
    private readonly ConcurrentBag<string> _surprises = [];

    private Dictionary<string, string> Settings => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["Storage__Path"] = _storage,
        ["Demo__ReplayPerMinute"] = "0",
        ["Limits__CircuitsPerUser"] = "0",
        ["Limits__SignInsPerAddressPerMinute"] = "0",
        // The memory that a server has ready is not what this is about.
        ["DOTNET_GCgen0size"] = "4000000",
    };

    public void Dispose() => Directory.Delete(_storage, recursive: true);

    [Fact]
    [Trait("catalogue", "D8")]
    public async Task D8_told_to_end_among_a_hundred_circuits_it_is_gone_within_five_seconds_and_has_every_report_it_accepted()
    {
        using var server = await Server.Start(new ProcessStartInfo("dotnet", [BuiltProgram.Library]), Settings);
        var cookie = await SignedIn(server.Address);
        using var load = Load(server.Address);
        using var awake = await Connect(server.Address, cookie);
        // They take nothing from here on, and never say that they agree to be closed.
        var sleepers = await Task.WhenAll(Enumerable.Range(0, Sleepers).Select(_ => Connect(server.Address, cookie)));
        using var http = new HttpClient { BaseAddress = server.Address };
        await Eventually.Reads(() => http.GetStringAsync("/metrics"), text => Screens(text) > Circuits + Sleepers, "the circuits are open", TimeSpan.FromMinutes(2));
        using var stop = new CancellationTokenSource();
        var citizens = Enumerable.Range(0, 4).Select(_ => Send(server.Address, stop.Token)).ToList();
        var comesBack = ComeBack(server.Address, cookie, stop.Token);
        await Eventually.Holds(() => _accepted.Count >= Before, "reports are being taken");

        var since = Stopwatch.GetTimestamp();
        var told = server.Stop();
        var seen = await Closed(awake);
        var noticed = Stopwatch.GetElapsedTime(since);
        var exit = await told;
        var took = Stopwatch.GetElapsedTime(since);
        await stop.CancelAsync();
        await Task.WhenAll([.. citizens, comesBack]);
        if (!load.HasExited)
            load.Kill();

        exit.Should().Be(0, server.Output);
        took.Should().BeLessThan(Longest);
        seen.Should().BeTrue("an open page is told");
        noticed.Should().BeLessThan(TimeSpan.FromSeconds(3));
        _surprises.Should().BeEmpty();
        EveryReportIsThereOnce();
        foreach (var sleeper in sleepers)
            sleeper.Dispose();
    }

    [Fact]
    [Trait("catalogue", "D8")]
    public async Task D8_an_upload_that_never_ends_does_not_keep_the_program_and_is_no_failure_of_it()
    {
        using var server = await Server.Start(new ProcessStartInfo("dotnet", [BuiltProgram.Library]), Settings);
        using var slow = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        await slow.ConnectAsync(server.Address.Host, server.Address.Port);
        await slow.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /api/reports HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {DemoOptions.DefaultIntakeKey}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n"));
        // The server asks for the body when it begins to read it.
        var asked = new byte[64];
        var taken = await slow.ReceiveAsync(asked);
        Encoding.ASCII.GetString(asked, 0, taken).Should().StartWith("HTTP/1.1 100 ");
        await slow.SendAsync("{\"title\":"u8.ToArray());

        var since = Stopwatch.GetTimestamp();
        var exit = await server.Stop();

        exit.Should().Be(0, server.Output);
        Stopwatch.GetElapsedTime(since).Should().BeLessThan(Longest);
    }

    private static Process Load(Uri address)
    {
        var start = new ProcessStartInfo("dotnet",
            [GateTests.Bench(), "circuits", "--url", address.ToString(), "--count", $"{Circuits}", "--per-account", "10", "--hold-seconds", "120", "--no-memory"]);
        BuiltProgram.Prepare(start, []);
        var load = Process.Start(start)!;
        load.BeginOutputReadLine();
        load.BeginErrorReadLine();
        return load;
    }

    private static async Task<string> SignedIn(Uri address)
    {
        var cookies = new CookieContainer();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = address };
        using var answer = await TestApp.SignIn(client, "officer.ps1", TestApp.Password);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return cookies.GetCookieHeader(address);
    }

    private static async Task<ClientWebSocket> Connect(Uri address, string cookie)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.SetRequestHeader("Origin", address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/_blazor" }.Uri, patience.Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, patience.Token);
        var answer = new byte[64];
        await socket.ReceiveAsync(answer, patience.Token);
        return socket;
    }

    // Whether the server said goodbye, or at least cut the line.
    private static async Task<bool> Closed(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Longest, TimeProvider.System);
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, patience.Token)).MessageType != WebSocketMessageType.Close)
            {
                // Pings, and the hub's own last word.
            }

            return true;
        }
        catch (WebSocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // A page that is let in by a program that has been told to end would only be thrown out again.
    private async Task ComeBack(Uri address, string cookie, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = address };
        var isEnding = false;
        while (!stop.IsCancellationRequested)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
            request.Headers.Add("Cookie", cookie);
            request.Headers.Add("Origin", address.GetLeftPart(UriPartial.Authority));
            try
            {
                using var answer = await http.SendAsync(request, stop);
                isEnding |= answer.StatusCode == HttpStatusCode.ServiceUnavailable;
                if (isEnding && (answer.StatusCode != HttpStatusCode.ServiceUnavailable || answer.Headers.RetryAfter is null))
                    _surprises.Add($"negotiated: {answer.StatusCode}");
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Send(Uri address, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", DemoOptions.DefaultIntakeKey);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await http.PostAsJsonAsync("/api/reports", A.Report(), stop);
                if (answer.StatusCode == HttpStatusCode.Created)
                    _accepted.Add((await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("data").GetProperty("report_id").GetGuid());
                else if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || answer.Headers.RetryAfter is null)
                    _surprises.Add($"sent: {answer.StatusCode}");
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Nobody listens any more.
                return;
            }
        }
    }

    private void EveryReportIsThereOnce()
    {
        var file = Directory.GetFiles(_storage, "*.db", SearchOption.AllDirectories).Single();
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        using var db = new AlertDavaoDb(new DbContextOptionsBuilder<AlertDavaoDb>().UseSqlite(connection).Options);
        db.Reports.Select(report => report.Id).ToHashSet().Should().Contain(_accepted);
        _accepted.Should().OnlyHaveUniqueItems().And.HaveCountGreaterThanOrEqualTo(Before);
        var entries = db.StationEntries.AsEnumerable().ToLookup(entry => entry.Log, entry => entry.Number);
        foreach (var log in db.StationLogs.AsNoTracking())
            entries[log.Code].Order().Should().Equal(Enumerable.Range(1, (int)log.LastNumber).Select(number => (long)number), log.Code);
        db.StationEntries.AsEnumerable().Where(entry => entry.Kind == AlertDavao.Domain.Log.EntryKind.Arrived).CountBy(entry => entry.ReportId)
            .Should().OnlyContain(report => report.Value == 1);
    }

    private static double Screens(string metrics) => metrics.Split('\n')
        .Where(line => line.StartsWith("alertdavao_circuits", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))
        .DefaultIfEmpty().Max();
}
