using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Data.Backups;

/// <summary>The database of a backup: one file, without a write-ahead log.</summary>
internal static class BackupDatabase
{
    public const string FileName = "alertdavao.db";

    /// <summary>A context on a file that exists; nothing of the product's runs on it.</summary>
    public static AlertDavaoDb Open(string path, SqliteOpenMode mode = SqliteOpenMode.ReadOnly)
        => new(new DbContextOptionsBuilder<AlertDavaoDb>().UseSqlite(SqliteFile.Connection(path, mode)).Options);

    /// <summary>Copies a database that may be in use; its writers are not held up, and what they commit meanwhile is not in it.</summary>
    public static void Copy(string from, string to)
    {
        using var source = new SqliteConnection(SqliteFile.Connection(from, SqliteOpenMode.ReadWrite));
        using var target = new SqliteConnection(SqliteFile.Connection(to, SqliteOpenMode.ReadWriteCreate));
        source.Open();
        target.Open();
        source.BackupDatabase(target);
        // All of it in the one file, whose sum is taken.
        using var command = target.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = DELETE";
        command.ExecuteNonQuery();
    }

    /// <summary>Reads every page and every index.</summary>
    /// <exception cref="BackupRefused">Something is wrong.</exception>
    public static void ShouldBeWhole(string path)
    {
        var verdict = SqliteFile.IntegrityCheck(path);
        if (verdict != SqliteFile.Whole)
            throw new BackupRefused($"{FileName} is damaged: {verdict.ReplaceLineEndings(" ")}");
    }
}
