using System.Net;
using System.Net.Sockets;
using System.Text;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

/// <summary>Clients that send one byte every ten seconds, half of them headers and half of them a body, until they are cut.</summary>
internal sealed class SlowConnections(LoopbackSite site, string key)
{
    private static readonly TimeSpan Drop = TimeSpan.FromSeconds(10);

    private int _open;

    public int Open => Volatile.Read(ref _open);

    /// <returns>Seconds from the connection to its end, one for each.</returns>
    public Task<double[]> RunAsync(int count, CancellationToken stop)
        => Task.WhenAll(Enumerable.Range(0, count).Select(number => OneAsync(isBody: number % 2 == 1, stop)));

    private async Task<double> OneAsync(bool isBody, CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var stream = await Caller.ConnectAsync(IPAddress.Parse("127.0.0.4"), site.Root.Port, stop);
        Interlocked.Increment(ref _open);
        var head = $"POST /api/reports HTTP/1.1\r\nHost: {site.Root.Authority}\r\nAuthorization: Bearer {key}\r\n"
            + (isBody ? "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n" : "X-Slow: ");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
        var end = EndAsync(stream, stop);
        while (await Task.WhenAny(end, Task.Delay(Drop, TimeProvider.System, stop)) != end)
        {
            stop.ThrowIfCancellationRequested();
            if (!await TryWriteAsync(stream, stop)) break;
        }

        await end;
        Interlocked.Decrement(ref _open);
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<bool> TryWriteAsync(NetworkStream stream, CancellationToken stop)
    {
        try
        {
            await stream.WriteAsync("x"u8.ToArray(), stop);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task EndAsync(NetworkStream stream, CancellationToken stop)
    {
        var buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer, stop) > 0)
                continue;
        }
        catch (IOException)
        {
            // A reset is an end as well.
            return;
        }
    }
}
