namespace AlertDavao.Bench.Feeds;

/// <summary>Server-sent events in a chunked answer.</summary>
internal sealed class SseStream(Tally tally, int station) : LiveStream(tally, station)
{
    private Part _part;
    private int _left;

    private enum Part { Size, Data, End }

    protected override string Status => "200";

    // Every byte once, whatever pieces they come in: a chunk's size in hex, a line's end, its bytes, a line's end.
    protected override Span<byte> Unframe(Span<byte> received)
    {
        var kept = 0;
        for (var at = 0; at < received.Length;)
        {
            if (_part == Part.Data)
            {
                var some = Math.Min(_left, received.Length - at);
                received.Slice(at, some).CopyTo(received[kept..]);
                (at, kept, _left) = (at + some, kept + some, _left - some);
                if (_left == 0) _part = Part.End;
                continue;
            }

            var letter = received[at++];
            if (letter == '\n')
                _part = _part == Part.Size && _left > 0 ? Part.Data : Part.Size;
            else if (_part == Part.Size && char.IsAsciiHexDigit((char)letter))
                _left = (_left * 16) + HexOf(letter);
        }

        return received[..kept];
    }

    // An empty line ends it.
    protected override bool TryMessage(ReadOnlySpan<byte> received, out Range message, out int used)
    {
        var end = received.IndexOf("\n\n"u8);
        (message, used) = end < 0 ? (default, 0) : (..end, end + 2);
        return end >= 0;
    }

    private static int HexOf(byte letter) => letter <= '9' ? letter - '0' : (letter | 0x20) - 'a' + 10;
}
