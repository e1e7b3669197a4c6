using System.Buffers.Binary;

namespace AlertDavao.Bench.Feeds;

/// <summary>Text frames of a web socket, as a server sends them: whole, unmasked and uncompressed.</summary>
internal sealed class WsStream(Tally tally, int station) : LiveStream(tally, station)
{
    protected override string Status => "101";

    protected override bool TryMessage(ReadOnlySpan<byte> received, out Range message, out int used)
    {
        (message, used) = (default, 0);
        if (received.Length < 4) return false;
        var length = received[1] & 0x7F;
        var head = 2;
        if (length == 126) (length, head) = (BinaryPrimitives.ReadUInt16BigEndian(received[2..]), 4);
        if (received.Length < head + length) return false;
        (message, used) = (head..(head + length), head + length);
        return true;
    }
}
