using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// Uses the young generation's memory up once, right after the start, so that the system has handed all of it out before officers
/// need it: what is allocated for the first time is otherwise waited for page by page, where pages are dear half of what a report
/// costs (docs: performance). What is collected then stays with the process and is used again.
/// </summary>
internal sealed class TouchedMemory(IHostApplicationLifetime life) : BackgroundService
{
    private const int Piece = 64 << 10;

    // In between others have the processor.
    private const int PiecesAtOnce = 128;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(10);

    // A collection of somebody else's gives back what was used so far; who collects all the time needs no help.
    private const int Tries = 3;

    /// <summary>Whether there is nothing to do any more; also true where the runtime was told no budget.</summary>
    public bool IsDone => ExecuteTask is { IsCompleted: true };

    /// <summary>Allocates that many bytes with no collection in between, if that can be had.</summary>
    /// <param name="collections">How many there were so far.</param>
    internal static void Use(long budget, Func<int> collections, CancellationToken stop)
    {
        for (var tries = Tries; tries > 0 && !UsedUp(budget, collections, stop); tries--)
        {
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Runtime.YoungBudget is not { } budget)
            return;
        await life.Started(stoppingToken);
        await Task.Factory.StartNew(
            () =>
            {
                LargePages.Ask(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
                Use(budget, () => GC.CollectionCount(0), stoppingToken);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    // The collection that it brings about itself comes with the last pieces.
    private static bool UsedUp(long budget, Func<int> collections, CancellationToken stop)
    {
        var before = collections();
        for (var used = 0L; used < budget; used += Piece)
        {
            if (stop.IsCancellationRequested)
                return true;
            if (collections() != before)
                return used > budget / 2;
            GC.KeepAlive(new byte[Piece]);
            if (used / Piece % PiecesAtOnce == 0)
                stop.WaitHandle.WaitOne(Rest);
        }

        return true;
    }
}
