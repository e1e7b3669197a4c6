using System.Net.Sockets;
using System.Text;
using AlertDavao.Tests.Intake;

namespace AlertDavao.Tests.Limits;

/// <summary>B7 and B16 without a proxy. How long a slow client may be is a setting; here it is seconds.</summary>
public sealed class SlowClientsTests(SlowClientsTests.Impatient app) : IClassFixture<SlowClientsTests.Impatient>
{
    private const string Json = "Content-Type: application/json";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task B7_slow_headers_a_stopped_body_and_an_endless_trickle_are_cut_and_others_are_served_meanwhile()
    {
        var headers = Drip("POST /api/reports HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "x", TimeSpan.FromMilliseconds(500));
        var stopped = Drip(Head(1000), "", TimeSpan.FromMilliseconds(500));
        // Fast enough for the rate, and never done.
        var trickle = Drip(Head(1_000_000), new string(' ', 100), TimeSpan.FromMilliseconds(50));

        var report = app.Client.Accepted(A.Report("Not slowed by the slow"));

        (await Task.WhenAny(headers, stopped, trickle, report)).Should().BeSameAs(report, "it is answered while the slow ones hold on");
        await report;
        (await headers).Should().StartWith("HTTP/1.1 408").And.Contain("Connection: close");
        foreach (var answer in new[] { await stopped, await trickle })
            answer.Should().StartWith("HTTP/1.1 408").And.Contain("application/problem+json").And.Contain("\"success\":false").And.Contain("too slowly");
    }

    [Fact]
    public async Task B16_from_a_stranger_a_forwarded_address_is_a_text_like_any_other()
    {
        using var client = app.App.Intake("no-such-key");
        var statuses = new List<int>();
        for (var sent = 0; sent <= Impatient.PerAddress; sent++)
        {
            client.DefaultRequestHeaders.Remove("X-Forwarded-For");
            client.DefaultRequestHeaders.Add("X-Forwarded-For", $"203.0.113.{sent}");
            using var answer = await client.Post(A.Report());
            statuses.Add((int)answer.StatusCode);
        }

        statuses.Should().Equal([.. Enumerable.Repeat(401, Impatient.PerAddress), 429]);
    }

    private static string Head(int length)
        => Encoding.UTF8.GetString(RawHttp.Head("POST", Changes.Reports, $"Authorization: Bearer {Dashboard.Demo.DemoOptions.DefaultIntakeKey}", Json, $"Content-Length: {length}"));

    /// <summary>Sends a beginning, then a drop at a time until the other side has had enough.</summary>
    /// <returns>What it said before it hung up.</returns>
    private async Task<string> Drip(string beginning, string drop, TimeSpan every)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var socket = new TcpClient();
        await socket.ConnectAsync(app.App.Address.Host, app.App.Address.Port, patience.Token);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning), patience.Token);
        var answer = ReadToEnd(stream, patience.Token);
        using var timer = new PeriodicTimer(every, TimeProvider.System);
        while (!answer.IsCompleted && await timer.WaitForNextTickAsync(patience.Token))
        {
            try
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(drop), patience.Token);
            }
            catch (IOException)
            {
                break;
            }
        }

        return await answer;
    }

    private static async Task<string> ReadToEnd(NetworkStream stream, CancellationToken cancel)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, cancel) is > 0 and var read)
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // A reset is an end as well; what was said before it counts.
            return text.ToString();
        }

        return text.ToString();
    }

    public sealed class Impatient : IDisposable
    {
        public const int PerAddress = 4;

        public Impatient()
        {
            App = TestApp.Start(new()
            {
                ["Limits:HeadersSeconds"] = "1",
                ["Limits:BodyGraceSeconds"] = "2",
                ["Limits:IntakeSeconds"] = "3",
                ["Limits:IntakePerAddressPerMinute"] = $"{PerAddress}",
            });
            Client = App.Intake();
        }

        public TestApp App { get; }

        public HttpClient Client { get; }

        public void Dispose()
        {
            Client.Dispose();
            App.Dispose();
        }
    }
}
