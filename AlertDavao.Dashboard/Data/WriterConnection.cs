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

    /// <summary>Bytes free on the database's disk from which on there is room.</summary>
    private const long Room = 128L << 20;

    /// <summary>Pages that are written before the disk is looked at again.</summary>
    private const int UntilLook = 500;

    private readonly Statements _statements;
    private readonly Statement _savepoint;
    private readonly Statement _release;
    private readonly Statement _rollback;
    private readonly Statement _fileArrivals;

    private int _unlooked = UntilLook;
    private bool _hasRoom = true;

    public WriterConnection(IDbContextFactory<AlertDavaoDb> contexts, Stepper step)
    {
        // Nothing below asks the database: what can fail does so in a transaction's begin, when there is somebody to close it.
        var db = Db = contexts.CreateDbContext();
        _statements = new Statements((SqliteConnection)db.Database.GetDbConnection(), step);
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

        if (_unlooked >= UntilLook)
            LookForRoom();
        return Db.Database.BeginTransaction();
    }

    /// <summary>Pages that were written since the last call.</summary>
    public int TakePages()
    {
        raw.sqlite3_db_status(((SqliteConnection)Db.Database.GetDbConnection()).Handle!, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1);
        _unlooked += pages;
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

    private void LookForRoom()
    {
        _unlooked = 0;
        var hasRoom = HasRoom(Path.GetDirectoryName(Path.GetFullPath(Db.Database.GetDbConnection().DataSource))!);
        if (hasRoom == _hasRoom)
            return;
        Db.Database.ExecuteSqlRaw(hasRoom ? SqlitePragmas.LogWithRoom : SqlitePragmas.LogWithoutRoom);
        _hasRoom = hasRoom;
    }

    // A disk that does not say has room.
    private static bool HasRoom(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace >= Room;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
