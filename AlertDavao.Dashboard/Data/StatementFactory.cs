using Microsoft.Data.Sqlite;

namespace AlertDavao.Dashboard.Data;

/// <summary>Makes the writer's statements.</summary>
internal class StatementFactory
{
    /// <inheritdoc cref="Statement"/>
    public virtual Statement Make(SqliteConnection connection, string sql) => new(connection, sql);
}
