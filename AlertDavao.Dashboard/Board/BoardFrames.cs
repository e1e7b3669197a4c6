using System.Collections.Concurrent;
using AlertDavao.Dashboard.Accounts;
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
    // Followers stand at one of the last few pictures, and an officer has few feeds. Who asks once may come from anywhere: such
    // pages must not take the followers' places.
    private const int MostOfFollowers = 128;
    private const int MostOfOthers = 16;

    private readonly ConcurrentDictionary<(string After, bool Locked), Lazy<BoardFrame>> _frames = new();

    /// <summary>The frame of the key; made once however many ask at the same time.</summary>
    public BoardFrame Get(string after, bool locked, bool follows, Func<BoardFrame> make)
    {
        var key = (after, locked);
        if (!_frames.TryGetValue(key, out var frame))
        {
            if (_frames.Count >= (follows ? MostOfFollowers : MostOfOthers))
                return make();
            frame = _frames.GetOrAdd(key, _ => new Lazy<BoardFrame>(make));
        }

        try
        {
            return frame.Value;
        }
        catch
        {
            // A database that was away for a moment is asked again.
            _frames.TryRemove(new(key, frame));
            throw;
        }
    }
}

/// <summary>
/// The pages of the poll and of the feed. The one place where a reader outside gets reports from: scope in, bytes out.
/// </summary>
internal sealed class BoardFrames(BoardReader reader, Callers callers)
{
    private long _made;

    /// <summary>Pages that were turned into bytes, since the start.</summary>
    public long Made => Volatile.Read(ref _made);

    /// <summary>The next page of the scope's board, also when it has nothing new.</summary>
    /// <param name="after">A cursor that this class gave, or any other text: one that means nothing begins anew.</param>
    public BoardFrame Next(BoardScope scope, Guid caller, string after) => Of(reader.Look(scope), callers.IsLocked(caller), after, follows: false);

    /// <summary>The same; null when there is nothing new.</summary>
    /// <param name="after">Null for who was told nothing yet.</param>
    public BoardFrame? News(BoardScope scope, Guid caller, string? after)
    {
        var picture = reader.Look(scope);
        return picture.Cursor == after ? null : Of(picture, callers.IsLocked(caller), after ?? "", follows: true);
    }

    /// <summary>The next page of a picture in one of the two forms.</summary>
    internal BoardFrame Of(BoardPicture picture, bool locked, string after, bool follows = false)
        => picture.Frames.Get(after, locked, follows, () => Make(picture, locked, after));

    private BoardFrame Make(BoardPicture picture, bool locked, string after)
    {
        Interlocked.Increment(ref _made);
        return BoardJson.Frame(reader.Page(picture, Cursor.TryParse(after, out var cursor) && !cursor.IsEmpty ? cursor : null), locked);
    }
}
