using System.Collections.Concurrent;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Dashboard.Board;

/// <summary>A page of the board as it goes over the wire: bytes that are made once and written to everybody who stands at the same place.</summary>
/// <param name="Cursor">Where the reader stands after it.</param>
/// <param name="Event">The page as a server-sent event.</param>
/// <param name="Body">The page alone: a part of <paramref name="Event"/>.</param>
internal sealed record BoardFrame(string Cursor, ReadOnlyMemory<byte> Event, ReadOnlyMemory<byte> Body);

/// <summary>What was made out of one picture, by the place of the reader and the form.</summary>
internal sealed class FrameShelf
{
    // Whoever follows stands at one of the last few pictures. Who comes back from anywhere has a page of their own, which is
    // not worth keeping.
    private const int Most = 16;

    private readonly ConcurrentDictionary<(string After, bool Locked), Lazy<BoardFrame>> _frames = new();

    /// <summary>The frame of the key; made once however many ask at the same time.</summary>
    public BoardFrame Get(string after, bool locked, Func<BoardFrame> make)
    {
        if (_frames.TryGetValue((after, locked), out var made))
            return made.Value;
        return _frames.Count < Most ? _frames.GetOrAdd((after, locked), _ => new Lazy<BoardFrame>(make)).Value : make();
    }
}

/// <summary>
/// The pages of the poll and of the feed. The one place where a reader outside gets reports from: scope in, bytes out.
/// </summary>
internal sealed class BoardFrames(BoardReader reader)
{
    private long _made;

    /// <summary>Pages that were turned into bytes, since the start.</summary>
    public long Made => Volatile.Read(ref _made);

    /// <summary>The next page of the scope's board, also when it has nothing new.</summary>
    /// <param name="after">A cursor that this class gave, or any other text: one that means nothing begins anew.</param>
    public BoardFrame Next(BoardScope scope, Guid caller, string after) => Of(reader.Look(scope), IsLocked(caller), after);

    /// <summary>The same; null when there is nothing new.</summary>
    /// <param name="after">Null for who was told nothing yet.</param>
    public BoardFrame? News(BoardScope scope, Guid caller, string? after)
    {
        var picture = reader.Look(scope);
        return picture.Cursor == after ? null : Of(picture, IsLocked(caller), after ?? "");
    }

    /// <summary>The next page of a picture in one of the two forms.</summary>
    internal BoardFrame Of(BoardPicture picture, bool locked, string after)
        => picture.Frames.Get(after, locked, () => Make(picture, locked, after));

    // The lock of a session that nobody touched is asked for here, and nowhere else.
    private static bool IsLocked(Guid _) => false;

    private BoardFrame Make(BoardPicture picture, bool locked, string after)
    {
        Interlocked.Increment(ref _made);
        return BoardJson.Frame(reader.Page(picture, Cursor.TryParse(after, out var cursor) && !cursor.IsEmpty ? cursor : null), locked);
    }
}
