using AlertDavao.Dashboard.Meters;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// The one writer. Units that wait are run in one transaction, so that the disk is waited for once a group, and a unit that
/// fails undoes nothing of its neighbours': each has a savepoint of its own, or can be run again. A task ends after the commit, never before.
/// SQLite works in the calling thread, so the writer has a thread of its own.
/// </summary>
internal sealed partial class Writer(
    IDbContextFactory<AlertDavaoDb> contexts, Stepper step, ProductMeter meter, TimeProvider time, ILogger<Writer> log) : IHostedService, IDisposable
{
    /// <summary>Units that may wait; beyond it a caller is told to come back.</summary>
    public const int QueueLimit = 4096;

    /// <summary>Units in one transaction at most.</summary>
    public const int GroupLimit = 256;

    /// <summary>Waiting units from which on others than a report's own group may file it for the search.</summary>
    private const int Flood = 8;

    private readonly WaitingWork<Work> _queue = new(QueueLimit);
    private readonly List<WriteUnit> _awaited = [];
    private Thread? _thread;
    private WriterConnection? _connection;
    private int _unfiled;
    private long _pages;

    /// <summary>Units waiting now.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Pages that commits have put into the write-ahead log since the start.</summary>
    public long PagesWritten => Interlocked.Read(ref _pages);

    /// <summary>Whether a unit has met damage in the database's file.</summary>
    public bool HasMetDamage { get; private set; }

    /// <summary>Whether units are being taken.</summary>
    public bool IsRunning => _thread?.IsAlive == true && !_queue.IsClosed;

    /// <summary>
    /// Runs a unit on the writer's thread inside a transaction and ends when it is committed. The unit must not keep its
    /// context. What it throws comes out here; a group that cannot be committed fails with <see cref="WriteFailed"/>.
    /// </summary>
    /// <exception cref="WriterBusy">Too many units wait, or the program is stopping; nothing was written.</exception>
    public Task<T> Run<T>(Func<WriteUnit, T> unit) => Queue(new Work<T>(unit, isRepeatable: false));

    /// <summary>
    /// Like <see cref="Run"/>, for a unit that changes nothing but the database: those at the head of a group need no savepoints, which
    /// copy every page that is written for the first time in them. When one fails, all are undone and run again, each in its own.
    /// </summary>
    /// <inheritdoc cref="Run"/>
    public Task<T> RunRepeatable<T>(Func<WriteUnit, T> unit) => Queue(new Work<T>(unit, isRepeatable: true));

    private Task<T> Queue<T>(Work<T> work) => _queue.TryAdd(work) ? work.Task : throw new WriterBusy();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter.Watch(ProductMeter.WriterQueue, "{unit}", "Units of work that wait for the writer.", () => Waiting);
        _thread = new Thread(RunAll) { Name = "AlertDavao writer", IsBackground = true };
        _thread.Start();
        return Task.CompletedTask;
    }

    // What is already queued is still written: its callers wait for an answer. A stop that runs out of its time is no failure:
    // whoever disposes of the writer waits for the rest.
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Close();
        await Task.Run(() => _thread?.Join(), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // A stop that ran out of its time leaves the thread writing; the queue is its until it ends.
    public void Dispose()
    {
        _queue.Close();
        _thread?.Join();
    }

    private void RunAll()
    {
        var group = new List<Work>(GroupLimit);
        while (_queue.Take(group, GroupLimit))
        {
            RunGroup(group);
            group.Clear();
        }

        Drop();
    }

    private void RunGroup(List<Work> group)
    {
        try
        {
            _connection ??= new WriterConnection(contexts, step);
            RunGroup(_connection, group);
        }
        catch (Exception e)
        {
            HasMetDamage |= SqliteFile.IsOfDamage(e);
            GroupFailed(e, group.Count);
            foreach (var work in group)
                work.Fail(new WriteFailed(e));
            Drop();
        }

        foreach (var work in group)
            work.Finish();
    }

    private void RunGroup(WriterConnection connection, List<Work> group)
    {
        _awaited.Clear();
        var transaction = connection.Begin();
        try
        {
            // The first ones alone: with them nothing else is undone, and all keep their order. One is not run twice.
            var together = group.TakeWhile(work => work.IsRepeatable).Count();
            if (together == 1)
                together = 0;
            if (!TryTogether(connection, group.Take(together)))
            {
                _awaited.Clear();
                transaction.Dispose();
                transaction = connection.Begin();
                together = 0;
            }

            foreach (var work in group.Skip(together))
                RunAlone(connection, work);
            FileArrivals(connection, group.Count);
            var ready = time.GetTimestamp();
            transaction.Commit();
            Interlocked.Add(ref _pages, connection.TakePages());
            foreach (var unit in _awaited)
                unit.Committed();
            meter.Written(group.Count, time.GetElapsedTime(ready));
        }
        finally
        {
            transaction.Dispose();
        }
    }

    // In a flood a group is filed with some that follow it: the index is written in fewer and larger pieces. The last one that waits,
    // or the limit, files whatever is not.
    private void FileArrivals(WriterConnection connection, int units)
    {
        _unfiled += units;
        if (_unfiled < GroupLimit && _queue.Count >= Flood)
            return;
        connection.FileArrivals();
        _unfiled = 0;
    }

    // Which of them fails, and whether it does so alone, is found out by running each in its own savepoint.
    private bool TryTogether(WriterConnection connection, IEnumerable<Work> repeatable)
    {
        try
        {
            foreach (var work in repeatable)
                RunUnit(connection, work);
            return true;
        }
        catch (Exception e)
        {
            HasMetDamage |= SqliteFile.IsOfDamage(e);
            RunAgain(e.GetType().Name);
            return false;
        }
    }

    private void RunAlone(WriterConnection connection, Work work)
    {
        connection.Savepoint();
        try
        {
            RunUnit(connection, work);
        }
        catch (Exception e)
        {
            HasMetDamage |= SqliteFile.IsOfDamage(e);
            work.Fail(e);
            connection.RollbackToSavepoint();
        }

        connection.Release();
    }

    private void RunUnit(WriterConnection connection, Work work)
    {
        var unit = new WriteUnit(connection, time);
        try
        {
            work.Execute(unit);
            // Most units write past EF, and have nothing for it to look for.
            if (unit.HasUsedEf)
                connection.Db.SaveChanges();
            if (unit.IsAwaited)
                _awaited.Add(unit);
        }
        finally
        {
            if (unit.HasUsedEf)
                connection.Db.ChangeTracker.Clear();
        }
    }

    // The writer outlives whatever its connection does.
    private void Drop()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            NotClosed(e.GetType().Name);
        }

        _connection = null;
    }

    [LoggerMessage(LogLevel.Warning, "The writer's connection was not closed: {Failure}.")]
    private partial void NotClosed(string failure);

    [LoggerMessage(LogLevel.Error, "One of the units that were run together failed, and each is run again in its own savepoint: {Failure}.")]
    private partial void RunAgain(string failure);

    // Exceptions of the provider name columns, never values; the caller's text is not in them.
    [LoggerMessage(LogLevel.Error, "A group of {Units} units was rolled back.")]
    private partial void GroupFailed(Exception exception, int units);

    private abstract class Work(bool isRepeatable)
    {
        /// <summary>Whether it changes nothing but the database.</summary>
        public bool IsRepeatable => isRepeatable;

        protected Exception? Error { get; private set; }

        public abstract void Execute(WriteUnit unit);

        public void Fail(Exception error) => Error ??= error;

        public abstract void Finish();
    }

    private sealed class Work<T>(Func<WriteUnit, T> unit, bool isRepeatable) : Work(isRepeatable)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Task => _done.Task;

        public override void Execute(WriteUnit context) => _result = unit(context);

        public override void Finish()
        {
            if (Error is null)
                _done.SetResult(_result!);
            else
                _done.SetException(Error);
        }
    }
}
