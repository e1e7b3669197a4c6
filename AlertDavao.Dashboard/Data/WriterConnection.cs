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

    private readonly Statements _statements;
    private readonly Statement _savepoint;
    private readonly Statement _release;
    private readonly Statement _rollback;
    private readonly Statement _fileArrivals;

    public WriterConnection(IDbContextFactory<AlertDavaoDb> contexts, StatementFactory factory)
    {
        // Nothing below asks the database: what can fail does so in a transaction's begin, when there is somebody to close it.
        var db = Db = contexts.CreateDbContext();
        _statements = new Statements((SqliteConnection)db.Database.GetDbConnection(), factory);
        _savepoint = _statements.Add("SAVEPOINT unit");
        _release = _statements.Add("RELEASE unit");
        _rollback = _statements.Add("ROLLBACK TO unit");
        _fileArrivals = _statements.Add(SearchIndex.FileArrivals);
        Arrivals = new ArrivalSql(db, _statements);
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

        return Db.Database.BeginTransaction();
    }

    /// <summary>Pages that were written since the last call.</summary>
    public int TakePages()
    {
        raw.sqlite3_db_status(((SqliteConnection)Db.Database.GetDbConnection()).Handle!, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1);
        return pages;
    }

    public void Savepoint() => _savepoint.Run();

    public void Release() => _release.Run();

    /// <summary>What has arrived by now is found by the search from this transaction on.</summary>
    public void FileArrivals() => _fileArrivals.Run();

    public void RollbackToSavepoint() => _rollback.Run();

    public void Dispose()
    {
        _statements.Dispose();
        Db.Dispose();
    }
}
