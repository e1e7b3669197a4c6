using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// What the hub says to one page: written at once to its socket, a message a flush. Used by one writer at a time, which the hub sees
/// to; only <see cref="CancelPendingFlush"/> and <see cref="SendingSince"/> are for any thread.
/// </summary>
internal sealed class HubSocketWriter(WebSocket socket, TimeProvider time) : PipeWriter
{
    private const int Piece = 4096;

    // Held from the first byte of a message to its end; a page that is told nothing has none.
    private byte[] _held = [];
    private int _length;
    private bool _isCompleted;
    private long _sendingSince;

    /// <summary>What the messages are: text while page and hub agree on a protocol.</summary>
    public WebSocketMessageType Type { get; set; } = WebSocketMessageType.Text;

    /// <summary>When a message began that the page does not take; 0 for none. A timestamp.</summary>
    public long SendingSince => Volatile.Read(ref _sendingSince);

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _length;

    private bool CanSend => !_isCompleted && socket.State is WebSocketState.Open or WebSocketState.CloseReceived;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        HaveRoom(sizeHint);
        return _held.AsMemory(_length);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        HaveRoom(sizeHint);
        return _held.AsSpan(_length);
    }

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, _held.Length - _length);
        _length += bytes;
    }

    /// <returns>Completed when the page has gone: whoever writes to it is told so, and no more; that it has is no fault.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (!CanSend)
                return new FlushResult(isCanceled: false, isCompleted: true);
            if (_length == 0)
                return default;
            var sending = socket.SendAsync(_held.AsMemory(0, _length), Type, endOfMessage: true, CancellationToken.None);
            if (!sending.IsCompleted)
                Volatile.Write(ref _sendingSince, time.GetTimestamp());
            await sending.ConfigureAwait(false);
            return default;
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            return new FlushResult(isCanceled: false, isCompleted: true);
        }
        finally
        {
            if (_sendingSince != 0)
                Volatile.Write(ref _sendingSince, 0);
            Release();
        }
    }

    /// <summary>A message that the page does not take is given up, and its connection with it: half of one cannot be taken back.</summary>
    public override void CancelPendingFlush()
    {
        if (SendingSince != 0)
            socket.Abort();
    }

    public override void Complete(Exception? exception = null)
    {
        _isCompleted = true;
        Release();
    }

    private void HaveRoom(int sizeHint)
    {
        var needed = _length + Math.Max(sizeHint, 1);
        if (needed <= _held.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(Piece, _held.Length * 2)));
        var length = _length;
        _held.AsSpan(0, length).CopyTo(larger);
        Release();
        (_held, _length) = (larger, length);
    }

    private void Release()
    {
        if (_held.Length > 0)
            ArrayPool<byte>.Shared.Return(_held);
        (_held, _length) = ([], 0);
    }
}
