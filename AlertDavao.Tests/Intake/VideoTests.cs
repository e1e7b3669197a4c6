using AlertDavao.Domain.Reports;

namespace AlertDavao.Tests.Intake;

/// <summary>Videos: their outermost pieces lie within the file, and nobody looks further.</summary>
[Collection(EvidenceTests.Name)]
public sealed class VideoTests(EvidenceApp app)
{
    private static readonly Dictionary<string, (Func<byte[]> Bytes, EvidenceKind Kind)> GoodVideos = new()
    {
        ["mp4"] = (() => Files.Mp4, EvidenceKind.Mp4),
        ["mov of an iPhone"] = (() => Files.Mov, EvidenceKind.Mov),
        ["mov without a type"] = (() => [.. Files.Box("wide", []), .. Files.Box("mdat", new byte[64]), .. Files.Box("moov", new byte[64])], EvidenceKind.Mov),
        ["mov that begins with its table"] = (() => [.. Files.Box("moov", new byte[64]), .. Files.Box("mdat", new byte[64])], EvidenceKind.Mov),
        ["mp4 of fragments"] = (() => [.. Mp4("iso5"), .. Files.Box("moov", new byte[64]), .. Files.Box("moof", new byte[64]), .. Files.Box("mdat", new byte[64])], EvidenceKind.Mp4),
        ["mp4 whose samples go to the end"] = (() => [.. Mp4("mp42"), .. Files.Box("moov", new byte[64]), .. Files.Box("mdat", new byte[64], size: 0)], EvidenceKind.Mp4),
        ["mp4 with a long size"] = (() => [.. Mp4("isom"), .. Files.Box("moov", new byte[64]), .. Files.Box("mdat", [0, 0, 0, 0, 0, 0, 0, 24, .. new byte[8]], size: 1)], EvidenceKind.Mp4),
        ["mp4 with zeros behind"] = (() => [.. Files.Mp4, 0, 0, 0, 0], EvidenceKind.Mp4),
        ["3gp of an old phone"] = (() => [.. Mp4("3gp4"), .. Files.Box("moov", new byte[64]), .. Files.Box("mdat", new byte[64])], EvidenceKind.Mp4),
        ["webm"] = (() => Files.WebM, EvidenceKind.WebM),
    };

    public static TheoryData<string> Good() => [.. GoodVideos.Keys];

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_video_is_taken_and_kept_as_it_came(string what)
    {
        var video = GoodVideos[what].Bytes();
        await app.Client.Accepted(Form.Of(A.Report($"Video {what}")).File(video, "photo.jpg", "image/jpeg").Content());

        var file = app.FilesOf($"Video {what}").Single();
        file.Should().BeEquivalentTo(new { GoodVideos[what].Kind, Width = (int?)null, Height = (int?)null, IsVideo = true });
        File.ReadAllBytes(app.Store.Original(file.Id)).Should().Equal(video);
        File.Exists(app.Store.View(file.Id)).Should().BeFalse();
    }

    private static readonly Dictionary<string, Func<byte[]>> BadVideos = new()
    {
        ["4 GB claimed"] = () => [.. Mp4("isom"), .. Files.Box("moov", new byte[64]), .. Files.Box("mdat", new byte[64], size: uint.MaxValue)],
        ["more claimed than any disk has"] = () => [.. Mp4("isom"), .. Files.Box("moov", new byte[64]), .. Files.Box("mdat", [0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], size: 1)],
        ["a negative long size"] = () => [.. Mp4("isom"), .. Files.Box("moov", new byte[64]), .. Files.Box("mdat", [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], size: 1)],
        ["a long size shorter than itself"] = () => [.. Mp4("isom"), .. Files.Box("moov", new byte[64]), .. Files.Box("mdat", [0, 0, 0, 0, 0, 0, 0, 15], size: 1)],
        ["a long size that is not there"] = () => [.. Mp4("isom"), .. Files.Box("moov", new byte[64]), .. Files.Box("mdat", [0, 0], size: 1)],
        ["a box shorter than its head"] = () => [.. Mp4("isom"), .. Files.Box("moov", new byte[64], size: 4), .. Files.Box("mdat", new byte[64])],
        ["a type that is longer than the file"] = () => Files.Box("ftyp", [.. "isom"u8, 0, 0, 0, 0], size: 400),
        ["no table"] = () => [.. Mp4("isom"), .. Files.Box("mdat", new byte[64])],
        ["no samples"] = () => [.. Mp4("isom"), .. Files.Box("moov", new byte[64])],
        ["cut off"] = () => Files.Video(1000)[..400],
        ["many empty boxes"] = () => [.. Mp4("isom"), .. Enumerable.Repeat(Files.Box("free", []), 100_000).SelectMany(box => box)],
        ["a type alone"] = () => Mp4("isom"),
        ["webm of a header alone"] = () => Files.WebM[..16],
        ["webm that claims 4 GB"] = () => [.. Files.WebM[..20], 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0],
        ["webm with something else than a segment"] = () => [.. Files.WebM[..16], 0xEC, 0x81, 0x00],
    };

    public static TheoryData<string> Bad() => [.. BadVideos.Keys];

    [Theory]
    [MemberData(nameof(Bad))]
    [Trait("catalogue", "B12")]
    public async Task A_video_whose_pieces_do_not_lie_within_it_is_refused(string what)
    {
        var why = await app.ShouldRefuse(Form.Of("Bad video", BadVideos[what]()).Content(), 422);

        why.Should().Be("file 1: this file is damaged or not a picture or video", what);
    }

    [Fact]
    [Trait("catalogue", "B12")]
    public async Task A_file_without_a_byte_is_refused()
        => (await app.ShouldRefuse(Form.Of(A.Report("Empty")).File([], "video.mp4", "video/mp4").Content(), 422)).Should().Be("file 1 is empty");

    private static byte[] Mp4(string brand) => Files.Box("ftyp", [.. System.Text.Encoding.ASCII.GetBytes(brand), 0, 0, 2, 0]);
}
