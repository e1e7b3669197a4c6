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

    public void AddTo(IServiceCollection services) => services.ConfigureDbContext<AlertDavaoDb>(options =>
        options.AddInterceptors(new Commands(this), new Transactions(this), new Connections(this)));

    private void Operation(string what, string sql = "")
    {
        var isWriters = Thread.CurrentThread.Name == WriterThread;
        if (BreaksKeys ? isWriters || !sql.Contains("\"IntakeClients\"", StringComparison.Ordinal) : !isWriters)
            return;
        if (Volatile.Read(ref _left) <= 0 || Interlocked.Decrement(ref _left) != 0)
            return;
        Broken = $"{what} {sql}";
        throw new SqliteException("disk I/O error", 10);
    }

    private sealed class Commands(FaultyDatabase faulty) : DbCommandInterceptor
    {
        public override InterceptionResult<DbDataReader> ReaderExecuting(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            faulty.Operation("read", command.CommandText);
            return result;
        }

        public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
        {
            faulty.Operation("write", command.CommandText);
            return result;
        }

        public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
        {
            faulty.Operation("scalar", command.CommandText);
            return result;
        }
    }

    private sealed class Transactions(FaultyDatabase faulty) : DbTransactionInterceptor
    {
        public override InterceptionResult<DbTransaction> TransactionStarting(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
        {
            faulty.Operation("begin");
            return result;
        }

        public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
            => Broken(result, "commit");

        public override InterceptionResult CreatingSavepoint(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
            => Broken(result, "savepoint");

        public override InterceptionResult RollingBackToSavepoint(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
        {
            if (faulty.BreaksRollback)
                faulty.BreakAt(1);
            return Broken(result, "rollback to savepoint");
        }

        public override InterceptionResult ReleasingSavepoint(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
            => Broken(result, "release savepoint");

        private InterceptionResult Broken(InterceptionResult result, string what)
        {
            faulty.Operation(what);
            return result;
        }
    }

    private sealed class Connections(FaultyDatabase faulty) : DbConnectionInterceptor
    {
        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
        {
            faulty.Operation("open");
            return result;
        }
    }
}
