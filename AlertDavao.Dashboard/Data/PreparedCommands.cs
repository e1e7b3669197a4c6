using Microsoft.Data.Sqlite;

namespace AlertDavao.Dashboard.Data;

/// <summary>Commands that are compiled once on a connection that stays open, and run in each of its transactions.</summary>
internal sealed class PreparedCommands(SqliteConnection connection) : IDisposable
{
    private readonly List<SqliteCommand> _commands = [];
    private readonly List<PreparedStatement> _statements = [];

    /// <summary>SQLite compiles at the first run and keeps what it made.</summary>
    /// <param name="sql">Ours alone: constants and names of the model.</param>
    public SqliteCommand Prepare(string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // No text of anybody's is in it.
        command.CommandText = sql;
#pragma warning restore CA2100
        _commands.Add(command);
        return command;
    }

    /// <summary>For what runs with every report.</summary>
    /// <param name="sql">Ours alone: constants and names of the model.</param>
    public PreparedStatement Compile(string sql)
    {
        var statement = new PreparedStatement(connection, sql);
        _statements.Add(statement);
        return statement;
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
        foreach (var statement in _statements)
            statement.Dispose();
    }
}
