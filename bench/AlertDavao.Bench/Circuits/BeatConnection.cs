using System.Net;
using System.Net.Sockets;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Circuits;

/// <summary>A kept connection for small requests whose answers nobody reads, but for their status.</summary>
internal sealed class BeatConnection : IDisposable
{
    private static readonly byte[] LastChunk = "\r\n0\r\n\r\n"u8.ToArray();

    private readonly Socket _socket;
    private readonly byte[] _answer = new byte[8 * 1024];

    private BeatConnection(Socket socket) => _socket = socket;

    public static async Task<BeatConnection> OpenAsync(LoopbackSite site, CancellationToken stop)
        => new((await Caller.ConnectAsync(IPAddress.Loopback, site.Root.Port, stop)).Socket);

    /// <returns>Whether it was answered 200 or 204.</returns>
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> request, CancellationToken stop)
    {
        while (request.Length > 0) request = request[await _socket.SendAsync(request, SocketFlags.None, stop)..];

        for (var got = 0; ;)
        {
            var more = await _socket.ReceiveAsync(_answer.AsMemory(got), SocketFlags.None, stop);
            if (more == 0) throw new BenchException("The server closed a page's connection.");
            got += more;
            if (IsWhole(_answer.AsSpan(0, got))) return _answer[9] == '2';
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        if (answer[9..12].SequenceEqual("204"u8)) return true;
        var length = answer[..head].IndexOf("Content-Length: "u8);
        if (length < 0) return answer.EndsWith(LastChunk);
        var digits = answer[(length + 16)..head];
        var end = digits.IndexOf((byte)'\r');
        return answer.Length - head - 4 >= int.Parse(end < 0 ? digits : digits[..end], System.Globalization.CultureInfo.InvariantCulture);
    }
}
