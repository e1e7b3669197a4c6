using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Circuits;

/// <summary>
/// The web socket of one circuit, written by hand: the general client costs more processor time a message than the server
/// that is measured beside it on the same cores. What is sent is masked with zeros, which is a mask like any other.
/// </summary>
internal sealed class CircuitSocket : IDisposable
{
    private const int SmallestBuffer = 4 * 1024;
    private const int LargestMessage = 16 * 1024 * 1024;
    private const int LargestHeader = 10;
    private const byte Text = 0x81;
    private const byte Binary = 0x82;

    private readonly Lock _sending = new();
    private Socket? _socket;
    private byte[] _buffer = new byte[SmallestBuffer];

    // [_start, _end) are bytes of hub messages, [_end, _end + _raw) those of frames that are not taken apart yet.
    private int _start;
    private int _end;
    private int _raw;
    private long _frameLeft;
    private bool _isClosed;

    public ReadOnlyMemory<byte> Unread => _buffer.AsMemory(_start, _end - _start);

    public string CloseReason { get; private set; } = "the connection ended";

    public async Task ConnectAsync(Uri baseUri, string origin, string cookies, CancellationToken stop)
    {
        var stream = await Caller.ConnectAsync(IPAddress.Loopback, baseUri.Port, stop);
        _socket = stream.Socket;
        // No negotiation first: the path and its transport are known. Compression is offered, as every browser does.
        var request = $"GET {baseUri.AbsolutePath}_blazor HTTP/1.1\r\nHost: {baseUri.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
            + $"Origin: {origin}\r\nCookie: {cookies}\r\n\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request), stop);
        for (var head = -1; head < 0; head = _buffer.AsSpan(0, _raw).IndexOf("\r\n\r\n"u8))
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(_raw), stop);
            if (received == 0) throw new BenchException("The hub closed the connection before it answered.");
            _raw += received;
        }

        var end = _buffer.AsSpan(0, _raw).IndexOf("\r\n\r\n"u8) + 4;
        var status = Encoding.ASCII.GetString(_buffer.AsSpan(9, 3));
        if (status != "101") throw new BenchException($"The hub answered {status}.");
        if (Encoding.ASCII.GetString(_buffer.AsSpan(0, end)).Contains("permessage-deflate", StringComparison.OrdinalIgnoreCase))
            throw new BenchException("The hub compresses: 250 KiB more a circuit.");
        _buffer.AsSpan(end, _raw - end).CopyTo(_buffer);
        _raw -= end;
        Decode();
    }

    public void Send(ReadOnlySpan<byte> message, bool isText = false)
    {
        var (size, header) = message.Length switch { < 126 => (0, 6), <= ushort.MaxValue => (2, 8), _ => (8, 14) };
        Span<byte> frame = message.Length <= 512 ? stackalloc byte[message.Length + header] : new byte[message.Length + header];
        frame[..header].Clear();
        frame[0] = isText ? Text : Binary;
        frame[1] = (byte)(0x80 | (size switch { 0 => message.Length, 2 => 126, _ => 127 }));
        if (size == 2) BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)message.Length);
        else if (size == 8) BinaryPrimitives.WriteInt64BigEndian(frame[2..], message.Length);
        message.CopyTo(frame[header..]);
        lock (_sending)
        {
            for (ReadOnlySpan<byte> rest = frame; rest.Length > 0;) rest = rest[_socket!.Send(rest)..];
        }
    }

    /// <summary>Adds what has arrived to <see cref="Unread"/>; false when the server has closed.</summary>
    public async ValueTask<bool> ReadAsync()
    {
        MakeRoom();
        var received = await _socket!.ReceiveAsync(_buffer.AsMemory(_end + _raw), CancellationToken.None);
        if (received == 0) return false;
        _raw += received;
        Decode();
        return !_isClosed;
    }

    public void Take(int bytes) => _start += bytes;

    /// <summary>Half-closing is not waited for: at the end of a run thousands of sockets go at once.</summary>
    public void Abort() => _socket?.Close(0);

    public void Dispose() => _socket?.Dispose();

    private void MakeRoom()
    {
        if (_start == _end)
        {
            if (_start > 0) _buffer.AsSpan(_end, _raw).CopyTo(_buffer);
            (_start, _end) = (0, 0);
            if (_buffer.Length > SmallestBuffer && _raw < SmallestBuffer / 2)
            {
                var small = new byte[SmallestBuffer];
                _buffer.AsSpan(0, _raw).CopyTo(small);
                _buffer = small;
            }
        }

        if (_end + _raw < _buffer.Length) return;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end + _raw - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        else
        {
            if (_buffer.Length >= LargestMessage) throw new InvalidDataException("The server sent a message of more than 16 MB.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }

    // Hub messages carry their own length, so the frames' bytes are simply put behind each other.
    private void Decode()
    {
        var from = _end;
        var rest = _raw;
        while (rest > 0)
        {
            if (_frameLeft == 0)
            {
                var header = Header(_buffer.AsSpan(from, rest));
                if (header == 0) break;
                from += header;
                rest -= header;
                if (_isClosed) return;
                continue;
            }

            var part = (int)Math.Min(_frameLeft, rest);
            if (from != _end) _buffer.AsSpan(from, part).CopyTo(_buffer.AsSpan(_end));
            _end += part;
            from += part;
            rest -= part;
            _frameLeft -= part;
        }

        if (rest > 0 && from != _end) _buffer.AsSpan(from, rest).CopyTo(_buffer.AsSpan(_end));
        _raw = rest;
    }

    /// <returns>How long it is; 0 when it is not all there.</returns>
    private int Header(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length < 2 ? 0 : (bytes[1] & 0x7f) switch { 126 => 4, 127 => LargestHeader, _ => 2 };
        if (length == 0 || bytes.Length < length) return 0;
        _frameLeft = length switch
        {
            2 => bytes[1],
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            _ => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
        };
        switch (bytes[0] & 0x0f)
        {
            case 0x8:
                _isClosed = true;
                CloseReason = bytes.Length > 4 ? Encoding.UTF8.GetString(bytes[4..(int)Math.Min(bytes.Length, 2 + _frameLeft)]) : "closed";
                break;
            case 0x9 or 0xa:
                throw new InvalidDataException("The server sent a ping of the web socket's own: the hub has its own.");
            default:
                if ((bytes[0] & 0x40) != 0) throw new InvalidDataException("The server sent a compressed frame.");
                break;
        }

        return length;
    }
}
