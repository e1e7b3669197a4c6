using System.Data.Common;
using AlertDavao.Dashboard.Data.Continuity;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// Takes what the write-ahead log has gathered into the database, beside the writer. A checkpoint inside a commit makes one
/// report in a hundred wait for as much disk as a hundred commits cost; that one stays as the last resort, for a log that
/// readers or a slow disk keep from being taken (<see cref="SqlitePragmas"/>).
/// </summary>
internal sealed partial class Checkpoints(
    IDbContextFactory<AlertDavaoDb> contexts, CommitsUnderWay commits, TimeProvider time, ILogger<Checkpoints> log) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>So many commits are worth the disk that commits beside it wait for; fewer wait until nothing is committed.</summary>
    private const int Worth = 200;

    // The first takes most, the second what was committed meanwhile.
    private const int Rounds = 3;

    private long _looked = -1;
    private long _taken = -1;

    /// <summary>Takes all that no reader needs in the log any more; waits for nobody and lets nobody wait.</summary>
    /// <returns>Whether all of it was taken, so that the log begins anew with the next commit.</returns>
    public bool Take()
    {
        using var db = contexts.CreateDbContext();
        db.Database.OpenConnection();
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        for (var round = 0; round < Rounds; round++)
        {
            using var answer = command.ExecuteReader();
            answer.Read();
            var (isBusy, frames, taken) = (answer.GetInt64(0) != 0, answer.GetInt64(1), answer.GetInt64(2));
            if (isBusy || frames == taken)
                return !isBusy;
        }

        return false;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Look();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops; the last connection that closes takes the rest.
        }
    }

    private void Look()
    {
        var begun = commits.Begun;
        // One is under way: the next look sees it.
        if (begun < 0)
            return;
        var isQuiet = begun == _looked;
        _looked = begun;
        if (begun == _taken || (!isQuiet && begun - _taken < Worth))
            return;
        if (TryTake())
            _taken = begun;
    }

    private bool TryTake()
    {
        try
        {
            return Take();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // Nothing is lost by it: the log keeps everything, and the next look is in two seconds.
            NotTaken(e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The write-ahead log was not taken into the database: {Failure}.")]
    private partial void NotTaken(string failure);
}
