using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AlertDavao.Tests.Data;

/// <summary>Counts commits, and holds or breaks one on demand.</summary>
internal sealed class CommitWatch : DbTransactionInterceptor
{
    private int _commits;

    public int Commits => Volatile.Read(ref _commits);

    /// <summary>Runs immediately before each commit.</summary>
    public Action BeforeCommit { get; set; } = () => { };

    public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        BeforeCommit();
        return result;
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
        => Interlocked.Increment(ref _commits);
}
