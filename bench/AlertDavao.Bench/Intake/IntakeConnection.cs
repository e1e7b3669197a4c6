using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Intake;

/// <summary>One kept connection, one request at a time: the generator has the same processors as the server and must leave them to it.</summary>
internal sealed class IntakeConnection : IDisposable
{
    private static readonly byte[] LengthHeader = "\r\nContent-Length: "u8.ToArray();

    private readonly Socket _socket;
    private readonly byte[] _answer = new byte[16 * 1024];

    private IntakeConnection(Socket socket) => _socket = socket;

    public static async Task<IntakeConnection> OpenAsync(LoopbackSite site, CancellationToken stop)
        => new((await Caller.ConnectAsync(IPAddress.Loopback, site.Root.Port, stop)).Socket);

    /// <returns>The status and the body, which the next request overwrites.</returns>
    public async ValueTask<(int Status, ReadOnlyMemory<byte> Body)> SendAsync(ReadOnlyMemory<byte> request, CancellationToken stop)
    {
        while (request.Length > 0)
            request = request[await _socket.SendAsync(request, SocketFlags.None, stop)..];

        var got = 0;
        var body = -1;
        var end = int.MaxValue;
        while (got < end)
        {
            var more = await _socket.ReceiveAsync(_answer.AsMemory(got), SocketFlags.None, stop);
            if (more == 0) throw new BenchException("The server closed the connection, or answered more than expected.");
            got += more;
            if (body < 0 && _answer.AsSpan(0, got).IndexOf("\r\n\r\n"u8) is >= 0 and var head)
            {
                body = head + 4;
                end = body + LengthOf(_answer.AsSpan(0, head + 2));
            }
        }

        return (Number(_answer.AsSpan(9, 3)), _answer.AsMemory(body, end - body));
    }

    public void Dispose() => _socket.Dispose();

    private static int LengthOf(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf(LengthHeader);
        if (at < 0) throw new BenchException($"An answer without Content-Length: {Encoding.ASCII.GetString(head)}");
        var value = head[(at + LengthHeader.Length)..];
        return Number(value[..value.IndexOf((byte)'\r')]);
    }

    private static int Number(ReadOnlySpan<byte> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
