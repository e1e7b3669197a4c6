using System.Diagnostics;
using System.Text;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Circuits;

/// <summary>One screen without a browser: page, socket, circuit, and an acknowledgement for each render batch.</summary>
internal sealed class CircuitClient : IAsyncDisposable
{
    private const string AttachFunction = "Blazor._internal.attachWebRendererInterop";
    private const byte HandshakeEnd = 0x1e;

    private CircuitSocket _socket = new();
    private readonly SiteSession _session;
    private readonly BatchReceived _onBatch;
    private Opening? _opening = new();
    private Task _reader = Task.CompletedTask;
    private Uri? _baseUri;
    private string? _secret;
    private bool _shaken;
    private bool _ending;
    private volatile bool _isDown;
    private TaskCompletionSource<bool>? _returning;
    private long _lastBatch;
    private string? _fault;

    private CircuitClient(SiteSession session, BatchReceived onBatch, object? tag) => (_session, _onBatch, Tag) = (session, onBatch, tag);

    /// <summary>What the command wants to find again in its callback.</summary>
    public object? Tag { get; set; }

    public SiteSession Session => _session;

    public string Cursor { get; private set; } = "";

    /// <summary>Its connection was dropped and has not come back yet.</summary>
    public bool IsDown => _isDown;

    public int Batches { get; private set; }

    /// <summary>Calls into the page; a delivery must need none.</summary>
    public int Calls { get; private set; }

    public long BatchBytes { get; private set; }

    /// <summary>Why the circuit is gone; null while it lives.</summary>
    public string? Fault => _fault;

    /// <summary>Completes when nothing more will be received.</summary>
    public Task Ended => _reader;

    public long LastSent { get; private set; }

    public long LastReceived { get; private set; }

    /// <summary>Ends when the circuit runs and its components were sent to it; its first batch may already have come.</summary>
    public static async Task<CircuitClient> OpenAsync(
        SiteSession session, string path, BatchReceived onBatch, object? tag, CancellationToken stop)
    {
        var circuit = new CircuitClient(session, onBatch, tag);
        try
        {
            await circuit.StartAsync(path, stop);
            return circuit;
        }
        catch (Exception broken)
        {
            var reason = circuit.Fault;
            await circuit.DisposeAsync();
            // What the server said tells more than the send that failed because of it.
            if (reason is not null && broken is not BenchException) throw new BenchException(reason);
            throw;
        }
    }

    public void Ping() => Send(HubRequests.Ping);

    public void Fail(string reason)
    {
        _returning?.TrySetException(new BenchException(reason));
        if (_ending || _isDown || Interlocked.CompareExchange(ref _fault, reason, null) is not null) return;
        _opening?.Fail(reason);
        _socket.Abort();
    }

    /// <summary>The connection goes without a word, as when a switch fails.</summary>
    public void Drop()
    {
        _isDown = true;
        _socket.Abort();
    }

    /// <summary>Its page was loaded anew: another circuit has its place.</summary>
    public void Leave() => (IsLeft, _ending) = (true, true);

    public bool IsLeft { get; private set; }

    /// <summary>Comes back to its circuit, as the page does; false when the server has it no more.</summary>
    public async Task<bool> ReturnAsync(CancellationToken stop)
    {
        await _reader;
        _socket.Dispose();
        (_socket, _shaken) = (new CircuitSocket(), false);
        await _socket.ConnectAsync(_baseUri!, _session.Site.Origin, _session.CookieHeader, stop);
        LastReceived = Stopwatch.GetTimestamp();
        var returning = _returning = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _socket.Send(HubRequests.Handshake, isText: true);
        Send(HubRequests.ConnectCircuit(_secret!));
        _reader = ReadAsync();
        var isBack = await returning.Task.WaitAsync(stop);
        _returning = null;
        if (isBack) _isDown = false;
        else _socket.Abort();
        return isBack;
    }

    public async ValueTask DisposeAsync()
    {
        if (_ending) return;
        _ending = true;
        if (_secret is not null && _baseUri is not null && _fault is null)
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5), TimeProvider.System);
            try
            {
                await _session.EndCircuitAsync(_baseUri, _secret, soon.Token);
            }
            catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
            {
                // The server may have ended first; the circuit is gone either way.
            }
        }

        _socket.Abort();
        await _reader;
        _socket.Dispose();
    }

    /// <summary>The order of the browser's script: handshake, StartCircuit, its renderer attaches, then the components.</summary>
    private async Task StartAsync(string path, CancellationToken stop)
    {
        var opening = _opening!;
        var (landed, html) = await _session.GetAsync(path, stop);
        var page = PageMarkers.Read(landed, html);
        _baseUri = page.BaseUri;
        Cursor = page.Cursor;
        await _socket.ConnectAsync(page.BaseUri, _session.Site.Origin, _session.CookieHeader, stop);
        LastReceived = Stopwatch.GetTimestamp();
        _reader = ReadAsync();

        _socket.Send(HubRequests.Handshake, isText: true);
        await opening.Shaken.Task.WaitAsync(stop);
        Send(HubRequests.StartCircuit(page));
        _secret = await opening.Started.Task.WaitAsync(stop);
        await opening.Attached.Task.WaitAsync(stop);
        _opening = null;
        Send(HubRequests.UpdateRootComponents(page));
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _socket.ReadAsync())
            {
                LastReceived = Stopwatch.GetTimestamp();
                if (!_shaken && !ReadHandshake()) continue;
                while (HubMessage.TryRead(_socket.Unread, out var message) is > 0 and var length)
                {
                    Handle(message, LastReceived);
                    _socket.Take(length);
                }
            }

            Fail($"closed by the server: {_socket.CloseReason}");
        }
        catch (Exception broken)
        {
            // Nothing when we closed it ourselves.
            Fail($"{broken.GetType().Name}: {broken.Message}");
        }
    }

    private bool ReadHandshake()
    {
        var end = _socket.Unread.Span.IndexOf(HandshakeEnd);
        if (end < 0) return false;

        var answer = Encoding.UTF8.GetString(_socket.Unread.Span[..end]);
        _socket.Take(end + 1);
        if (answer != "{}") throw new InvalidDataException($"The hub refused the handshake: {answer}");
        _shaken = true;
        _opening?.Shaken.TrySetResult();
        return true;
    }

    private void Handle(HubMessage message, long receivedAt)
    {
        switch (message.Kind)
        {
            case HubMessageKind.RenderBatch:
                // As the page does after a return: what is ahead of a batch that is missing waits for it and comes again, and what
                // it has drawn is acknowledged once more.
                if (_lastBatch > 0 && message.Number > _lastBatch + 1) break;
                Send(HubRequests.RenderCompleted(message.Number));
                if (message.Number <= _lastBatch) break;
                _lastBatch = message.Number;
                Batches++;
                BatchBytes += message.Payload.Length;
                _onBatch(this, message.Payload, receivedAt);
                break;
            case HubMessageKind.ScriptCall:
                Calls++;
                // Handle 0: the server does not wait for an answer.
                if (message.Number != 0)
                    Send(HubRequests.ScriptAnswer(message.Number, message.ResultType));
                if (message.Text == AttachFunction) _opening?.Attached.TrySetResult();
                break;
            case HubMessageKind.Question:
                Send(HubRequests.Yes(message.Text!));
                break;
            case HubMessageKind.Completion when _returning is { } returning:
                returning.TrySetResult(message.Text == bool.TrueString);
                break;
            case HubMessageKind.Completion when message.Text is { Length: > 0 } secret:
                _opening?.Started.TrySetResult(secret);
                break;
            case HubMessageKind.Completion:
                Fail($"StartCircuit was refused: {message.Failure ?? "no circuit"}");
                break;
            case HubMessageKind.Error:
                Fail($"the circuit failed: {message.Text}");
                break;
            case HubMessageKind.Close:
                Fail($"the hub closed: {message.Text ?? "no reason given"}");
                break;
        }
    }

    private void Send(byte[] message)
    {
        LastSent = Stopwatch.GetTimestamp();
        _socket.Send(message);
    }
}
