using System.Data.Common;
using AlertDavao.Dashboard.Data.Continuity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// Whether the database's file is whole. Asked at the start, where a damaged one is refused; afterwards only remembered, from
/// what SQLite stumbles over: a probe of a load balancer every few seconds must not read the whole file.
/// </summary>
internal sealed class DatabaseIntegrity(StorageOptions storage) : DbCommandInterceptor
{
    private volatile bool _isDamaged;

    /// <summary>Whether damage was met since the start.</summary>
    public bool IsDamaged => _isDamaged;

    /// <summary>
    /// Reads the log that a crash left and every page of the database, so it costs what reading the file costs: some
    /// milliseconds for a new one, about a second for 100,000 reports. Before anything else opens it.
    /// </summary>
    /// <exception cref="StartRefused">It is damaged.</exception>
    public void Check()
    {
        if (!File.Exists(storage.Database))
            return;
        var log = storage.Database + "-wal";
        if (WalCheck.IsDamaged(log))
            throw Damaged(log);
        if (SqliteFile.QuickCheck(storage.Database) != SqliteFile.Whole)
            throw Damaged(storage.Database);
    }

    /// <summary>
    /// The same for a verb. Beside a server nothing is asked: that one has looked, and its log moves. Without one the verb is the
    /// first to open what a crash left, and SQLite would clear a bad log away.
    /// </summary>
    /// <exception cref="StartRefused">It is damaged.</exception>
    public void CheckUnlessServed(FolderLock folder)
    {
        if (!folder.TryTake())
            return;
        try
        {
            Check();
        }
        finally
        {
            folder.Release();
        }
    }

    /// <summary>Does something with the database and says in words when it is damaged.</summary>
    /// <exception cref="StartRefused">It is.</exception>
    public T Run<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e) when (SqliteFile.IsOfDamage(e))
        {
            throw Damaged(storage.Database);
        }
    }

    /// <summary>Remembers damage that somebody met.</summary>
    public void Met(Exception e) => _isDamaged |= SqliteFile.IsOfDamage(e);

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Met(eventData.Exception);

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Met(eventData.Exception);
        return Task.CompletedTask;
    }

    private static StartRefused Damaged(string file)
        => new($"This file is damaged: {file}. Put a backup back with: AlertDavao.Dashboard restore --from <folder of the backup>");
}
