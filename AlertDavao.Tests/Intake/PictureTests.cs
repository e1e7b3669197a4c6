using System.Text;
using AlertDavao.Domain.Reports;
using ImageMagick;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace AlertDavao.Tests.Intake;

/// <summary>Pictures: judged by their bytes, drawn anew for looking, kept as they came.</summary>
[Collection(EvidenceTests.Name)]
public sealed class PictureTests(EvidenceApp app)
{
    [Theory]
    [InlineData(MagickFormat.Jpeg, EvidenceKind.Jpeg)]
    [InlineData(MagickFormat.Png, EvidenceKind.Png)]
    [InlineData(MagickFormat.WebP, EvidenceKind.WebP)]
    public async Task A_picture_is_what_its_bytes_say_whatever_it_is_called(MagickFormat format, EvidenceKind kind)
    {
        await app.Client.Accepted(Form.Of(A.Report($"Kind {kind}")).File(Files.Picture(format), "song.mp3", "text/html").Content());

        var file = app.FilesOf($"Kind {kind}").Single();
        file.Kind.Should().Be(kind);
        HalvesOf(file).Should().Be(("red", "blue"));
    }

    [Fact]
    public async Task A_photo_of_an_iPhone_can_be_looked_at()
    {
        await app.Client.Accepted(Form.Of(A.Report("High efficiency")).File(Files.Heic, "IMG_0001.HEIC", "image/heic").Content());

        var file = app.FilesOf("High efficiency").Single();
        file.Should().BeEquivalentTo(new { Kind = EvidenceKind.Heic, Width = 64, Height = 48 });
        using var view = ViewOf(file);
        Colour(view, 10, 10).Should().Be("red");
        Colour(view, 60, 40).Should().Be("blue");
    }

    [Fact]
    public async Task A_photo_that_says_twice_how_it_was_held_is_turned_once()
    {
        ImageMetadataReader.ReadMetadata(new MemoryStream(Files.TurnedHeic)).OfType<ExifIfd0Directory>().Single()
            .GetInt32(ExifDirectoryBase.TagOrientation).Should().Be(6, "this is what would turn it again");
        await app.Client.Accepted(Form.Of("Held upright", Files.TurnedHeic).Content());

        var file = app.FilesOf("Held upright").Single();
        (file.Width, file.Height).Should().Be((48, 64));
        using var view = ViewOf(file);
        (Colour(view, 8, 8), Colour(view, 40, 8), Colour(view, 8, 56), Colour(view, 40, 56)).Should().Be(("blue", "red", "blue", "blue"));
    }

    [Fact]
    [Trait("catalogue", "B11")]
    public async Task Where_and_with_what_a_photo_was_taken_stays_in_the_original_and_it_stands_upright()
    {
        await app.Client.Accepted(Form.Of("Metadata", Files.PhotoWithMetadata()).Content());

        var file = app.FilesOf("Metadata").Single();
        var sealedPart = ImageMetadataReader.ReadMetadata(app.Store.Original(file.Id));
        sealedPart.OfType<GpsDirectory>().Single().GetGeoLocation()!.Latitude.Should().BeApproximately(7.0739, 0.001);

        var names = ImageMetadataReader.ReadMetadata(app.Store.View(file.Id)).Select(directory => directory.Name);
        names.Should().BeSubsetOf(["JPEG", "JFIF", "Huffman", "File Type", "File"]);
        Encoding.Latin1.GetString(File.ReadAllBytes(app.Store.View(file.Id))).ToUpperInvariant().Should().NotContainAny("CANARY", "EXIF", "XMP");
        // Turned a quarter to the right, the left half is the upper one.
        (file.Width, file.Height).Should().Be((40, 80));
        using var view = ViewOf(file);
        (Colour(view, 20, 20), Colour(view, 20, 60)).Should().Be(("red", "blue"));
    }

    [Fact]
    public async Task A_large_photo_is_looked_at_smaller_and_kept_as_it_came()
    {
        var photo = Files.Picture(width: 4400, height: 1100);
        await app.Client.Accepted(Form.Of("Large", photo).Content());

        var file = app.FilesOf("Large").Single();
        (file.Width, file.Height).Should().Be((2560, 640));
        new FileInfo(app.Store.Original(file.Id)).Length.Should().Be(photo.Length);
        HalvesOf(file).Should().Be(("red", "blue"));
    }

    [Fact]
    public async Task What_can_be_seen_through_is_white()
    {
        await app.Client.Accepted(Form.Of("Transparent", Files.Picture(MagickFormat.Png, change: image =>
        {
            image.HasAlpha = true;
            image.Evaluate(Channels.Alpha, EvaluateOperator.Set, 0);
        })).Content());

        using var view = ViewOf(app.FilesOf("Transparent").Single());
        view.GetPixels().GetPixel(10, 10).ToColor()!.Should().Be(MagickColors.White);
    }

    [Theory]
    [InlineData(50_000, 50_000, 1)]
    [InlineData(20_000, 20_000, 20_000)]
    [InlineData(7_072, 7_072, 1)]
    [Trait("catalogue", "B9")]
    public async Task A_picture_of_too_many_pixels_is_refused_by_its_header(int width, int height, int rows)
    {
        // The last row is not there: had the pixels been read, the answer would be that it is damaged.
        var why = await app.ShouldRefuse(Form.Of("Bomb", Files.Png(width, height, rows)).Content(), 422);

        why.Should().Contain("50 million pixels");
        app.ShouldBeWhole();
    }

    [Fact]
    [Trait("catalogue", "B9")]
    public async Task Moving_pictures_are_refused()
    {
        (await app.ShouldRefuse(Form.Of("Moving", Files.Png(10, 10, 10, isAnimated: true)).Content(), 422)).Should().Contain("moving");
        (await app.ShouldRefuse(Form.Of("Moving", Files.MovingWebP()).Content(), 422)).Should().Contain("moving");
        await app.Client.Accepted(Form.Of("Not moving", Files.Png(10, 10, 10)).Content());
    }

    private static readonly Dictionary<string, Func<byte[]>> StrangeFiles = new()
    {
        ["gif"] = () => Files.Picture(MagickFormat.Gif),
        ["gif with a script"] = () => [.. "GIF89a/*"u8, .. Files.Picture(MagickFormat.Gif)[8..], .. "*/=1;alert(1)"u8],
        ["pdf"] = () => "%PDF-1.7\n1 0 obj"u8.ToArray(),
        ["pdf with a jpeg behind"] = () => [.. "%PDF-1.7\n"u8, .. Files.Picture()],
        ["svg"] = () => "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"u8.ToArray(),
        ["svg with a declaration"] = () => "<?xml version=\"1.0\"?><svg/>"u8.ToArray(),
        ["html"] = () => "<!DOCTYPE html><script>alert(1)</script>"u8.ToArray(),
        ["zip"] = () => Files.Zip("a.txt", "a"),
        ["a program"] = () => [0x7F, .. "ELF"u8, .. new byte[60]],
        ["msl"] = () => "<?xml version=\"1.0\"?><image><read filename=\"/etc/passwd\"/></image>"u8.ToArray(),
        ["mvg"] = () => "push graphic-context\nviewbox 0 0 640 480\nimage over 0,0 0,0 'https://127.0.0.1/x'\npop graphic-context"u8.ToArray(),
        ["bmp"] = () => Files.Picture(MagickFormat.Bmp),
        ["tiff"] = () => Files.Picture(MagickFormat.Tiff),
        ["avif"] = () => Files.Box("ftyp", [.. "avif"u8, 0, 0, 0, 0, .. "avifmif1miaf"u8]),
        ["a still of another codec"] = () => Files.Box("ftyp", [.. "mif1"u8, 0, 0, 0, 0, .. "mif1avif"u8]),
        ["audio"] = () => Files.Box("ftyp", [.. "M4A "u8, 0, 0, 0, 0, .. "M4A isom"u8]),
        ["matroska"] = () => [.. Files.WebM[..8], 0x01, 0x42, 0x82, 0x84, .. "matr"u8, .. Files.WebM[16..]],
        ["a byte"] = () => [0xFF],
        ["text"] = () => "hello"u8.ToArray(),
    };

    public static TheoryData<string> Strangers() => [.. StrangeFiles.Keys];

    [Theory]
    [MemberData(nameof(Strangers))]
    [Trait("catalogue", "B10")]
    public async Task What_is_neither_picture_nor_video_is_refused_whatever_it_is_called(string what)
    {
        var why = await app.ShouldRefuse(Form.Of("Stranger", StrangeFiles[what]()).Content(), 422);

        why.Should().StartWith("file 1 must be a picture", what);
    }

    [Fact]
    [Trait("catalogue", "B10")]
    public async Task What_is_hidden_behind_a_picture_is_not_in_what_people_look_at()
    {
        byte[] jpegAndZip = [.. Files.Picture(), .. Files.Zip("evil.txt", "canary")];
        byte[] pngAndHtml = [.. Files.Picture(MagickFormat.Png), .. "<script>canary</script>"u8];

        await app.Client.Accepted(Form.Of("Polyglots", jpegAndZip, pngAndHtml).Content());

        foreach (var file in app.FilesOf("Polyglots"))
        {
            Encoding.Latin1.GetString(File.ReadAllBytes(app.Store.View(file.Id))).Should().NotContainAny("canary", "evil", "PK\u0003\u0004", "script");
            HalvesOf(file).Should().Be(("red", "blue"));
        }

        app.ShouldBeWhole();
    }

    private static readonly Dictionary<string, Func<byte[]>> DamagedFiles = new()
    {
        ["a jpeg's first bytes"] = () => Files.Picture()[..40],
        ["a jpeg of noise"] = () => [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[500]],
        ["a jpeg that is a page"] = () => [0xFF, 0xD8, 0xFF, .. "<html><script>alert(1)</script>"u8],
        ["a png's signature"] = () => Files.Picture(MagickFormat.Png)[..8],
        ["a png without pixels"] = () => Files.Picture(MagickFormat.Png)[..33],
        ["a png cut in its pixels"] = () => Files.Picture(MagickFormat.Png, 400, 400, image => image.AddNoise(NoiseType.Random))[..20_000],
        ["a png higher than any picture"] = () => Files.Png(1, 1_000_000, 1),
        ["a webp cut off"] = () => Files.Picture(MagickFormat.WebP)[..40],
        ["a webp of nothing"] = () => [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBP"u8],
        ["a heic cut in its pixels"] = () => Files.Heic[..^30],
        ["a heic without a table"] = () => Files.Box("ftyp", [.. "heic"u8, 0, 0, 0, 0, .. "heic"u8]),
    };

    public static TheoryData<string> Damaged() => [.. DamagedFiles.Keys];

    [Theory]
    [MemberData(nameof(Damaged))]
    [Trait("catalogue", "B10")]
    public async Task A_damaged_picture_is_refused(string what)
    {
        var why = await app.ShouldRefuse(Form.Of("Damaged", Files.Picture(), DamagedFiles[what]()).Content(), 422);

        why.Should().Be("file 2: this file is damaged or not a picture or video", what);
        app.ShouldBeWhole();
    }

    [Fact]
    [Trait("catalogue", "B10")]
    public async Task A_photo_that_was_cut_off_while_it_was_sent_is_shown_as_far_as_it_came()
    {
        var whole = Files.Picture(width: 800, height: 800, change: image => image.AddNoise(NoiseType.Gaussian));
        await app.Client.Accepted(Form.Of("Cut", whole[..(whole.Length / 2)]).Content());

        using var view = ViewOf(app.FilesOf("Cut").Single());
        (view.Width, view.Height).Should().Be((800, 800));
        Colour(view, 100, 10).Should().Be("red");
    }

    private MagickImage ViewOf(Evidence file) => new(File.ReadAllBytes(app.Store.View(file.Id)), MagickFormat.Jpeg);

    private (string, string) HalvesOf(Evidence file)
    {
        using var view = ViewOf(file);
        return (Colour(view, (int)view.Width / 4, (int)view.Height / 2), Colour(view, (int)view.Width * 3 / 4, (int)view.Height / 2));
    }

    private static string Colour(MagickImage view, int x, int y)
        => view.GetPixels().GetPixel(x, y).ToColor()! is var colour && colour.R > colour.B + 100 ? "red" : colour.B > colour.R + 100 ? "blue" : colour.ToHexString();
}
