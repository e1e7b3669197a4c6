using System.Buffers.Binary;
using System.Numerics;

namespace AlertDavao.Dashboard.Intake;

/// <summary>The outermost elements of a WebM file: a header that says "webm", and the segment behind it.</summary>
internal static class WebMHeader
{
    private const int HeaderBytes = 4096;
    private const ulong Header = 0x1A45DFA3;
    private const ulong DocType = 0x4282;
    private const ulong Segment = 0x18538067;

    public static bool IsWebM(ReadOnlySpan<byte> head) => SizeOf(head) is not null;

    public static bool IsWhole(Stream file)
    {
        var head = new byte[HeaderBytes];
        file.Position = 0;
        var read = head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        if (SizeOf(read) is not { } at || !TryNumber(read, ref at, keepsMarker: true, out var id, out _) || id != Segment
            || !TryNumber(read, ref at, keepsMarker: false, out var size, out var isUnknown))
            return false;
        // A recorder that streams does not know how long it will be.
        return isUnknown ? file.Length > at : size > 0 && size <= (ulong)(file.Length - at);
    }

    /// <summary>Where the header ends; null when it is not a WebM file's.</summary>
    private static int? SizeOf(ReadOnlySpan<byte> head)
    {
        var at = 0;
        if (!TryNumber(head, ref at, keepsMarker: true, out var id, out _) || id != Header
            || !TryNumber(head, ref at, keepsMarker: false, out var length, out _) || length > (ulong)Math.Min(HeaderBytes, head.Length - at))
            return null;

        var end = at + (int)length;
        while (TryNumber(head[..end], ref at, keepsMarker: true, out id, out _)
            && TryNumber(head[..end], ref at, keepsMarker: false, out length, out _) && length <= (ulong)(end - at))
        {
            var value = head.Slice(at, (int)length);
            if (id == DocType)
                return value.TrimEnd((byte)0).SequenceEqual("webm"u8) ? end : null;
            at += value.Length;
        }

        return null;
    }

    // The first byte's leading zeros say how many follow; of a size the marker is no part, and all ones mean unknown.
    private static bool TryNumber(ReadOnlySpan<byte> bytes, ref int at, bool keepsMarker, out ulong number, out bool isUnknown)
    {
        number = 0;
        isUnknown = false;
        if (at >= bytes.Length || bytes[at] == 0)
            return false;
        var length = BitOperations.LeadingZeroCount((uint)bytes[at]) - 24 + 1;
        if (at + length > bytes.Length)
            return false;

        Span<byte> padded = stackalloc byte[8];
        bytes.Slice(at, length).CopyTo(padded[(8 - length)..]);
        number = BinaryPrimitives.ReadUInt64BigEndian(padded);
        var mask = (1UL << (7 * length)) - 1;
        isUnknown = (number & mask) == mask;
        if (!keepsMarker)
            number &= mask;
        at += length;
        return true;
    }
}
