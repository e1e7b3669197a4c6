using System.Text;
using AlertDavao.Dashboard.Intake;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Tests.Intake;

/// <summary>Forms that are none: refused while they are read, and nothing of them stays.</summary>
[Collection(EvidenceTests.Name)]
public sealed class HostileFormTests(EvidenceApp app)
{
    private const string Title = "content-disposition: form-data; name=\"title\"";

    private static byte[] Good { get; } = Form.Of("Hostile", Files.Picture()).Ended();

    // By name: the runner would carry each body about byte by byte.
    private static readonly Dictionary<string, Func<byte[]>> Bodies = new()
    {
        ["empty"] = () => [],
        ["a word"] = () => "title=Robbery"u8.ToArray(),
        ["json"] = () => "{\"title\":\"x\"}"u8.ToArray(),
        ["zeros"] = () => new byte[100_000],
        ["another boundary"] = () => Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(Good).Replace(Form.Boundary, "other", StringComparison.Ordinal)),
        ["cut in a file"] = () => Good[..^200],
        ["cut in the last boundary"] = () => Good[..^10],
        ["cut in a header"] = () => Good[..60],
        ["a field twice"] = () => Form.Of("Hostile").Field("title", "again").Ended(),
        ["an unknown field twice"] = () => Form.Of("Hostile").Field("x", "1").Field("x", "2").Ended(),
        ["no disposition"] = () => Form.Of("Hostile").Part("content-type: text/plain", [1]).Ended(),
        ["no name"] = () => Form.Of("Hostile").Part("content-disposition: form-data", [1]).Ended(),
        ["an attachment"] = () => Form.Of("Hostile").Part("content-disposition: attachment; name=\"media\"; filename=\"a.jpg\"", Files.Picture()).Ended(),
        ["a line break in a name"] = () => Form.Of("Hostile").Part("content-disposition: form-data; name=\"me\r\ndia\"", [1]).Ended(),
        ["a header without a colon"] = () => Form.Of("Hostile").Part("content-disposition", [1]).Ended(),
        ["a header of 1 MB"] = () => Form.Of("Hostile").Part($"{Title}\r\nx-long: {new string('a', 1024 * 1024)}", [1]).Ended(),
        ["a name of 1 MB"] = () => Form.Of("Hostile").Part($"content-disposition: form-data; name=\"{new string('a', 1024 * 1024)}\"", [1]).Ended(),
        ["100 headers"] = () => Form.Of("Hostile").Part(string.Join("\r\n", Enumerable.Range(0, 100).Select(at => $"x-{at}: 1").Prepend(Title)), [1]).Ended(),
        ["10,000 parts"] = () => Many(10_000).Ended(),
        ["one part too many"] = () => Many(MultipartBody.MaxParts - 6 + 1).Ended(),
        ["nested"] = () => Form.Of("Hostile").Part(
            "content-disposition: form-data; name=\"media\"\r\ncontent-type: multipart/mixed; boundary=inner", "--inner\r\n\r\nx\r\n--inner--"u8.ToArray()).Ended(),
        ["utf-16"] = () => Form.Of("Hostile").Part("content-disposition: form-data; name=\"barangay\"\r\ncontent-type: text/plain; charset=utf-16", [0x41, 0]).Ended(),
        ["base64"] = () => Form.Of("Hostile").Part("content-disposition: form-data; name=\"barangay\"\r\ncontent-transfer-encoding: base64", "QQ=="u8.ToArray()).Ended(),
    };

    public static TheoryData<string> Malformed() => [.. Bodies.Keys];

    [Theory]
    [MemberData(nameof(Malformed))]
    [Trait("catalogue", "B8")]
    public async Task What_is_no_form_is_refused_and_leaves_no_file(string what)
    {
        await app.ShouldRefuse(Form.Content(Bodies[what]()), 400, field: null);

        app.ShouldBeWhole();
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [Trait("catalogue", "B8")]
    public Task A_form_without_a_boundary_of_a_legal_length_is_refused(string type)
        => app.ShouldRefuse(Form.Content(Good, type), 400, field: null);

    [Theory]
    [InlineData("multipart/mixed; boundary=" + Form.Boundary)]
    [InlineData("multipart/form-dat; boundary=" + Form.Boundary)]
    public Task Another_kind_of_parts_is_refused(string type) => app.ShouldRefuse(Form.Content(Good, type), 415, field: null);

    [Fact]
    public async Task As_many_parts_as_may_be_and_the_contracts_own_charset_are_taken()
        => await app.Client.Accepted(Many(MultipartBody.MaxParts - 7)
            .Part("content-disposition: form-data; name=\"barangay\"\r\ncontent-type: text/plain; charset=UTF-8\r\ncontent-transfer-encoding: binary", "Ñ"u8.ToArray())
            .Content());

    [Fact]
    [Trait("catalogue", "B6")]
    public async Task A_form_over_the_limit_is_refused_by_its_length_before_it_is_read()
    {
        // The body is never sent: an answer proves that nobody waited for it.
        var answer = await RawHttp.Send(app.App.Address, Form.Head($"Content-Length: {MultipartBody.MaxBytes + 1}"));

        ShouldBeTooLarge(answer);
    }

    [Fact]
    [Trait("catalogue", "B6")]
    public async Task An_endless_text_is_refused_at_its_limit_and_named()
    {
        var field = new Form().Raw($"--{Form.Boundary}\r\n{Title}\r\n\r\n").Bytes();

        var answer = await Endless(field, MultipartBody.MaxFieldBytes);

        ShouldBeTooLarge(answer);
        answer.Text.Should().Contain("\"title\":[");
    }

    [Fact]
    [Trait("catalogue", "B6")]
    public async Task An_endless_file_is_refused_at_its_limit_and_leaves_nothing()
    {
        var file = new Form().Raw($"--{Form.Boundary}\r\ncontent-disposition: form-data; name=\"media\"; filename=\"a.jpg\"\r\n\r\n").Raw([0xFF, 0xD8, 0xFF, 0xE0]).Bytes();

        var answer = await Endless(file, Evidence.MaxBytes);

        ShouldBeTooLarge(answer);
        answer.Text.Should().Contain("\"media\":[");
    }

    [Fact]
    [Trait("catalogue", "B6")]
    public async Task An_endless_part_that_nobody_asked_for_is_refused_at_the_forms_limit()
    {
        var unknown = new Form().Raw($"--{Form.Boundary}\r\ncontent-disposition: form-data; name=\"x\"\r\n\r\n").Bytes();

        ShouldBeTooLarge(await Endless(unknown, MultipartBody.MaxBytes));
    }

    // Past the limit, and the last chunk never comes: an answer proves that reading stopped.
    private Task<RawHttp.Answer> Endless(byte[] beginning, long limit)
    {
        var chunk = Form.Chunk(new byte[256 * 1024]);
        return RawHttp.Send(app.App.Address,
            [Form.Head("Transfer-Encoding: chunked"), Form.Chunk(beginning), .. Enumerable.Repeat(chunk, (int)(limit / (256 * 1024)) + 2)]);
    }

    private void ShouldBeTooLarge(RawHttp.Answer answer)
    {
        answer.Status.Should().Be(413);
        answer.Text.Should().Contain("application/problem+json").And.Contain("\"success\":false");
        app.ShouldBeWhole();
    }

    private static Form Many(int parts)
    {
        var form = Form.Of("Many parts");
        for (var at = 0; at < parts; at++)
            form.Field($"x{at}", "1");
        return form;
    }
}
