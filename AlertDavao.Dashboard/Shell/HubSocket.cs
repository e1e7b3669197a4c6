using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Security.Claims;
using AlertDavao.Dashboard.Accounts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// One page's connection to the hub, a socket and nothing between: what the page says the hub reads on the thread that heard it, and
/// what the hub says goes to the socket on the thread that said it.
/// </summary>
internal sealed class HubSocket : ConnectionContext, IDuplexPipe, IConnectionUserFeature, IConnectionHeartbeatFeature, ITransferFormatFeature, IHttpContextFeature
{
    /// <summary>
    /// So long after a call of the page there is no beat, and so no ping: a page that acknowledged a draw a moment ago has heard from the
    /// server, and the server from it. It hears something within a second more than this and the ping's own interval at most.
    /// </summary>
    public static readonly TimeSpan Recent = TimeSpan.FromSeconds(4);

    /// <summary>A page that does not take a message for so long has gone.</summary>
    public static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);

    /// <summary>So long a page has to agree that the connection ends.</summary>
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    // What the page said and the hub has not read: beyond it the page waits.
    private const int MostUnread = 64 << 10;

    private static readonly PipeOptions Unread = new(
        readerScheduler: WhereHeard.One, pauseWriterThreshold: MostUnread, resumeWriterThreshold: MostUnread / 2, useSynchronizationContext: false);

    private readonly WebSocket _socket;
    private readonly TimeProvider _time;
    private readonly CallRate _calls;
    private readonly Pipe _input = new(Unread);
    private readonly HubSocketWriter _output;
    private readonly Lock _beatLock = new();
    private (Action<object> Act, object State)[] _beats = [];

    public HubSocket(HttpContext http, WebSocket socket, TimeProvider time)
    {
        HttpContext = http;
        User = http.User;
        (_socket, _time) = (socket, time);
        _output = new HubSocketWriter(socket, time);
        _calls = new CallRate(time);
        // Read by the hub, written by whoever ends the connection, too.
        Items = new ConnectionItems(new ConcurrentDictionary<object, object?>(concurrencyLevel: 1, capacity: 5) { [typeof(CallRate)] = _calls });
        Features.Set<IConnectionUserFeature>(this);
        Features.Set<IConnectionHeartbeatFeature>(this);
        Features.Set<ITransferFormatFeature>(this);
        Features.Set<IHttpContextFeature>(this);
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; }

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException();
    }

    public ClaimsPrincipal? User { get; set; }

    public HttpContext? HttpContext { get; set; }

    public TransferFormat SupportedFormats => TransferFormat.Binary | TransferFormat.Text;

    public TransferFormat ActiveFormat
    {
        get => _output.Type == WebSocketMessageType.Binary ? TransferFormat.Binary : TransferFormat.Text;
        set => _output.Type = value == TransferFormat.Binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
    }

    PipeReader IDuplexPipe.Input => _input.Reader;

    PipeWriter IDuplexPipe.Output => _output;

    /// <summary>Serves the page until it or the hub ends.</summary>
    public async Task Run(ConnectionDelegate hub)
    {
        var receiving = Receive();
        try
        {
            await hub(this);
        }
        finally
        {
            await _output.CompleteAsync();
            await _input.Reader.CompleteAsync();
            await Close(receiving);
        }
    }

    /// <summary>The server stops: the hub takes leave of the page.</summary>
    public void Leave() => _input.Reader.CancelPendingRead();

    /// <summary>Once a second: pings who was told nothing, and lets go who has gone. A timestamp.</summary>
    public void Beat(long now)
    {
        if (_output.SendingSince is var since and not 0 && _time.GetElapsedTime(since, now) > SendTimeout)
            _socket.Abort();
        if (_calls.Idle < Recent)
            return;
        foreach (var (act, state) in _beats)
            act(state);
    }

    public void OnHeartbeat(Action<object> action, object state)
    {
        lock (_beatLock)
            _beats = [.. _beats, (action, state)];
    }

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    // Nothing is kept ready for a page that says nothing: first it is heard that something came. A page that has not heard yet that the
    // hub ended may say some more: cut off, it would lose the hub's last words.
    private async Task Receive()
    {
        var heard = _input.Writer;
        var late = 0;
        try
        {
            while (late <= MostUnread && (await _socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
                var said = await _socket.ReceiveAsync(heard.GetMemory(), CancellationToken.None);
                if (said.MessageType == WebSocketMessageType.Close)
                    break;
                heard.Advance(said.Count);
                if (await WhereHeard.Say(heard) is { IsCompleted: true })
                    late += said.Count;
            }
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // The page went without a word, or said what no page says: there is nobody to tell.
            _socket.Abort();
        }
        finally
        {
            await heard.CompleteAsync();
        }
    }

    // The hub has said its last; a page that does not agree is let go.
    private async Task Close(Task receiving)
    {
        using var patience = new CancellationTokenSource(CloseTimeout, _time);
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", patience.Token);
            await receiving.WaitAsync(patience.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            _socket.Abort();
        }
    }

    /// <summary>The hub reads on the thread that heard the page; whoever else wakes it, to end it, has no more to do with what it does then.</summary>
    private sealed class WhereHeard : PipeScheduler
    {
        public static readonly WhereHeard One = new();

        [ThreadStatic]
        private static bool _isHeard;

        public static ValueTask<FlushResult> Say(PipeWriter heard)
        {
            _isHeard = true;
            try
            {
                return heard.FlushAsync();
            }
            finally
            {
                _isHeard = false;
            }
        }

        public override void Schedule(Action<object?> action, object? state)
        {
            if (!_isHeard)
            {
                ThreadPool.Schedule(action, state);
                return;
            }

            // What it does may wake others.
            _isHeard = false;
            action(state);
        }
    }
}
