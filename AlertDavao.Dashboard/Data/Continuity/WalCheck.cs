using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AlertDavao.Dashboard.Data.Continuity;

/// <summary>
/// Looks into the write-ahead log that a crash left. SQLite stops at the first frame whose sum is wrong and drops what follows
/// without a word: right for the last transaction, which a power cut may have torn and nobody was promised; wrong where
/// whole transactions follow, because each of them was on the disk before the next began. Format: sqlite.org/walformat.html.
/// </summary>
internal sealed class WalCheck
{
    private const int HeaderSize = 32;
    private const int FrameHeaderSize = 24;
    private const uint Magic = 0x377f0682;

    private readonly bool _isBigEndian;
    private readonly byte[] _salts;
    private uint _s1;
    private uint _s2;

    private WalCheck(ReadOnlySpan<byte> header)
    {
        _isBigEndian = (Number(header) & 1) == 1;
        _salts = header[16..24].ToArray();
        Add(header[..24]);
    }

    /// <summary>Whether a log holds committed transactions behind damage. Nobody may be writing to it. Reads it once, 64 MiB at most in a healthy service.</summary>
    /// <param name="path">Of a file that need not exist.</param>
    public static bool IsDamaged(string path)
    {
        if (!File.Exists(path))
            return false;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20, FileOptions.SequentialScan);
        var header = new byte[HeaderSize];
        if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize)
            return false;
        var check = new WalCheck(header);
        // One sector, written as one: it is whole or it is not of SQLite's making.
        if ((Number(header) & ~1u) != Magic || !check.Sums(header.AsSpan(24)))
            return true;
        return check.HasTransactionsBehindDamage(file, (int)Number(header.AsSpan(8)));
    }

    private bool HasTransactionsBehindDamage(FileStream file, int pageSize)
    {
        if (pageSize is < 512 or > 65536)
            return true;
        var (isWhole, hasCommit) = (true, false);
        var frame = new byte[FrameHeaderSize + pageSize];
        while (file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            // Frames of the log's earlier rounds have other salts.
            var isOfThisRound = frame.AsSpan(8, 8).SequenceEqual(_salts);
            if (isWhole && isOfThisRound)
            {
                Add(frame.AsSpan(0, 8));
                Add(frame.AsSpan(FrameHeaderSize));
                if (Sums(frame.AsSpan(16)))
                    continue;
            }

            isWhole = false;
            if (!isOfThisRound)
                continue;
            if (hasCommit)
                return true;
            // The size of the database stands in the last frame of a transaction.
            hasCommit = Number(frame.AsSpan(4)) != 0;
        }

        return false;
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, uint>(bytes);
        var swap = _isBigEndian == BitConverter.IsLittleEndian;
        for (var at = 0; at < words.Length; at += 2)
        {
            _s1 += (swap ? BinaryPrimitives.ReverseEndianness(words[at]) : words[at]) + _s2;
            _s2 += (swap ? BinaryPrimitives.ReverseEndianness(words[at + 1]) : words[at + 1]) + _s1;
        }
    }

    private bool Sums(ReadOnlySpan<byte> stored) => Number(stored) == _s1 && Number(stored[4..]) == _s2;

    private static uint Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
