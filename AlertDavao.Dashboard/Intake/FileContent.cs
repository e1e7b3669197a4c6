using System.Buffers.Binary;
using System.Text;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Intake;

internal enum FileFault
{
    None,

    /// <summary>Cut off, or not what its first bytes say.</summary>
    Damaged,

    /// <summary>A picture of several frames.</summary>
    Moving,

    /// <summary>More pixels than we draw.</summary>
    TooLarge,
}

/// <summary>
/// What a file is, by its bytes alone: what a client calls it is never believed. Of containers the outermost pieces are
/// looked at, and that they lie within the file; what is in them is for decoders with limits, or for nobody.
/// </summary>
internal static class FileContent
{
    /// <summary>Outermost pieces of a file that are looked at; a real one has a few dozen.</summary>
    private const int MaxPieces = 20_000;

    private static readonly string[] HeicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"];
    private static readonly string[] StillBrands = ["mif1", "msf1"];
    private static readonly string[] NotHeicBrands = ["avif", "avis", "avci", "avcs", "jpeg", "jpgs", "j2ki", "vvic"];

    private static readonly string[] VideoBrands =
    [
        "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "mp4v", "avc1", "hvc1", "M4V ", "M4VH",
        "M4VP", "MSNV", "dash", "XAVC", "3gp4", "3gp5", "3gp6", "3gp7", "3ge6", "3gg6", "3g2a", "3g2b", "3g2c",
    ];

    // QuickTime from before there was an ftyp, and cameras that still write so.
    private static readonly string[] ClassicMov = ["moov", "mdat", "wide", "free", "skip", "pnot"];

    /// <summary>Null when it is nothing we take.</summary>
    /// <param name="head">The beginning of the file.</param>
    public static EvidenceKind? KindOf(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return EvidenceKind.Jpeg;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG\r\n\u001a\n"u8]))
            return EvidenceKind.Png;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return WebMHeader.IsWebM(head) ? EvidenceKind.WebM : null;
        if (head.Length < 12)
            return null;
        if (head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8))
            return EvidenceKind.WebP;
        var type = Text(head[4..8]);
        return type == "ftyp" ? OfBrands(Brands(head)) : ClassicMov.Contains(type) ? EvidenceKind.Mov : null;
    }

    /// <summary>Whether the whole file is what its beginning says.</summary>
    public static FileFault FaultOf(EvidenceKind kind, Stream file) => kind switch
    {
        EvidenceKind.Png => Png(file),
        EvidenceKind.WebP => WebP(file),
        EvidenceKind.Heic => Boxes(file) is { } boxes && boxes.Contains("meta") ? FileFault.None : FileFault.Damaged,
        EvidenceKind.Mp4 or EvidenceKind.Mov => Boxes(file) is { } boxes && boxes.Contains("moov") && boxes.Overlaps(["mdat", "moof"])
            ? FileFault.None
            : FileFault.Damaged,
        EvidenceKind.WebM => WebMHeader.IsWhole(file) ? FileFault.None : FileFault.Damaged,
        _ => FileFault.None,
    };

    private static EvidenceKind? OfBrands(List<string> brands)
        => brands.Count == 0 ? null
            : brands[0] == "qt  " ? EvidenceKind.Mov
            : HeicBrands.Contains(brands[0]) ? EvidenceKind.Heic
            : StillBrands.Contains(brands[0])
                ? brands.Any(HeicBrands.Contains) && !brands.Any(NotHeicBrands.Contains) ? EvidenceKind.Heic : null
            : VideoBrands.Contains(brands[0]) ? EvidenceKind.Mp4
            : null;

    /// <summary>The major brand and the compatible ones.</summary>
    private static List<string> Brands(ReadOnlySpan<byte> head)
    {
        var size = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head), head.Length);
        var brands = new List<string>();
        for (var at = 8; at + 4 <= size; at += 4)
        {
            // Between them stands a version.
            if (at != 12)
                brands.Add(Text(head[at..(at + 4)]));
        }

        return brands;
    }

    private static FileFault Png(Stream file)
    {
        Span<byte> head = stackalloc byte[8];
        file.Position = 8;
        for (var pieces = 0; pieces < MaxPieces && TryRead(file, head); pieces++)
        {
            switch (Text(head[4..]))
            {
                case "acTL":
                    return FileFault.Moving;
                case "IDAT":
                    return pieces > 0 ? FileFault.None : FileFault.Damaged;
            }

            if (!TrySkip(file, BinaryPrimitives.ReadUInt32BigEndian(head) + 4L))
                return FileFault.Damaged;
        }

        return FileFault.Damaged;
    }

    private static FileFault WebP(Stream file)
    {
        Span<byte> head = stackalloc byte[8];
        file.Position = 12;
        var any = false;
        for (var pieces = 0; pieces < MaxPieces && TryRead(file, head); pieces++)
        {
            var type = Text(head[..4]);
            if (type is "ANIM" or "ANMF")
                return FileFault.Moving;
            any |= type is "VP8 " or "VP8L";
            var size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (!TrySkip(file, size + (size & 1)))
                break;
        }

        return any ? FileFault.None : FileFault.Damaged;
    }

    /// <summary>The types of the outermost boxes; null when one of them does not lie within the file.</summary>
    private static HashSet<string>? Boxes(Stream file)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        Span<byte> head = stackalloc byte[8];
        Span<byte> large = stackalloc byte[8];
        file.Position = 0;
        for (var pieces = 0; pieces < MaxPieces && file.Position < file.Length; pieces++)
        {
            // A few zeros behind the last box are what some cameras leave.
            if (!TryRead(file, head))
                return types;

            types.Add(Text(head[4..]));
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            switch (size)
            {
                case 0:
                    return types;
                case 1 when TryRead(file, large) && BinaryPrimitives.ReadUInt64BigEndian(large) is >= 16 and <= long.MaxValue and var whole:
                    size = (long)whole - 16;
                    break;
                case >= 8:
                    size -= 8;
                    break;
                default:
                    return null;
            }

            if (!TrySkip(file, size))
                return null;
        }

        return types;
    }

    private static bool TryRead(Stream file, Span<byte> into) => file.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) == into.Length;

    private static bool TrySkip(Stream file, long bytes)
    {
        if (bytes > file.Length - file.Position)
            return false;
        file.Position += bytes;
        return true;
    }

    private static string Text(ReadOnlySpan<byte> type) => Encoding.Latin1.GetString(type);
}
