using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Board;

/// <summary>The tails of all logs, and the pictures of several logs that screens share.</summary>
internal sealed class StationTails
{
    private readonly FrozenDictionary<string, StationTail> _tails;
    private readonly TailReader _reader;

    // One a set of logs that somebody sees: the city desk's, and officers with several duties.
    private readonly ConcurrentDictionary<string, BoardPicture> _several = new(StringComparer.Ordinal);

    public StationTails(CityBook city, TailReader reader, TimeProvider time)
    {
        _reader = reader;
        _tails = city.Logs.ToFrozenDictionary(log => log, log => new StationTail(log, reader, time), StringComparer.Ordinal);
        foreach (var tail in _tails.Values)
        {
            tail.Load();
            // Nothing is new yet; the first report after the start shall not wait for its query to be compiled.
            tail.Advance();
        }
    }

    /// <summary>Moves one log on; only the fan-out worker calls it. False when there was nothing new.</summary>
    public bool Advance(string log) => _tails[log].Advance();

    /// <summary>The logs that are behind the database, or whose day has turned; one query.</summary>
    public IReadOnlyList<string> Behind()
        => [.. _reader.Positions()
            .Where(at => _tails.TryGetValue(at.Log, out var tail) && (tail.Picture.NumberOf(at.Log) < at.Number || tail.IsYesterdays))
            .Select(at => at.Log)];

    /// <summary>The number that a log's tail has.</summary>
    public long NumberOf(string log) => _tails[log].Picture.NumberOf(log);

    /// <summary>Entries that are committed and in no tail yet, of the log that has most of them; one query.</summary>
    public long Lag()
    {
        long most = 0;
        foreach (var at in _reader.Positions())
        {
            if (_tails.TryGetValue(at.Log, out var tail))
                most = Math.Max(most, at.Number - tail.Picture.NumberOf(at.Log));
        }

        return most;
    }

    /// <summary>When the newest entries of a log were committed, down to that number, the newest first.</summary>
    public IEnumerable<DateTimeOffset> CommittedAfter(string log, long number)
    {
        var newest = _tails[log].Picture.Entries;
        for (var at = newest.Length - 1; at >= 0 && newest[at].Number > number; at--)
            yield return newest[at].At;
    }

    /// <summary>The newest picture of one log.</summary>
    public BoardPicture PictureOf(string log) => _tails[log].Picture;

    /// <summary>The newest picture of exactly the logs of a scope.</summary>
    public BoardPicture Of(BoardScope scope) => scope.Logs.Length switch
    {
        0 => BoardPicture.Nothing,
        1 => _tails[scope.Logs[0]].Picture,
        _ => OfSeveral(scope),
    };

    /// <summary>The entries of a log that come next after a number, without a gap; from the database when the tail does not reach back so far.</summary>
    public IEnumerable<BoardEntry> After(string log, long number, int count)
    {
        var newest = _tails[log].Picture.Entries;
        return newest is [{ Number: var first }, ..] && first <= number + 1
            ? newest.Where(entry => entry.Number > number).Take(count)
            : _reader.After(log, number, count);
    }

    private BoardPicture OfSeveral(BoardScope scope)
    {
        var now = scope.Logs.Select(log => _tails[log].Picture).ToImmutableArray();
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
