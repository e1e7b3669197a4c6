using AlertDavao.Domain.Reports;
using ImageMagick;

namespace AlertDavao.Dashboard.Intake;

/// <summary>
/// Makes the copies of pictures that people look at: drawn anew from the pixels, upright, without metadata. Two at a time,
/// so that reports without pictures always find a processor. The library is told what a file is, and never guesses.
/// </summary>
internal sealed class ViewingCopies : IDisposable
{
    /// <summary>Pixels of the longer side.</summary>
    public const int MaxSide = 2560;

    public const long MaxPixels = 50_000_000;

    private const int Quality = 85;
    private const int AtOnce = 2;

    /// <summary>A few dozen are the most that programs write; a picture of thousands decodes for minutes.</summary>
    private const string MaxScans = "100";

    /// <summary>Of a photo with a longer side some eighths are read, as few as make this much.</summary>
    private const uint ReadSide = 4096;

    private const uint WidestSide = 65_000;
    private const ulong MemoryBytes = 1024UL * 1024 * 1024;

    private readonly SemaphoreSlim _slots = new(AtOnce);

    /// <summary>
    /// Of the whole process, before anything is decoded. No pixels on the disk, one thread a picture. A limit of time is not
    /// among them: the library counts it from the start of the process, and pixels and scans bound the work already.
    /// </summary>
    public static void SetLimits()
    {
        ResourceLimits.Width = WidestSide;
        ResourceLimits.Height = WidestSide;
        ResourceLimits.Area = MemoryBytes;
        ResourceLimits.Memory = MemoryBytes;
        ResourceLimits.MaxMemoryRequest = MemoryBytes;
        ResourceLimits.Disk = 0;
        ResourceLimits.ListLength = 16;
        ResourceLimits.Thread = 1;
    }

    /// <returns>The size of the copy, or why there is none.</returns>
    /// <exception cref="IntakeRefused">503: the copy cannot be written.</exception>
    public async Task<(FileFault Fault, int Width, int Height)> Make(
        EvidenceKind kind, string original, string view, EvidenceFiles files, CancellationToken cancel)
    {
        await _slots.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => Draw(kind, original, view, files), cancel);
        }
        catch (MagickResourceLimitErrorException)
        {
            return (FileFault.TooLarge, 0, 0);
        }
        catch (MagickException)
        {
            return (FileFault.Damaged, 0, 0);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private static (FileFault, int, int) Draw(EvidenceKind kind, string original, string view, EvidenceFiles files)
    {
        using var stream = files.OnDisk(() => File.OpenRead(original));
        using var image = new MagickImage();
        image.Ping(stream, Settings(kind));
        if ((long)image.Width * image.Height > MaxPixels)
            return (FileFault.TooLarge, 0, 0);

        stream.Position = 0;
        var settings = Settings(kind);
        // In proportion: to another shape, or a larger size, the decoder would blow the picture up.
        if (Math.Max(image.Width, image.Height) is > ReadSide and var side)
            settings.SetDefine(MagickFormat.Jpeg, "size", FormattableString.Invariant($"{image.Width * ReadSide / side}x{image.Height * ReadSide / side}"));
        settings.SetDefine(MagickFormat.Jpeg, "max-scans", MaxScans);
        image.Read(stream, settings);
        Redraw(image, kind);

        using var copy = files.OnDisk(() => new FileStream(view, FileMode.CreateNew, FileAccess.Write, FileShare.None));
        var bytes = image.ToByteArray(MagickFormat.Jpeg);
        files.OnDisk(() =>
        {
            copy.Write(bytes);
            copy.Flush(flushToDisk: true);
            return true;
        });
        return (FileFault.None, (int)image.Width, (int)image.Height);
    }

    private static void Redraw(MagickImage image, EvidenceKind kind)
    {
        // Of HEIC the decoder has turned the picture already; the format says to take no notice of its Exif.
        if (kind != EvidenceKind.Heic)
            image.AutoOrient();
        if (image.GetColorProfile() is not null)
            image.TransformColorSpace(ColorProfiles.SRGB);
        image.ColorSpace = ColorSpace.sRGB;
        image.Strip();
        image.BackgroundColor = MagickColors.White;
        image.Alpha(AlphaAction.Remove);
        image.Resize(new MagickGeometry(MaxSide, MaxSide) { Greater = true });
        image.Quality = Quality;
    }

    private static MagickReadSettings Settings(EvidenceKind kind) => new()
    {
        Format = kind switch
        {
            EvidenceKind.Jpeg => MagickFormat.Jpeg,
            EvidenceKind.Png => MagickFormat.Png,
            EvidenceKind.WebP => MagickFormat.WebP,
            EvidenceKind.Heic => MagickFormat.Heic,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        },
        FrameIndex = 0,
        FrameCount = 1,
    };
}
