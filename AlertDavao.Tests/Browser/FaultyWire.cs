using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AlertDavao.Tests.Browser;

/// <summary>What stands between an officer's browser and the product, and fails as networks do.</summary>
internal sealed class FaultyWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Line, byte> _lines = new();
    private readonly ConcurrentQueue<DateTimeOffset> _refused = new();
    private readonly Task _accepting;
    private volatile Uri _to;

    public FaultyWire(Uri to)
    {
        _to = to;
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>Where the browser finds the product.</summary>
    public Uri Address => new($"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Sockets are refused, everything else goes through.</summary>
    public bool RefusesSockets { get; set; }

    /// <summary>Nothing goes through and nobody is told: the other end is as if it had gone.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Every connection is closed at once.</summary>
    public bool IsDown { get; set; }

    /// <summary>When sockets were refused.</summary>
    public IReadOnlyList<DateTimeOffset> Refused => [.. _refused];

    /// <summary>Sockets that stand now.</summary>
    public int Sockets => _lines.Keys.Count(line => line.IsSocket);

    /// <summary>From now on the product is elsewhere.</summary>
    public void LeadTo(Uri address) => _to = address;

    /// <summary>Every socket that stands is reset.</summary>
    public void CutSockets() => Cut(line => line.IsSocket);

    /// <summary>Every connection that stands is reset.</summary>
    public void CutAll() => Cut(_ => true);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        CutAll();
        _end.Dispose();
    }

    private void Cut(Func<Line, bool> which)
    {
        foreach (var line in _lines.Keys.Where(which))
            line.Reset();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Serve(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient browser)
    {
        var line = new Line(browser);
        _lines.TryAdd(line, 0);
        try
        {
            var buffer = new byte[64 * 1024];
            var read = await browser.GetStream().ReadAsync(buffer, _end.Token);
            line.IsSocket = Encoding.Latin1.GetString(buffer, 0, read).Contains("Upgrade: websocket", StringComparison.OrdinalIgnoreCase);
            if (line.IsSocket && RefusesSockets)
                _refused.Enqueue(TimeProvider.System.GetUtcNow());
            if (IsDown || (line.IsSocket && RefusesSockets))
                return;

            await line.Product.ConnectAsync(_to.Host, _to.Port, _end.Token);
            if (!IsSilent)
                await line.Product.GetStream().WriteAsync(buffer.AsMemory(0, read), _end.Token);
            await Task.WhenAny(Carry(browser, line.Product), Carry(line.Product, browser));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // One of the ends went, or the wire was cut.
        }
        finally
        {
            _lines.TryRemove(line, out _);
            line.Reset();
        }
    }

    private async Task Carry(TcpClient from, TcpClient to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.GetStream().ReadAsync(buffer, _end.Token) is > 0 and var read)
        {
            if (!IsSilent)
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _end.Token);
        }
    }

    private sealed class Line(TcpClient browser)
    {
        public TcpClient Product { get; } = new() { NoDelay = true };

        public volatile bool IsSocket;
        private int _isReset;

        public void Reset()
        {
            if (Interlocked.Exchange(ref _isReset, 1) == 1)
                return;
            foreach (var end in new[] { browser, Product })
            {
                // Not a farewell: what a pulled plug looks like.
                end.LingerState = new LingerOption(true, 0);
                end.Dispose();
            }
        }
    }
}
