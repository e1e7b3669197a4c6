using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Intake;

/// <summary>
/// Removes files that no report has: what a process left that died between a file and its row, or while a file came in. Old
/// ones alone, because a file lies in the store a moment before its row is written.
/// </summary>
internal sealed partial class OrphanSweep(
    EvidenceStore store, IDbContextFactory<AlertDavaoDb> contexts, TimeProvider time, ILogger<OrphanSweep> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan OldAfter = TimeSpan.FromHours(1);

    /// <summary>Files that the database is asked about at once.</summary>
    private const int AtOnce = 500;

    /// <returns>How many files were removed.</returns>
    public int Sweep()
    {
        var limit = time.GetUtcNow().UtcDateTime - OldAfter;
        var removed = Remove(Directory.EnumerateFiles(store.Incoming).Where(path => File.GetLastWriteTimeUtc(path) < limit));
        foreach (var files in store.Files().Where(path => File.GetLastWriteTimeUtc(path) < limit).Chunk(AtOnce))
            removed += Remove(WithoutRow(files));
        return removed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                TrySweep();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private void TrySweep()
    {
        try
        {
            if (Sweep() is > 0 and var removed)
                Swept(removed);
        }
        catch (Exception e)
        {
            // A disk or a database that fails now is asked again in ten minutes; the program goes on.
            NotSwept(e.GetType().Name);
        }
    }

    // What is not called as we call files is not ours to remove.
    private List<string> WithoutRow(string[] files)
    {
        var ids = files.Select(IdOf).OfType<Guid>().Distinct().ToList();
        using var db = contexts.CreateDbContext();
        var known = db.Evidence.Where(file => ids.Contains(file.Id)).Select(file => file.Id).ToHashSet();
        return [.. files.Where(file => IdOf(file) is { } id && !known.Contains(id))];
    }

    private static Guid? IdOf(string file)
        => Guid.TryParseExact(Path.GetFileName(file).Split('.')[0], "N", out var id) ? id : null;

    private static int Remove(IEnumerable<string> files)
    {
        var removed = 0;
        foreach (var file in files)
        {
            File.Delete(file);
            removed++;
        }

        return removed;
    }

    [LoggerMessage(LogLevel.Warning, "{Files} files of evidence belonged to no report and were removed.")]
    private partial void Swept(int files);

    [LoggerMessage(LogLevel.Error, "Files of no report could not be looked for: {Failure}.")]
    private partial void NotSwept(string failure);
}
