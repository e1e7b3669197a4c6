using System.Globalization;
using System.Runtime.InteropServices;
using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// Has the runtime's thread that hears of sockets wait its turn (Linux, SCHED_BATCH). Woken by every packet it would push whoever works off
/// the processor, to put a page's acknowledgement into a queue that the same worker takes up a moment later (docs: performance). Where a processor is free it runs at once, as before; elsewhere, and where the system refuses, nothing happens.
/// </summary>
internal sealed class SocketTurns(IHostApplicationLifetime life, TimeProvider time) : BackgroundService
{
    /// <summary>What the runtime calls the thread.</summary>
    internal const string Name = ".NET Sockets";

    /// <summary>Linux: woken, it does not take the place of who runs.</summary>
    internal const int Batch = 3;

    private const string Threads = "/proc/self/task";
    private const int Looks = 50;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>The threads that hear of sockets, by their system's ids.</summary>
    internal static IEnumerable<int> Ids()
        => Directory.EnumerateDirectories(Threads)
            .Where(thread => NameOf(thread) == Name)
            .Select(thread => int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!OperatingSystem.IsLinux())
            return;
        await life.Started(stoppingToken);
        // It gives itself its name, a moment after the first socket is listened to.
        for (var look = 0; look < Looks && !stoppingToken.IsCancellationRequested && !Tell(); look++)
            await Task.Delay(BetweenLooks, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Priority is of no meaning to it, and has to be 0.
    private static bool Tell()
    {
        var isThere = false;
        foreach (var thread in Ids())
        {
            var priority = 0;
            _ = SetScheduler(thread, Batch, ref priority);
            isThere = true;
        }

        return isThere;
    }

    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).TrimEnd();
        }
        catch (IOException)
        {
            return "";
        }
    }

    [DllImport("libc", EntryPoint = "sched_setscheduler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetScheduler(int thread, int policy, ref int priority);
}
