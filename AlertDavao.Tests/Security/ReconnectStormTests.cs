using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;

namespace AlertDavao.Tests.Security;

/// <summary>C11 at a size for every run: the speed of it is the benchmarks' matter.</summary>
public sealed class ReconnectStormTests : IDisposable
{
    private const int Sockets = 200;
    private const int Reports = 20;

    private readonly TestApp _app = TestApp.Start(new() { ["Limits:CircuitsPerUser"] = "0" });

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task C11_two_hundred_screens_that_come_back_at_once_are_all_let_in_and_every_report_is_taken_meanwhile()
    {
        var cookie = await Socket.SignedIn(_app, "officer.ps1");
        using var intake = _app.Intake();

        var storm = Enumerable.Range(0, Sockets).Select(_ => Connect(cookie)).ToList();
        var posts = Enumerable.Range(0, Reports).Select(at => intake.PostAsJsonAsync("/api/reports", A.ReportFor(_app, "PS1", $"In the storm {at}"))).ToList();

        (await Task.WhenAll(posts)).Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.Created);
        var sockets = await Task.WhenAll(storm);
        sockets.Should().OnlyContain(socket => socket.State == WebSocketState.Open);
        foreach (var socket in sockets)
            socket.Dispose();
        await using var db = _app.Db();
        db.Reports.Count(report => report.Title.StartsWith("In the storm")).Should().Be(Reports);
    }

    private async Task<ClientWebSocket> Connect(string cookie)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.SetRequestHeader("Origin", _app.Address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(_app.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, patience.Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, patience.Token);
        var answer = new byte[64];
        var taken = await socket.ReceiveAsync(answer, patience.Token);
        Encoding.UTF8.GetString(answer, 0, taken.Count).Should().Be("{}\u001e");
        return socket;
    }
}
