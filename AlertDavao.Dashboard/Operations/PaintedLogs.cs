using System.Collections.Concurrent;
using System.Collections.Immutable;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Operations;

/// <summary>
/// Up to where each log was painted, as screens say. What thousands say of the same entries is one line here, and nothing at
/// all once it is written down: a number is compared with a number.
/// </summary>
internal sealed class PaintedLogs(IDbContextFactory<AlertDavaoDb> contexts, CityBook city)
{
    // One a log; a station may be added while the program runs.
    private readonly ConcurrentDictionary<string, PaintedLog> _logs = new(city.Logs.Select(log => KeyValuePair.Create(log, new PaintedLog())), StringComparer.Ordinal);

    /// <summary>A screen of that scope has painted its board up to the cursor; what means nothing there is passed over.</summary>
    public void Say(BoardScope scope, Cursor cursor, DateTimeOffset at)
    {
        if (cursor.Epoch != city.Epoch)
            return;

        var isRead = false;
        foreach (var code in cursor.Logs)
        {
            if (!scope.Sees(code) || Of(code) is not { } log || cursor.Of(code) is var number && number <= log.StoredTo)
                continue;
            if (number > log.Last && !isRead)
            {
                ReadNumbers();
                isRead = true;
            }

            // From ahead of the log: nobody can have painted it, and it would stand for what others paint next.
            if (number <= log.Last)
                log.Add(number, at);
        }
    }

    /// <summary>What is not written down yet; it is the caller's from now on.</summary>
    public IReadOnlyList<PaintedUpTo> Take()
        => [.. _logs.Select(log => new PaintedUpTo(log.Key, log.Value.StoredTo, log.Value.Take())).Where(painted => !painted.Steps.IsEmpty)];

    /// <summary>It is written down.</summary>
    public void Stored(PaintedUpTo painted) => _logs[painted.Log].Store(painted.To);

    /// <summary>It could not be written down.</summary>
    public void Return(PaintedUpTo painted)
    {
        foreach (var step in painted.Steps)
            _logs[painted.Log].Add(step.Number, step.At);
    }

    private PaintedLog? Of(string code)
        => _logs.TryGetValue(code, out var log) ? log : city.Logs.Contains(code) ? _logs.GetOrAdd(code, _ => new PaintedLog()) : null;

    private void ReadNumbers()
    {
        using var db = contexts.CreateDbContext();
        foreach (var read in db.StationLogs.AsNoTracking())
        {
            if (Of(read.Code) is { } log)
                log.Know(read.LastNumber, read.PaintedTo);
        }
    }
}

/// <summary>One log: the steps in which its screens have painted it since it was last written down.</summary>
internal sealed class PaintedLog
{
    /// <summary>Steps held; of more the lowest goes, and what it told counts as painted with the next one, a little later.</summary>
    public const int MaxSteps = 16;

    private readonly Lock _lock = new();
    // Numbers and times both go up.
    private readonly List<PaintedStep> _steps = [];
    private long _storedTo;
    private long _last;

    /// <summary>Up to where it is written down, as far as is known here.</summary>
    public long StoredTo => Volatile.Read(ref _storedTo);

    /// <summary>The log's number when it was last read.</summary>
    public long Last => Volatile.Read(ref _last);

    public void Know(long last, long storedTo)
    {
        lock (_lock)
        {
            _last = Math.Max(_last, last);
            _storedTo = Math.Max(_storedTo, storedTo);
            _steps.RemoveAll(step => step.Number <= _storedTo);
        }
    }

    public void Store(long to) => Know(to, to);

    public void Add(long number, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (number <= _storedTo || _steps.Exists(step => step.Number >= number && step.At <= at))
                return;
            _steps.RemoveAll(step => step.Number <= number && step.At >= at);
            var place = _steps.FindIndex(step => step.Number > number);
            _steps.Insert(place < 0 ? _steps.Count : place, new PaintedStep(number, at));
            if (_steps.Count > MaxSteps)
                _steps.RemoveAt(0);
        }
    }

    public ImmutableArray<PaintedStep> Take()
    {
        lock (_lock)
        {
            ImmutableArray<PaintedStep> taken = [.. _steps];
            _steps.Clear();
            return taken;
        }
    }
}

/// <summary>Everything up to the number was on a screen at that moment.</summary>
internal readonly record struct PaintedStep(long Number, DateTimeOffset At);

/// <param name="After">Up to here it is written down already.</param>
/// <param name="Steps">In the order of numbers.</param>
internal sealed record PaintedUpTo(string Log, long After, ImmutableArray<PaintedStep> Steps)
{
    public long To => Steps[^1].Number;
}
