using System.Net;
using System.Net.Sockets;
using System.Text;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Feeds;

/// <summary>
/// One subscriber: a socket, a bit for each report and, while it is idle, no buffer. What has come is read into a buffer of
/// the thread that woke up; only the beginning of a message that is not whole yet is kept.
/// </summary>
internal abstract class LiveStream(Tally tally, int station) : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    [ThreadStatic]
    private static byte[]? _buffer;

    private readonly ulong[] _seen = tally.NewSeen();
    private readonly TaskCompletionSource _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Socket? _socket;
    private byte[] _rest = [];
    private Task _end = Task.CompletedTask;

    /// <summary>The server ended it, or it never began.</summary>
    public bool HasEnded => _end.IsCompleted;

    /// <summary>The status that a server opens it with.</summary>
    protected abstract string Status { get; }

    /// <summary>Returns when the server has said hello.</summary>
    public async Task OpenAsync(IPAddress from, int port, byte[] request, CancellationToken stop)
    {
        _socket = (await Caller.ConnectAsync(from, port, stop)).Socket;
        await _socket.SendAsync(request, SocketFlags.None, stop);
        var head = new byte[4096];
        var got = 0;
        int end;
        while ((end = head.AsSpan(0, got).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var more = got == head.Length ? 0 : await _socket.ReceiveAsync(head.AsMemory(got), SocketFlags.None, stop);
            if (more == 0) throw new BenchException("A stream ended before its head did.");
            got += more;
        }

        if (!head.AsSpan().StartsWith(Encoding.ASCII.GetBytes($"HTTP/1.1 {Status} ")))
            throw new BenchException($"A stream was answered {Encoding.ASCII.GetString(head, 0, head.AsSpan().IndexOf((byte)'\r'))}.");
        Take(head.AsSpan(end + 4, got - end - 4));
        // A wait may end with nothing to read.
        _socket.Blocking = false;
        _end = FollowAsync(_socket);
        await _hello.Task.WaitAsync(stop);
    }

    public void Dispose() => _socket?.Dispose();

    /// <summary>Takes the transfer's own framing off, in place; what is left is the messages.</summary>
    protected virtual Span<byte> Unframe(Span<byte> received) => received;

    /// <summary>The first message in what has come, and how many bytes it took; false while it is not whole.</summary>
    protected abstract bool TryMessage(ReadOnlySpan<byte> received, out Range message, out int used);

    private async Task FollowAsync(Socket socket)
    {
        try
        {
            do
            {
                // Waits without a buffer, so that ten thousand idle streams have none.
                await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None);
            }
            while (ReadOn(socket));
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            // Ended, by either side: whoever asks finds out from the task.
            return;
        }
    }

    private bool ReadOn(Socket socket)
    {
        var buffer = _buffer ??= new byte[BufferBytes];
        var got = socket.Receive(buffer, SocketFlags.None, out var error);
        Take(buffer.AsSpan(0, got));
        return got > 0 || error == SocketError.WouldBlock;
    }

    private void Take(Span<byte> received)
    {
        var fresh = Unframe(received);
        ReadOnlySpan<byte> bytes = _rest.Length == 0 ? fresh : [.. _rest, .. fresh];
        while (TryMessage(bytes, out var message, out var used))
        {
            Read(bytes[message]);
            bytes = bytes[used..];
        }

        _rest = bytes.ToArray();
    }

    private void Read(ReadOnlySpan<byte> message)
    {
        if (!_hello.Task.IsCompleted && message.IndexOf("hello"u8) >= 0) _hello.TrySetResult();
        var from = 0;
        while (tally.Marker.Next(message, ref from, out var at) is { } report)
        {
            // A change of the report tells its title again.
            var kind = message[..at].LastIndexOf("\"kind\":\""u8);
            if (kind >= 0 && message[(kind + 8)..].StartsWith("arrived"u8)) tally.Received(report, station, _seen);
        }
    }
}
