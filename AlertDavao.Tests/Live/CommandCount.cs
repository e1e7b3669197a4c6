using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AlertDavao.Tests.Live;

/// <summary>Counts the commands that go to the database, and can stand for a database that does not answer.</summary>
internal sealed class CommandCount : DbCommandInterceptor
{
    private int _commands;

    public int Commands => Volatile.Read(ref _commands);

    public bool IsDown { get; set; }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        if (IsDown)
            throw new IOException("The disk is gone.");
        Interlocked.Increment(ref _commands);
        return result;
    }
}
