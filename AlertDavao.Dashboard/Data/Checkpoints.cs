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
    IDbContextFactory<AlertDavaoDb> contexts, Writer writer, CommitsUnderWay commits, TimeProvider time, ILogger<Checkpoints> log) : BackgroundService
{
    /// <summary>How often it looks: between two looks a busy hour's commits write less than a tenth of what is worth it.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(25);

    /// <summary>Without a commit for so many looks, two seconds, all is taken.</summary>
    public const int Quiet = 80;

    /// <summary>
    /// So many pages are worth the disk that commits beside it wait for (16 MiB): four times what SQLite would take in a commit, because
    /// in a flood most commits write the same pages, and each is taken once.
    /// </summary>
    public const int Worth = 4000;

    // The first takes most, the second what was committed meanwhile.
    private const int Rounds = 3;

    /// <summary>Looks that are let go by after a reader, or the disk, kept it from being taken; half a second.</summary>
    private const int AfterFailure = 20;

    private int _rest;
    private long _begun = -1;
    private int _looks;
    private bool _isTaken;
    private long _pages;

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

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // What a migration or the seed wrote: nothing is served yet.
        TryTake();
        return base.StartAsync(cancellationToken);
    }

    // Whatever is left when the program stops, the last connection that closes takes.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.Every(Every, Look, stoppingToken);

    private void Look()
    {
        var begun = commits.Begun;
        var pages = writer.PagesWritten;
        _rest = Math.Max(_rest, 0);
        if (begun < 0 || begun != _begun)
            (_begun, _looks, _isTaken) = (begun, 0, false);
        else
            _looks++;
        if (--_rest > 0 || (pages - _pages < Worth && (_isTaken || _looks < Quiet)))
            return;
        // What is committed meanwhile is counted for the next time.
        if (TryTake())
            (_pages, _isTaken) = (pages, _looks >= Quiet);
        else
            (_looks, _rest) = (0, AfterFailure);
    }

    private bool TryTake()
    {
        try
        {
            return Take();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // Nothing is lost by it: the log keeps everything, and a later look tries again.
            NotTaken(e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The write-ahead log was not taken into the database: {Failure}.")]
    private partial void NotTaken(string failure);
}
