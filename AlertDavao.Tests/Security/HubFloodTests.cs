using System.Net.WebSockets;
using System.Text;
using AlertDavao.Dashboard.Accounts;
using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Security;

/// <summary>C12: what no page sends closes its connection, and the server goes on.</summary>
[Collection(SecurityTests.Name)]
public sealed class HubFloodTests(LoggedApp app)
{
    // blazorpack: a length, then [invocation, headers, no id, method, arguments, no streams].
    private static readonly byte[] Call = Framed([0x96, 0x01, 0x80, 0xc0, 0xb1, .. "OnRenderCompleted"u8, 0x92, 0x00, 0xc0, 0x90]);

    [Fact]
    public async Task C12_a_hundred_thousand_small_calls_are_cut_short()
    {
        using var socket = await Connect();

        var sent = 0;
        try
        {
            for (; sent < 100_000 && socket.State == WebSocketState.Open; sent++)
                await socket.SendAsync(Call, WebSocketMessageType.Binary, true, Patience());
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            // Cut while it was sent.
        }

        await IsClosed(socket);
        await ServerIsWell();
    }

    [Fact]
    public async Task C12_a_message_of_33_KB_closes_its_connection()
    {
        using var socket = await Connect();

        await socket.SendAsync(Framed(new byte[33 * 1024]), WebSocketMessageType.Binary, true, Patience());

        await IsClosed(socket);
        await ServerIsWell();
    }

    [Fact]
    public async Task A_page_at_work_is_not_cut()
    {
        using var socket = await Connect();

        for (var call = 0; call < CallRate.AtOnce / 2; call++)
            await socket.SendAsync(Call, WebSocketMessageType.Binary, true, Patience());
        // A ping of the protocol is answered by nothing; the connection is there to take it.
        await socket.SendAsync(Framed([0x91, 0x06]), WebSocketMessageType.Binary, true, Patience());

        socket.State.Should().Be(WebSocketState.Open);
        await ServerIsWell();
    }

    [Fact]
    public void The_rate_gives_back_as_much_a_second_as_it_says()
    {
        var time = new FakeTimeProvider();
        var rate = new CallRate(time);

        Enumerable.Range(0, CallRate.AtOnce).Should().OnlyContain(_ => rate.TryCall());
        rate.TryCall().Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(1));
        Enumerable.Range(0, CallRate.PerSecond).Should().OnlyContain(_ => rate.TryCall());
        rate.TryCall().Should().BeFalse();
    }

    private static byte[] Framed(byte[] message)
    {
        var length = new List<byte>();
        var rest = message.Length;
        do
        {
            length.Add((byte)((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0)));
            rest >>= 7;
        }
        while (rest > 0);

        return [.. length, .. message];
    }

    private static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System).Token;

    private async Task<ClientWebSocket> Connect()
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", await Socket.SignedIn(app.App, "officer.ps8"));
        socket.Options.SetRequestHeader("Origin", app.App.Address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(app.App.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, Patience());
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, Patience());
        var answer = new byte[64];
        var taken = await socket.ReceiveAsync(answer, Patience());
        Encoding.UTF8.GetString(answer, 0, taken.Count).Should().Be("{}\u001e", "the hub speaks with us");
        return socket;
    }

    // Whatever was said before, the last is the end.
    private static async Task IsClosed(ClientWebSocket socket)
    {
        var taken = new byte[64 * 1024];
        try
        {
            while ((await socket.ReceiveAsync(taken, Patience())).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            // Cut without a word.
        }
    }

    private async Task ServerIsWell()
    {
        using var officer = await app.App.SignedIn("officer.ps8");
        (await officer.GetStringAsync("/")).Should().Contain("report-board");
        using var again = await Connect();
        again.State.Should().Be(WebSocketState.Open);
    }
}
