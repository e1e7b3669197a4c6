using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// Set on every open, because a pooled handle keeps what an earlier user set: write-ahead log, every commit on the disk
/// before it is answered, foreign keys, a log that a commit itself takes from 6,000 pages on (24 MiB; <see cref="Checkpoints"/>
/// takes it before, and 64 MiB is all the room it keeps), five seconds of patience for a foreign writer,
/// two megabytes of pages.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    /// <summary>From how many pages on a commit itself takes the log.</summary>
    public const string LogWithRoom = "PRAGMA wal_autocheckpoint = 6000";

    /// <summary>The same where the disk is nearly full: the log shall not take what is left.</summary>
    public const string LogWithoutRoom = "PRAGMA wal_autocheckpoint = 1000";

    private const string All = $"""
        PRAGMA busy_timeout = 5000;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA journal_size_limit = 67108864;
        {LogWithRoom};
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -2000;
        """;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = All;
        command.ExecuteNonQuery();
    }

    // SQLite works in the process: its asynchronous calls are synchronous ones.
    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
