using System.Data;
using System.Data.Common;
using AlertDavao.Dashboard.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Intake;

/// <summary>
/// Breaks the n-th operation of the writer on the database: opening, begin, commands, savepoints, commit; or the reading of
/// intake keys. What the boards read meanwhile is left alone.
/// </summary>
internal sealed class FaultyDatabase
{
    public const string Open = "open";
    public const string Rollback = "ROLLBACK TO unit";

    private const string WriterThread = "AlertDavao writer";

    private int _left;

    public string? Broken { get; private set; }

    /// <summary>Whether it is the reading of intake keys that fails, and not the writer.</summary>
    public bool BreaksKeys { get; set; }

    /// <summary>Whether the rollback of a savepoint fails too.</summary>
    public bool BreaksRollback { get; set; }

    public void BreakAt(int operation)
    {
        Broken = null;
        Volatile.Write(ref _left, operation);
    }

    /// <summary>Nothing is broken any more.</summary>
    public void Mend() => Volatile.Write(ref _left, 0);

    public void AddTo(IServiceCollection services)
    {
        services.ConfigureDbContext<AlertDavaoDb>(options => options.AddInterceptors(new Connections(this)));
        // What the writer runs past EF.
        services.AddSingleton<Stepper>((statement, sql) =>
        {
            Operation(sql);
            return Statement.Step(statement, sql);
        });
    }

    private void Operation(string sql)
    {
        var isWriters = Thread.CurrentThread.Name == WriterThread;
        if (BreaksKeys ? isWriters || !sql.Contains("\"IntakeClients\"", StringComparison.Ordinal) : !isWriters)
            return;
        if (BreaksRollback && sql == Rollback)
            BreakAt(1);
        if (Volatile.Read(ref _left) <= 0 || Interlocked.Decrement(ref _left) != 0)
            return;
        Broken = sql;
        throw new SqliteException("disk I/O error", 10);
    }

    /// <summary>EF works with connections of ours, whose commands fail: also those that EF's interceptors never see.</summary>
    private sealed class Connections(FaultyDatabase faulty) : DbConnectionInterceptor
    {
        public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result)
            => InterceptionResult<DbConnection>.SuppressWithResult(new Connection(faulty, eventData.ConnectionString!));

        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
        {
            faulty.Operation(Open);
            return result;
        }
    }

    private sealed class Connection(FaultyDatabase faulty, string connectionString) : SqliteConnection(connectionString)
    {
        public override SqliteCommand CreateCommand()
            => new Command(faulty) { Connection = this, CommandTimeout = DefaultTimeout, Transaction = Transaction };
    }

    private sealed class Command(FaultyDatabase faulty) : SqliteCommand
    {
        // Every way of running a command leads here, begin, savepoints and commit too.
        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            faulty.Operation(CommandText);
            return base.ExecuteReader(behavior);
        }
    }
}
