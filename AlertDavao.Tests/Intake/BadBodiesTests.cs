using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AlertDavao.Tests.Intake;

/// <summary>Bodies that are no report: refused with the contract's document, nothing stored, nothing of them in the log.</summary>
[Collection(IntakeTests.Name)]
public sealed class BadBodiesTests(LoggedApp app)
{
    private const string Key = "Authorization: Bearer demo-intake-key-0123456789abcdef";
    private const string Canary = "canary-body-91c4";
    private const int TenMegabytes = 10 * 1024 * 1024;

    private static readonly string Good = JsonSerializer.Serialize(A.Report(Canary));

    public static TheoryData<string, string> Malformed => new()
    {
        { "empty", "" }, { "blank", "  \n" }, { "a word", Canary }, { "truncated", Good[..^5] }, { "cut in a string", Good[..12] },
        { "an array", $"[{Good}]" }, { "a number", "5" }, { "null", "null" }, { "a string", $"\"{Canary}\"" }, { "true", "true" },
        { "trailing comma", Good[..^1] + ",}" }, { "a line comment", $"// {Canary}\n{Good}" }, { "a block comment", Good[..^1] + "/**/}" },
        { "two documents", Good + Good }, { "garbage behind", Good + "x" }, { "single quotes", Good.Replace('"', '\'') },
        { "a field twice", Good[..^1] + ",\"title\":\"again\"}" }, { "an unknown field twice", Good[..^1] + ",\"x\":1,\"x\":2}" },
        { "a field twice by escape", Good[..^1] + ",\"t\\u0069tle\":\"again\"}" },
        { "depth 1,000", Good[..^1] + $",\"x\":{new string('[', 1000)}{new string(']', 1000)}}}" },
        { "depth 1,000 unclosed", new string('{', 1000) }, { "depth 9", Good[..^1] + ",\"x\":[[[[[[[[1]]]]]]]]}" },
        { "NaN", Good.Replace("7.0739269", "NaN", StringComparison.Ordinal) },
        { "Infinity", Good.Replace("7.0739269", "Infinity", StringComparison.Ordinal) },
        { "-Infinity", Good.Replace("7.0739269", "-Infinity", StringComparison.Ordinal) },
        { "a leading zero", Good.Replace("7.0739269", "07.1", StringComparison.Ordinal) },
        { "a leading plus", Good.Replace("7.0739269", "+7.1", StringComparison.Ordinal) },
        { "a raw line break in a text", Good.Replace(Canary, Canary + "\n", StringComparison.Ordinal) },
        { "a raw NUL in a text", Good.Replace(Canary, Canary + "\0", StringComparison.Ordinal) },
        { "NUL behind", Good + "\0" }, { "an unknown escape", Good.Replace(Canary, "\\x41", StringComparison.Ordinal) },
        { "half a surrogate pair as a name", Good[..^1] + ",\"\\ud800\":1}" },
        { "two halves as names", Good[..^1] + ",\"\\ud800\":1,\"\\ud801\":2}" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task What_is_no_json_object_is_refused(string what, string body)
    {
        var before = app.Counts();

        using var answer = await app.Client.Post(Changes.Json(body), $"malformed-{what}");

        await Refused(answer, 400, before);
    }

    public static TheoryData<string, byte[]> WrongEncodings => new()
    {
        { "utf-16", Encoding.Unicode.GetBytes(Good) },
        { "utf-16 with its mark", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Good)] },
        { "utf-16, big end first", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Good)] },
        { "utf-32", Encoding.UTF32.GetBytes(Good) },
        { "a name that is no utf-8", [.. Encoding.UTF8.GetBytes(Good[..^1] + ",\""), 0xff, 0xc0, .. "\":1}"u8] },
    };

    [Theory]
    [MemberData(nameof(WrongEncodings))]
    public async Task What_is_no_utf_8_is_refused(string what, byte[] body)
    {
        var before = app.Counts();
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var answer = await app.Client.Post(content, $"encoding {what}");

        await Refused(answer, 400, before);
    }

    [Fact]
    public async Task A_text_that_is_no_utf_8_is_named_as_a_bad_field()
    {
        var at = Good.IndexOf(Canary, StringComparison.Ordinal);
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(Good[..at]), 0xc3, 0x28, .. Encoding.UTF8.GetBytes(Good[at..])]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var answer = await app.Client.Post(content);

        (await answer.ShouldBeProblem(422)).GetProperty("errors").TryGetProperty("title", out _).Should().BeTrue();
    }

    [Fact]
    public async Task Utf_8_with_its_mark_and_a_charset_is_read()
    {
        var report = JsonSerializer.Serialize(A.Report("With a mark \u00f1 \u4e2d \U0001F6A8"));
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(report)]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");

        var data = await app.Client.Accepted(content);

        data.GetProperty("title").GetString().Should().Be("With a mark \u00f1 \u4e2d \U0001F6A8");
    }

    [Fact]
    public async Task B6_a_body_over_the_limit_is_refused_by_its_length_before_it_is_read()
    {
        var before = app.Counts();

        // The body is never sent: an answer proves that nobody waited for it.
        var answer = await RawHttp.Send(app.App.Address,
            RawHttp.Head("POST", Changes.Reports, Key, "Content-Type: application/json", $"Content-Length: {TenMegabytes}"));

        RefusedAsTooLarge(answer, before);
    }

    [Fact]
    public async Task B6_an_endless_body_without_a_length_is_refused_at_the_limit()
    {
        var before = app.Counts();
        var chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string(' ', 0x10000)}\r\n");

        // Past one megabyte, and the last chunk never comes: an answer proves that reading stopped.
        var answer = await RawHttp.Send(app.App.Address,
            [RawHttp.Head("POST", Changes.Reports, Key, "Content-Type: application/json", "Transfer-Encoding: chunked"), .. Enumerable.Repeat(chunk, 17)]);

        RefusedAsTooLarge(answer, before);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/mixed; boundary=x")]
    [InlineData("application/jsonp")]
    [InlineData("text/json; charset=utf-8")]
    [InlineData(null)]
    public async Task Another_content_type_is_refused(string? type)
    {
        var before = app.Counts();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        using var answer = await app.Client.Post(content);

        await Refused(answer, 415, before);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("GET")]
    public async Task Another_method_is_refused(string method)
    {
        var before = app.Counts();
        using var request = new HttpRequestMessage(new HttpMethod(method), Changes.Reports);
        if (method is not "GET")
            request.Content = Changes.Json(Good);

        using var answer = await app.Client.SendAsync(request);

        await Refused(answer, 405, before);
        answer.Content.Headers.Allow.Should().Equal("POST");
    }

    private async Task Refused(HttpResponseMessage answer, int status, (int, int, int) before)
    {
        await answer.ShouldBeProblem(status);
        app.Counts().Should().Be(before);
        (await answer.Content.ReadAsStringAsync()).Should().NotContainAny(Canary, "Exception", "   at ");
        app.Log.Mentioning(Canary).Should().BeEmpty();
        app.Log.Errors.Should().BeEmpty("a client's fault is no error of ours");
    }

    private void RefusedAsTooLarge(RawHttp.Answer answer, (int, int, int) before)
    {
        answer.Status.Should().Be((int)HttpStatusCode.RequestEntityTooLarge);
        answer.Text.Should().Contain("application/problem+json").And.Contain("\"success\":false").And.Contain("\"message\":");
        app.Counts().Should().Be(before);
    }
}
