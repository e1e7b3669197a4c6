using Microsoft.Data.Sqlite;

namespace AlertDavao.Dashboard.Data;

/// <summary>The statements of a connection that stays open; they end with it.</summary>
internal sealed class Statements(SqliteConnection connection, Stepper step) : IDisposable
{
    private readonly List<Statement> _all = [];

    /// <inheritdoc cref="Statement"/>
    public Statement Add(string sql)
    {
        var statement = new Statement(connection, sql, step);
        _all.Add(statement);
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _all)
            statement.Dispose();
    }
}
