using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ImageMagick;

namespace AlertDavao.Tests.Intake;

/// <summary>Pictures and videos, good and bad, made here.</summary>
internal static class Files
{
    /// <summary>64 x 48, red in the upper left quarter and blue elsewhere; made with heif-enc of Debian's libheif.</summary>
    public static byte[] Heic { get; } = Convert.FromBase64String(
        "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHRAAEAAAAAAAAAMwACAAEAAAAAAAAAAQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADYaXBycAAAALZpcGNvAAAAdmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQEDcAAAAwCQAAADAAADAB6gIIEFlurkprm4EBAwIAAAAwAgAAADACEiAAEABkQBwXPAiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUAAAAAAAAAQAAAADAAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGltZwACAAEAAQAAADttZGF0AAAALygBr1j5Et3/0nP/gPIavtLxzDU/y+wuh2fetramU7H1//OAOPSuN/pO1oRMctPc");

    /// <summary>
    /// The same as a phone held upright writes it, said twice: a property (<c>irot</c>, a quarter to the right) and an item with
    /// Exif of orientation 6 were added. Upright it is 48 x 64, red in the upper right quarter.
    /// </summary>
    public static byte[] TurnedHeic { get; } = Convert.FromBase64String(
        "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAe5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAAExpbG9jAQAAAERAAAMAAQAAAAAAAAHRAAEAAABBAAAAMwACAAEAAAAAAAAAAQAAAAAAAAAIAAMAAAAAAAAAAAABAAACTQAAACQAAABNaWluZgAAAAAAAwAAABVpbmZlAgAAAQABAABodmMxAAAAABVpbmZlAgAAAAACAABncmlkAAAAABVpbmZlAgAAAQADAABFeGlmAAAAAOJpcHJwAAAAv2lwY28AAAB2aHZjQwEDcAAAAAAAAAAAAB7wAPz9+PgAAA8DIAABABhAAQwB//8DcAAAAwCQAAADAAADAB66AkAhAAEAKkIBAQNwAAADAJAAAAMAAAMAHqAggQWW6uSmubgQEDAgAAADACAAAAMAISIAAQAGRAHBc8CJAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAUaXNwZQAAAAAAAABAAAAAMAAAABBwaXhpAAAAAAMICAgAAAAJaXJvdAMAAAAbaXBtYQAAAAAAAAACAAECgQIAAgMDhIUAAAAoaXJlZgAAAAAAAAAOZGltZwACAAEAAQAAAA5jZHNjAAMAAQACAAAAO21kYXQAAAAvKAGvWPkS3f/Sc/+A8hq+0vHMNT/L7C6HZ962tqZTsfX/84A49K43+k7WhExy09wAAAAsbWRhdAAAAAZFeGlmAABNTQAqAAAACAABARIAAwAAAAEABgAAAAAAAA==");

    /// <summary>What an iPhone's camera begins a video with: QuickTime's brand, a wide atom, the samples, then their table.</summary>
    public static byte[] Mov { get; } =
        [.. Box("ftyp", [.. "qt  "u8, 0, 0, 0, 0, .. "qt  "u8]), .. Box("wide", []), .. Box("mdat", new byte[256]), .. Box("moov", Box("mvhd", new byte[100]))];

    public static byte[] Mp4 { get; } = Video(256);

    public static byte[] WebM { get; } =
    [
        0x1A, 0x45, 0xDF, 0xA3, 0x8B, 0x42, 0x86, 0x81, 0x01, 0x42, 0x82, 0x84, .. "webm"u8, // header: version, then the document's type
        0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xEC, 0x81, 0x00, // a segment of unknown length
    ];

    /// <summary>A video whose samples take this many bytes.</summary>
    public static byte[] Video(int samples)
        => [.. Box("ftyp", [.. "isom"u8, 0, 0, 2, 0, .. "isomiso2avc1mp41"u8]), .. Box("moov", Box("mvhd", new byte[100])), .. Box("mdat", new byte[samples])];

    public static byte[] Box(string type, byte[] content) => Box(type, content, (uint)content.Length + 8);

    /// <summary>A box that claims a size.</summary>
    public static byte[] Box(string type, byte[] content, uint size)
    {
        var head = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(head, size);
        Encoding.ASCII.GetBytes(type, head.AsSpan(4));
        return [.. head, .. content];
    }

    /// <summary>A picture, red in its left half and blue in its right.</summary>
    public static byte[] Picture(MagickFormat format = MagickFormat.Jpeg, uint width = 80, uint height = 40, Action<MagickImage>? change = null)
    {
        using var image = new MagickImage(MagickColors.Blue, width, height);
        using var left = new MagickImage(MagickColors.Red, width / 2, height);
        image.Composite(left, 0, 0);
        change?.Invoke(image);
        return image.ToByteArray(format);
    }

    /// <summary>A photo taken with the phone held upright, with the place and the phone in its metadata.</summary>
    public static byte[] PhotoWithMetadata() => Picture(change: image =>
    {
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Orientation, (ushort)6);
        exif.SetValue(ExifTag.Make, "Canary Phones");
        exif.SetValue(ExifTag.SerialNumber, "SN-canary");
        exif.SetValue(ExifTag.GPSLatitudeRef, "N");
        exif.SetValue(ExifTag.GPSLatitude, [new Rational(7), new Rational(4), new Rational(26)]);
        exif.SetValue(ExifTag.GPSLongitudeRef, "E");
        exif.SetValue(ExifTag.GPSLongitude, [new Rational(125), new Rational(37), new Rational(28)]);
        image.SetProfile(exif);
        image.Orientation = Orientation.RightTop;
        image.SetProfile(new XmpProfile("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><canary/></x:xmpmeta>"u8.ToArray()));
        image.Comment = "canary comment";
    });

    /// <summary>A PNG whose pixels are zeros, one bit each, and so compress a thousand to one; only its first rows are there.</summary>
    /// <param name="text">Letters of a comment, compressed too.</param>
    public static byte[] Png(int width, int height, int rows, bool isAnimated = false, int text = 0)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        head[8] = 1;
        return
        [
            0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", head), .. isAnimated ? Chunk("acTL", [0, 0, 3, 232, 0, 0, 0, 0]) : [],
            .. text > 0 ? Chunk("zTXt", [.. "Comment\0\0"u8, .. Packed(new byte[1024], text / 1024)]) : [],
            .. Chunk("IDAT", Packed(new byte[1 + ((width + 7) / 8)], rows)), .. Chunk("IEND", []),
        ];
    }

    /// <summary>A WebP of two frames.</summary>
    public static byte[] MovingWebP()
    {
        using var frames = new MagickImageCollection { new MagickImage(MagickColors.Red, 16, 16), new MagickImage(MagickColors.Blue, 16, 16) };
        foreach (var frame in frames)
            frame.AnimationDelay = 10;
        return frames.ToByteArray(MagickFormat.WebP);
    }

    public static byte[] Zip(string name, string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = new StreamWriter(zip.CreateEntry(name).Open()))
            entry.Write(text);
        return bytes.ToArray();
    }

    private static byte[] Packed(byte[] block, int times)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var at = 0; at < times; at++)
                deflate.Write(block);
        }

        return packed.ToArray();
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. content];
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, content.Length);
        return [.. size, .. typed, .. Crc(typed)];
    }

    private static byte[] Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }

        var written = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(written, ~crc);
        return written;
    }
}
