using Microsoft.Data.Sqlite;

namespace AlertDavao.Dashboard.Data;

/// <summary>Commands that are compiled once on a connection that stays open, and run in each of its transactions.</summary>
internal sealed class PreparedCommands(SqliteConnection connection) : IDisposable
{
    private readonly List<SqliteCommand> _commands = [];

    /// <summary>Parameters may be added afterwards; SQLite compiles at the first run and keeps what it made.</summary>
    /// <param name="sql">Ours alone: constants and names of the model.</param>
    public SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // No text of anybody's is in it.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var parameter in parameters)
            command.Parameters.Add(new SqliteParameter(parameter, null));
        _commands.Add(command);
        return command;
    }

    public void Join(SqliteTransaction transaction)
    {
        foreach (var command in _commands)
            command.Transaction = transaction;
    }

    public void Dispose()
    {
        foreach (var command in _commands)
            command.Dispose();
    }
}
