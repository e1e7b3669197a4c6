using System.Buffers;
using System.Net.WebSockets;

namespace AlertDavao.Bench.Circuits;

/// <summary>
/// The web socket of one circuit. While nothing arrives it holds no buffer of its own: it waits with an empty read, and
/// rents one only for the bytes that are there.
/// </summary>
internal sealed class CircuitSocket : IDisposable
{
    private const int SmallestBuffer = 4 * 1024;
    private const int LargestMessage = 16 * 1024 * 1024;

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private byte[]? _buffer;
    private int _start;
    private int _end;

    public ReadOnlyMemory<byte> Unread => _buffer.AsMemory(_start, _end - _start);

    public string CloseReason => _socket.CloseStatusDescription ?? _socket.CloseStatus?.ToString() ?? "the connection ended";

    public async Task ConnectAsync(Uri baseUri, string origin, string cookies, HttpMessageInvoker invoker, CancellationToken stop)
    {
        _socket.Options.SetRequestHeader("Origin", origin);
        if (cookies.Length > 0) _socket.Options.SetRequestHeader("Cookie", cookies);
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;

        // No negotiation first: the path and its transport are known. No compression is offered.
        var hub = new UriBuilder(new Uri(baseUri, "_blazor")) { Scheme = baseUri.Scheme == "https" ? "wss" : "ws" };
        await _socket.ConnectAsync(hub.Uri, invoker, stop);
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type, CancellationToken stop)
    {
        await _sending.WaitAsync(stop);
        try
        {
            await _socket.SendAsync(message, type, endOfMessage: true, stop);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Adds what has arrived to <see cref="Unread"/>; false when the server has closed.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken stop)
    {
        if (_start == _end)
        {
            Return();
            await _socket.ReceiveAsync(Memory<byte>.Empty, stop);
            if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseSent)) return false;
            _buffer = ArrayPool<byte>.Shared.Rent(SmallestBuffer);
        }
        else if (_buffer is { } full && _end == full.Length)
        {
            // A message begins with its length, so a rest stays here only until its last byte has come.
            if (full.Length >= LargestMessage) throw new InvalidDataException("The server sent a message of more than 16 MB.");
            var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
            Unread.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(full);
            (_buffer, _end, _start) = (larger, _end - _start, 0);
        }

        // Frames do not matter: hub messages carry their own length.
        var received = await _socket.ReceiveAsync(_buffer.AsMemory(_end), stop);
        _end += received.Count;
        return received.MessageType != WebSocketMessageType.Close;
    }

    public void Take(int bytes) => _start += bytes;

    /// <summary>Half-closing is not waited for: at the end of a run thousands of sockets go at once.</summary>
    public void Abort() => _socket.Abort();

    /// <summary>Only the reader may call this, when it has ended: the buffer is its own.</summary>
    public void Return()
    {
        if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _start, _end) = (null, 0, 0);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }
}
