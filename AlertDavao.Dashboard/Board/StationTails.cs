using System.Collections.Concurrent;
using System.Collections.Immutable;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Board;

/// <summary>The tails of all logs, and the pictures of several logs that screens share.</summary>
internal sealed class StationTails
{
    // One a log; a station that is added while the program runs gets its own when somebody first asks.
    private readonly ConcurrentDictionary<string, Lazy<StationTail>> _tails = new(StringComparer.Ordinal);
    private readonly TailReader _reader;
    private readonly CityBook _city;
    private readonly TimeProvider _time;

    // One a set of logs that somebody sees: the city desk's, and officers with several duties.
    private readonly ConcurrentDictionary<string, BoardPicture> _several = new(StringComparer.Ordinal);

    public StationTails(CityBook city, TailReader reader, TimeProvider time)
    {
        (_reader, _city, _time) = (reader, city, time);
        // Nothing is new yet; the first report after the start shall not wait for its query to be compiled.
        foreach (var log in city.Logs)
            TailOf(log).Advance();
    }

    /// <summary>Moves one log on; only the fan-out worker calls it. False when there was nothing new.</summary>
    public bool Advance(string log) => TailOf(log).Advance();

    /// <summary>The logs that are behind the database, or whose day has turned; one query.</summary>
    public IReadOnlyList<string> Behind()
        => [.. _reader.Positions()
            .Where(at => Known(at.Log) is { } tail && (tail.Picture.NumberOf(at.Log) < at.Number || tail.IsYesterdays))
            .Select(at => at.Log)];

    /// <summary>The number that a log's tail has.</summary>
    public long NumberOf(string log) => TailOf(log).Picture.NumberOf(log);

    /// <summary>Entries that are committed and in no tail yet, of the log that has most of them; one query.</summary>
    public long Lag()
    {
        long most = 0;
        foreach (var at in _reader.Positions())
        {
            if (Known(at.Log) is { } tail)
                most = Math.Max(most, at.Number - tail.Picture.NumberOf(at.Log));
        }

        return most;
    }

    /// <summary>When the newest entries of a log were committed, down to that number, the newest first.</summary>
    public IEnumerable<DateTimeOffset> CommittedAfter(string log, long number)
    {
        var newest = TailOf(log).Picture.Entries;
        for (var at = newest.Length - 1; at >= 0 && newest[at].Number > number; at--)
            yield return newest[at].At;
    }

    /// <summary>The newest picture of one log.</summary>
    public BoardPicture PictureOf(string log) => TailOf(log).Picture;

    /// <summary>The newest picture of exactly the logs of a scope.</summary>
    public BoardPicture Of(BoardScope scope) => scope.Logs.Length switch
    {
        0 => BoardPicture.Nothing,
        1 => TailOf(scope.Logs[0]).Picture,
        _ => OfSeveral(scope),
    };

    /// <summary>The entries of a log that come next after a number, without a gap; from the database when the tail does not reach back so far.</summary>
    public IEnumerable<BoardEntry> After(string log, long number, int count)
    {
        var newest = TailOf(log).Picture.Entries;
        return newest is [{ Number: var first }, ..] && first <= number + 1
            ? newest.Where(entry => entry.Number > number).Take(count)
            : _reader.After(log, number, count);
    }

    /// <exception cref="InvalidOperationException">There is no such log.</exception>
    private StationTail TailOf(string log)
        => Known(log) ?? (_city.Logs.Contains(log)
            ? _tails.GetOrAdd(log, new Lazy<StationTail>(() => Load(log), LazyThreadSafetyMode.PublicationOnly)).Value
            : throw new InvalidOperationException("There is no such log."));

    private StationTail? Known(string log) => _tails.TryGetValue(log, out var tail) ? tail.Value : null;

    private StationTail Load(string log)
    {
        var tail = new StationTail(log, _reader, _time);
        tail.Load();
        return tail;
    }

    private BoardPicture OfSeveral(BoardScope scope)
    {
        var now = scope.Logs.Select(log => TailOf(log).Picture).ToImmutableArray();
        if (_several.TryGetValue(scope.Key, out var shared) && IsOf(shared, now))
            return shared;

        var made = BoardPicture.Of(now, shared ?? BoardPicture.Nothing);
        _several[scope.Key] = made;
        return made;
    }

    private static bool IsOf(BoardPicture several, ImmutableArray<BoardPicture> logs)
    {
        for (var at = 0; at < logs.Length; at++)
        {
            if (several.Positions[at] != logs[at].Positions[0] || several.StartOfDay < logs[at].StartOfDay)
                return false;
        }

        return true;
    }
}
