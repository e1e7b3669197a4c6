using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Processes;

/// <summary>A fresh server with a store of its own, for one scenario: both are gone with it.</summary>
internal abstract class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(180);

    private ChildProcess? _process;

    protected ServerProcess()
    {
        Port = FreePort();
        Site = new LoopbackSite($"http://127.0.0.1:{Port}");
        Store = Directory.CreateTempSubdirectory("alertdavao-bench-").FullName;
    }

    /// <summary>What the intake's clients come with.</summary>
    public abstract string Key { get; }

    public LoopbackSite Site { get; }

    public string Url => Site.Origin;

    public int Pid => Process.Pid;

    protected int Port { get; }

    protected string Store { get; }

    private ChildProcess Process => _process ?? throw new InvalidOperationException("It was not started.");

    public TimeSpan CpuTime() => Process.CpuTime();

    /// <summary>The process's resident size.</summary>
    public long ResidentBytes() => Process.ResidentBytes();

    /// <summary>Asks it to end, and starts it anew on the same store at the same address; ends when it is ready.</summary>
    /// <returns>How long it took to end, and until it was ready again.</returns>
    public async Task<(TimeSpan Ended, TimeSpan Ready)> RestartAsync(CancellationToken stop)
    {
        var asked = Stopwatch.GetTimestamp();
        await Process.DisposeAsync();
        var took = Stopwatch.GetElapsedTime(asked);
        _process = Start();
        await ReadyAsync(stop);
        return (took, Stopwatch.GetElapsedTime(asked));
    }

    public async ValueTask DisposeAsync()
    {
        Site.Dispose();
        if (_process is not null) await _process.DisposeAsync();
        Directory.Delete(Store, recursive: true);
    }

    protected abstract ChildProcess Start();

    /// <summary>Refuses a server whose figures would be none.</summary>
    protected virtual Task CheckAsync(CancellationToken stop) => Task.CompletedTask;

    protected static async Task<T> StartedAsync<T>(T server, CancellationToken stop)
        where T : ServerProcess
    {
        try
        {
            server._process = server.Start();
            await server.ReadyAsync(stop);
            await server.CheckAsync(stop);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    protected static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private async Task ReadyAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(StartLimit, TimeProvider.System);
        while (!await IsReadyAsync(stop))
        {
            if (Process.HasExited || limit.IsCancellationRequested)
                throw new BenchException($"{GetType().Name} {(Process.HasExited ? "has ended" : "is not ready")}. Its last words:{Environment.NewLine}{Process.Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop);
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken stop)
    {
        try
        {
            using var answer = await Site.Http.GetAsync(new Uri(Site.Root, "health/ready"), stop);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
