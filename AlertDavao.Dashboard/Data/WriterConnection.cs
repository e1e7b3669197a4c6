using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// The <see cref="Writer"/>'s own connection, open from group to group, with what is prepared on it. After a failure it is
/// thrown away: nobody knows what state it is in.
/// </summary>
internal sealed class WriterConnection : IDisposable
{
    /// <summary>16 MiB of pages: every report is put into a dozen indexes, and what is not kept is read again.</summary>
    private const string Cache = "PRAGMA cache_size = -16384";

    private readonly PreparedCommands _commands;
    private readonly SqliteCommand _savepoint;
    private readonly SqliteCommand _release;
    private readonly SqliteCommand _rollback;
    private readonly SqliteCommand _fileArrivals;

    public WriterConnection(IDbContextFactory<AlertDavaoDb> contexts)
    {
        // Nothing below asks the database: what can fail does so in a transaction's begin, when there is somebody to close it.
        var db = Db = contexts.CreateDbContext();
        _commands = new PreparedCommands((SqliteConnection)db.Database.GetDbConnection());
        _savepoint = _commands.Prepare("SAVEPOINT unit");
        _release = _commands.Prepare("RELEASE unit");
        _rollback = _commands.Prepare("ROLLBACK TO unit");
        _fileArrivals = _commands.Prepare(SearchIndex.FileArrivals);
        Arrivals = new ArrivalSql(db, _commands);
        db.Database.AutoSavepointsEnabled = false;
    }

    public AlertDavaoDb Db { get; }

    public ArrivalSql Arrivals { get; }

    public IDbContextTransaction Begin()
    {
        // Once; what is prepared lives as long as the connection is open.
        if (Db.Database.GetDbConnection().State != System.Data.ConnectionState.Open)
        {
            Db.Database.OpenConnection();
            Db.Database.ExecuteSqlRaw(Cache);
        }

        var transaction = Db.Database.BeginTransaction();
        _commands.Join((SqliteTransaction)transaction.GetDbTransaction());
        return transaction;
    }

    /// <summary>Pages that were written since the last call.</summary>
    public int TakePages()
    {
        raw.sqlite3_db_status(((SqliteConnection)Db.Database.GetDbConnection()).Handle!, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1);
        return pages;
    }

    public void Savepoint() => _savepoint.ExecuteNonQuery();

    public void Release() => _release.ExecuteNonQuery();

    /// <summary>What has arrived by now is found by the search from this transaction on.</summary>
    public void FileArrivals() => _fileArrivals.ExecuteNonQuery();

    public void RollbackToSavepoint() => _rollback.ExecuteNonQuery();

    public void Dispose()
    {
        _commands.Dispose();
        Db.Dispose();
    }
}
