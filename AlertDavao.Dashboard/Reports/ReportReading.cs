using AlertDavao.Dashboard.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace AlertDavao.Dashboard.Reports;

/// <summary>What one reader may ask of the server.</summary>
/// <param name="Reading">How long one look into the reports may take.</param>
/// <param name="ExportRows">Reports in one file.</param>
internal sealed record ListLimits(TimeSpan Reading, int ExportRows)
{
    public static readonly ListLimits Default = new(TimeSpan.FromSeconds(5), 50_000);
}

/// <summary>It was given up, so that one hard search keeps neither its reader nor anybody else waiting.</summary>
internal sealed class ReadingTookTooLong() : Exception("Reading the reports took longer than it may.");

/// <summary>
/// One moment of the database, read for a bounded time. SQLite works in the calling thread and knows no cancellation: it asks
/// us every thousand steps whether to go on.
/// </summary>
internal sealed class ReportReading : IDisposable
{
    private const int StepsBetweenLooks = 1000;
    private const int Interrupted = raw.SQLITE_INTERRUPT;

    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _moment;
    private bool _isTimed;

    public ReportReading(IDbContextFactory<AlertDavaoDb> contexts, ListLimits limits, TimeProvider time)
    {
        Db = contexts.CreateDbContext();
        Db.Database.OpenConnection();
        _connection = (SqliteConnection)Db.Database.GetDbConnection();
        // Deferred: a read must not wait for the writer. EF's own transaction would take the write lock.
        _moment = _connection.BeginTransaction(deferred: true);
        Db.Database.UseTransaction(_moment);
        var since = time.GetTimestamp();
        raw.sqlite3_progress_handler(_connection.Handle, StepsBetweenLooks, _ => _isTimed && time.GetElapsedTime(since) >= limits.Reading ? 1 : 0, null);
    }

    /// <summary>For reads whose size is known: they are not timed.</summary>
    public AlertDavaoDb Db { get; }

    /// <exception cref="ReadingTookTooLong">The time is over.</exception>
    public IReadOnlyList<ListKey> Keys(ReportQuery query) => Timed(() =>
    {
        using var command = query.On(_connection, _moment);
        using var rows = command.ExecuteReader();
        var keys = new List<ListKey>();
        while (rows.Read())
            keys.Add(new ListKey(rows.GetGuid(0), rows.GetInt64(1), rows.GetInt64(2)));
        return keys;
    });

    /// <exception cref="ReadingTookTooLong">The time is over.</exception>
    public int Number(ReportQuery query) => Timed(() =>
    {
        using var command = query.On(_connection, _moment);
        return (int)(long)command.ExecuteScalar()!;
    });

    /// <summary>Where a report stands in the list, whoever may see it; null when there is none.</summary>
    public ListAnchor? Anchor(Guid id, IReadOnlyCollection<string> logs) => Timed(() =>
    {
        using var command = _connection.CreateCommand();
        command.Transaction = _moment;
        command.CommandText = "SELECT ReceivedAt, rowid, Log FROM Reports WHERE Id = @id";
        command.Parameters.AddWithValue("@id", ReportQuery.Key(id));
        using var row = command.ExecuteReader();
        return row.Read() && logs.Contains(row.GetString(2))
            ? new ListAnchor(row.GetInt64(0), row.GetInt64(1))
            : null;
    });

    public void Dispose()
    {
        // The handle goes back to its pool, and must not be asked on behalf of this reading any more.
        raw.sqlite3_progress_handler(_connection.Handle, 0, null!, null);
        _moment.Dispose();
        Db.Dispose();
    }

    private T Timed<T>(Func<T> read)
    {
        _isTimed = true;
        try
        {
            return read();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == Interrupted)
        {
            throw new ReadingTookTooLong();
        }
        finally
        {
            _isTimed = false;
        }
    }
}

/// <summary>A report of a page before it is read whole.</summary>
/// <param name="At">Its ReceivedAt, unix milliseconds.</param>
internal readonly record struct ListKey(Guid Id, long At, long Number);
