using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// One reader of the feed: subscribes first, then reads, then follows, as a screen does. It holds where it stands and
/// nothing else; the bytes are everybody's. Its writes are its own, so that a slow reader is slow alone.
/// </summary>
internal sealed class FeedStream : IDisposable
{
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    private readonly Feeds _feeds;
    private readonly HttpContext _http;
    // Not disposed of: who ends the session may still be about to cancel it, and it holds nothing.
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _gone;
    private string? _at;
    private long _wroteAt;
    private bool _isWriting;
    private int _writing;
    private volatile bool _isCommentDue;
    private volatile Subscription? _subscription;

    /// <param name="caller">The session, or the device's token.</param>
    /// <param name="at">A cursor; null to begin with the whole board.</param>
    public FeedStream(Feeds feeds, HttpContext http, Guid officer, Guid caller, string? at)
    {
        _feeds = feeds;
        _http = http;
        Officer = officer;
        Caller = caller;
        _at = at;
        _wroteAt = feeds.Time.GetTimestamp();
        _gone = http.RequestAborted.UnsafeRegister(static stream => ((FeedStream)stream!).Stop(), this);
    }

    public Guid Officer { get; }

    public Guid Caller { get; }

    /// <summary>Ends it: at once where it waits, with its connection where it is stuck in a write.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Looks after it, about once a second: drops a reader that takes nothing, and lets a quiet one know that we are there.</summary>
    public void Look()
    {
        var quiet = _feeds.Time.GetElapsedTime(Volatile.Read(ref _wroteAt));
        if (!_feeds.Callers.IsLive(Caller) || (Volatile.Read(ref _isWriting) && quiet > Feeds.PatienceFor(Volatile.Read(ref _writing))))
        {
            Stop();
        }
        else if (quiet >= Feeds.KeepAlive)
        {
            _isCommentDue = true;
            _feeds.Callers.See(Caller);
            _subscription?.Wake();
        }
    }

    public async Task Run()
    {
        try
        {
            var goesOn = await Write(BoardJson.Hello(_at ?? ""));
            while (goesOn && !_stop.IsCancellationRequested && _feeds.Callers.IsLive(Caller))
                goesOn = await FollowScope(_feeds.Scopes.Of(Officer));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // It was told to end, or its reader has gone.
        }
    }

    public void Dispose() => _gone.Dispose();

    /// <summary>Follows one scope's logs until it is no longer in force; false when the stream is over. Of another scope a cursor means nothing: it begins anew by itself.</summary>
    private async Task<bool> FollowScope(BoardScope scope)
    {
        using var subscription = _feeds.Bus.Subscribe(Officer, scope.Logs);
        _subscription = subscription;
        do
        {
            while (_feeds.Frames.News(scope, Caller, _at) is { } frame)
            {
                // The last checks before anything is told; in memory.
                if (!_feeds.Callers.IsLive(Caller))
                    return false;
                if (!_feeds.Scopes.IsLive(scope))
                    return true;
                if (!await Write(frame.Event))
                    return false;
                _at = frame.Cursor;
                _feeds.Deliveries.ToFeed();
            }

            if (_isCommentDue && !await Write(Comment))
                return false;
        }
        while (await subscription.Rings(_stop.Token) && _feeds.Scopes.IsLive(scope));

        return true;
    }

    private async ValueTask<bool> Write(ReadOnlyMemory<byte> bytes)
    {
        Volatile.Write(ref _wroteAt, _feeds.Time.GetTimestamp());
        Volatile.Write(ref _writing, bytes.Length);
        Volatile.Write(ref _isWriting, true);
        var written = await _http.Response.BodyWriter.WriteAsync(bytes, _stop.Token);
        Volatile.Write(ref _isWriting, false);
        _isCommentDue = false;
        return !written.IsCompleted && !written.IsCanceled;
    }
}
