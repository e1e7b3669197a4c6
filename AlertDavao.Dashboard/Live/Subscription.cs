using System.Collections.Immutable;
using System.Threading.Channels;

namespace AlertDavao.Dashboard.Live;

/// <summary>
/// One screen's ear. It holds at most one pending ring: a thousand rings while the screen draws are one more read.
/// Disposing it ends the wait and leaves nothing behind.
/// </summary>
internal sealed class Subscription : IDisposable
{
    private readonly LiveBus _bus;
    private readonly Channel<bool> _pending =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private int _disposed;

    internal Subscription(LiveBus bus, Guid officer, ImmutableArray<string> logs)
    {
        _bus = bus;
        Officer = officer;
        Logs = logs;
    }

    public Guid Officer { get; }

    public ImmutableArray<string> Logs { get; }

    /// <summary>Waits for a ring and takes it; false when the subscription has ended.</summary>
    public async ValueTask<bool> Rings(CancellationToken cancel)
        => await _pending.Reader.WaitToReadAsync(cancel) && _pending.Reader.TryRead(out _);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _bus.Remove(this);
        _pending.Writer.TryComplete();
    }

    internal void Wake() => _pending.Writer.TryWrite(true);
}
