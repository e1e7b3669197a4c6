using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Tests.Data;
using AlertDavao.Tests.Published;
using ImageMagick;
using Xunit.Abstractions;

namespace AlertDavao.Tests.Intake;

/// <summary>What pictures that are small to send and huge to look at cost the product, as a process of its own.</summary>
[Collection(ProcessTests.Name)]
public sealed class PictureBombTests(ITestOutputHelper output) : IDisposable
{
    private const int Side = 50_000;
    private const int Frames = 1000;
    private const long MaxKilobytes = 50 * 1024;

    private static readonly Dictionary<string, Func<byte[]>> Bombs = new()
    {
        ["a png of 50,000 x 50,000"] = () => Files.Png(Side, Side, 1),
        ["a png of zeros, 312 MB in 0.3 MB"] = () => Files.Png(Side, Side, Side),
        ["a png of 1,000 frames"] = () => Files.Png(10, 10, 10, isAnimated: true),
        ["a jpeg of 50,000 x 50,000"] = LargeJpeg,
        ["a webp of 16,384 x 16,384"] = LargeWebP,
        ["a heic of 50,000 x 50,000"] = LargeHeic,
        ["a gif of 1,000 frames"] = MovingGif,
        ["a webp of 1,000 frames"] = MovingWebP,
    };

    private readonly string _storage = Directory.CreateTempSubdirectory("alertdavao-bombs-").FullName;

    [LinuxFact]
    [Trait("catalogue", "B9")]
    public async Task A_picture_bomb_costs_no_memory()
    {
        using var server = await Server.Start(new ProcessStartInfo("dotnet", [BuiltProgram.Library]), new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Storage__Path"] = _storage,
            ["Demo__ReplayPerMinute"] = "0",
            // The memory that a server has ready is not what this is about.
            ["DOTNET_GCgen0size"] = "4000000",
        });
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", DemoOptions.DefaultIntakeKey);
        // What an ordinary picture of each kind takes, decoders and compiled code, is no bomb's cost.
        await client.Accepted(Form.Of("Warm", Files.Picture(), Files.Picture(MagickFormat.Png), Files.Picture(MagickFormat.WebP), Files.Heic).Content());

        foreach (var (what, bomb) in Bombs)
            (await Cost(server, client, what, bomb(), 422)).Should().BeLessThan(MaxKilobytes, what);

        (await Cost(server, client, "a png with 256 MB of text in it", Files.Png(10, 10, 10, text: 256 * 1024 * 1024), 201)).Should().BeLessThan(MaxKilobytes);
        (await Cost(server, client, "a png of 7,000 x 7,000", Files.Png(7000, 7000, 7000), 201)).Should().BeGreaterThan(MaxKilobytes, "what is drawn is seen by the measure");
        (await server.Stop()).Should().Be(0);
    }

    public void Dispose() => Directory.Delete(_storage, recursive: true);

    /// <returns>By how many kilobytes the process grew while it answered.</returns>
    private async Task<long> Cost(Server server, HttpClient client, string what, byte[] picture, int status)
    {
        var before = Reset(server.ProcessId);
        using var answer = await client.Post(Form.Of(what, picture).Content());
        var cost = Kilobytes(server.ProcessId, "VmHWM") - before;

        output.WriteLine($"{what}: {picture.Length:N0} bytes sent, {(int)answer.StatusCode}, at most {cost / 1024.0:F1} MB more than before");
        ((int)answer.StatusCode).Should().Be(status, what);
        return cost;
    }

    /// <summary>The most that the process has had is what it has now.</summary>
    /// <returns>That, in kilobytes.</returns>
    private static long Reset(int process)
    {
        File.WriteAllText($"/proc/{process}/clear_refs", "5");
        return Kilobytes(process, "VmRSS");
    }

    private static long Kilobytes(int process, string what)
        => File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith(what + ":", StringComparison.Ordinal)) is var line
            ? long.Parse(line.AsSpan(what.Length + 1).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture)
            : 0;

    private static byte[] LargeJpeg()
    {
        var jpeg = Files.Picture();
        var frame = jpeg.AsSpan(jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]));
        BinaryPrimitives.WriteUInt16BigEndian(frame[5..], Side);
        BinaryPrimitives.WriteUInt16BigEndian(frame[7..], Side);
        return jpeg;
    }

    private static byte[] LargeWebP()
    {
        var webp = Files.Picture(MagickFormat.WebP, change: image => image.Settings.SetDefine(MagickFormat.WebP, "lossless", true));
        // Two sides less one, 14 bits each, behind the signature.
        var sides = webp.AsSpan(webp.AsSpan().IndexOf("VP8L"u8) + 9);
        BinaryPrimitives.WriteUInt32LittleEndian(sides, BinaryPrimitives.ReadUInt32LittleEndian(sides) | 0x0FFF_FFFF);
        return webp;
    }

    private static byte[] LargeHeic()
    {
        byte[] heic = [.. Files.Heic];
        for (var rest = heic.AsSpan(); rest.IndexOf("ispe"u8) is >= 0 and var at; rest = rest[(at + 16)..])
        {
            BinaryPrimitives.WriteUInt32BigEndian(rest[(at + 8)..], Side);
            BinaryPrimitives.WriteUInt32BigEndian(rest[(at + 12)..], Side);
        }

        return heic;
    }

    private static byte[] MovingGif()
    {
        var one = Files.Picture(MagickFormat.Gif);
        // Behind the head stands the palette, behind the frame a last byte.
        var frame = 13 + (3 << ((one[10] & 7) + 1));
        return [.. one[..frame], .. Enumerable.Repeat(one[frame..^1], Frames).SelectMany(bytes => bytes), one[^1]];
    }

    private static byte[] MovingWebP()
    {
        var two = Files.MovingWebP();
        var frames = two.AsSpan().IndexOf("ANMF"u8);
        byte[] webp = [.. two[..frames], .. Enumerable.Repeat(two[frames..], Frames / 2).SelectMany(bytes => bytes)];
        BinaryPrimitives.WriteInt32LittleEndian(webp.AsSpan(4), webp.Length - 8);
        return webp;
    }
}
