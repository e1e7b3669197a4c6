using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AlertDavao.Dashboard.Data.Continuity;

/// <summary>Tells <see cref="CommitsUnderWay"/> of every commit of EF's; log entries are written in no other way.</summary>
internal sealed class CommitInterceptor(CommitsUnderWay commits) : DbTransactionInterceptor
{
    private const string Commit = "Commit";

    public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        commits.Begin();
        return result;
    }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        commits.Begin();
        return ValueTask.FromResult(result);
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => commits.End();

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        commits.End();
        return Task.CompletedTask;
    }

    public override void TransactionFailed(DbTransaction transaction, TransactionErrorEventData eventData)
    {
        if (eventData.Action == Commit)
            commits.End();
    }

    public override Task TransactionFailedAsync(
        DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        TransactionFailed(transaction, eventData);
        return Task.CompletedTask;
    }
}
