using Microsoft.Data.Sqlite;

namespace AlertDavao.Dashboard.Data;

/// <summary>A database's file, past EF: that one writes whole traces to the log where a sentence is wanted.</summary>
internal static class SqliteFile
{
    /// <summary>What SQLite says when nothing is wrong.</summary>
    public const string Whole = "ok";

    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <summary>Every page is read, not every index.</summary>
    public static string QuickCheck(string path) => First(path, SqliteOpenMode.ReadWrite, "PRAGMA quick_check(1)");

    /// <summary>Every page and every index; several times as long.</summary>
    public static string IntegrityCheck(string path) => First(path, SqliteOpenMode.ReadOnly, "PRAGMA integrity_check(1)");

    /// <summary>For one connection that is closed when it is done with.</summary>
    public static string Connection(string path, SqliteOpenMode mode)
        => new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString();

    /// <summary>Whether SQLite says that the file is not what it should be.</summary>
    public static bool IsOfDamage(Exception? e)
        => e is SqliteException { SqliteErrorCode: Corrupt or NotADatabase } || (e is not null && IsOfDamage(e.InnerException));

    private static string First(string path, SqliteOpenMode mode, string pragma)
    {
        try
        {
            using var connection = new SqliteConnection(Connection(path, mode));
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the two above.
            command.CommandText = pragma;
#pragma warning restore CA2100
            return command.ExecuteScalar() as string ?? "no answer";
        }
        catch (SqliteException e) when (IsOfDamage(e))
        {
            return e.Message;
        }
    }
}
