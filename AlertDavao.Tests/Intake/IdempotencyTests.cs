using System.Net;
using System.Text.Json;

namespace AlertDavao.Tests.Intake;

[Collection(IntakeTests.Name)]
public sealed class IdempotencyTests(LoggedApp app)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task O1_fifty_parallel_posts_with_one_key_make_one_report_and_get_one_id()
    {
        var before = app.Counts();
        var report = A.Report("Fifty at once");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => app.Client.Post(report, "o1-fifty")));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).Should().Be(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).Should().Be(49);
        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        bodies.Distinct().Should().ContainSingle("each gets the first answer, byte for byte");
        app.Counts().Should().Be((before.Reports + 1, before.Entries + 1, before.Answers + 1));
        bodies[0].Should().Contain(app.Stored("Fifty at once").Id.ToString());
    }

    [Theory]
    [InlineData("title", "Another title")]
    [InlineData("description", "Another text.")]
    [InlineData("latitude", 7.2)]
    [InlineData("is_anonymous", true)]
    [InlineData("reporter_phone", "0917")]
    [InlineData("barangay_id", 5)]
    public async Task O2_the_same_key_with_another_body_is_a_conflict_and_the_first_is_kept(string field, object value)
    {
        var report = A.Report($"First of {field}");
        await app.Client.Accepted(report, $"o2-{field}");
        var before = app.Counts();

        using var second = await app.Client.Post(new Dictionary<string, object?>(report).With(field, value), $"o2-{field}");

        await second.ShouldBeProblem(409);
        app.Counts().Should().Be(before);
        app.Stored($"First of {field}").Description.Should().Be("Two men inside.");
        using var again = await app.Client.Post(report, $"o2-{field}");
        again.StatusCode.Should().Be(HttpStatusCode.OK, "the first report's own repetition still gets its answer");
    }

    [Fact]
    public async Task The_same_fields_in_another_order_and_spacing_are_a_repetition()
    {
        var report = A.Report("Reordered").With("unknown", 1);
        var first = await app.Client.Accepted(report, "reordered");
        var reordered = report.Reverse().Where(field => field.Key != "unknown").ToDictionary();
        var spaced = JsonSerializer.Serialize(reordered, Indented);

        using var second = await app.Client.Post(Changes.Json(spaced), "reordered");

        second.StatusCode.Should().Be(HttpStatusCode.OK);
        (await second.Body()).GetProperty("data").GetProperty("report_id").GetGuid().Should().Be(first.GetProperty("report_id").GetGuid());
    }

    [Fact]
    public async Task RT_28_a_retry_after_a_time_out_gets_the_answer_that_was_lost()
    {
        var report = A.Report("Time-out");
        using (var gate = await Data.Gate.Close(app.App.Writer()))
        {
            using var impatient = new CancellationTokenSource();
            using var request = new HttpRequestMessage(HttpMethod.Post, Changes.Reports) { Content = Changes.Json(JsonSerializer.Serialize(report)) };
            request.Headers.Add("Idempotency-Key", "rt-28");
            var lost = app.Client.SendAsync(request, impatient.Token);
            await Eventually.Holds(() => app.App.Writer().Waiting == 1, "the report waits for the writer");
            await impatient.CancelAsync();
            await lost.Awaiting(sent => sent).Should().ThrowAsync<OperationCanceledException>();
            gate.Open();
            await gate.Unit;
        }

        using var retry = await app.Client.Post(report, "rt-28");

        retry.StatusCode.Should().Be(HttpStatusCode.OK, "the first one was stored although nobody heard its answer");
        (await retry.Body()).GetProperty("data").GetProperty("report_id").GetGuid().Should().Be(app.Stored("Time-out").Id);
        retry.Headers.Location!.ToString().Should().EndWith($"{app.Stored("Time-out").Id}");
    }

    [Fact]
    public async Task Keys_of_two_clients_do_not_meet()
    {
        using var other = app.App.Intake(app.OtherKey);

        var first = await app.Client.Accepted(A.Report("Of the first client"), "shared-key");
        var second = await other.Accepted(A.Report("Of the second client"), "shared-key");

        second.GetProperty("report_id").GetGuid().Should().NotBe(first.GetProperty("report_id").GetGuid());
    }

    [Fact]
    public async Task Without_a_key_two_equal_reports_are_two_reports()
    {
        var report = A.Report("Twice without key");

        var first = await app.Client.Accepted(report);
        var second = await app.Client.Accepted(report);

        second.GetProperty("report_id").GetGuid().Should().NotBe(first.GetProperty("report_id").GetGuid());
        second.GetProperty("tracking_code").GetString().Should().NotBe(first.GetProperty("tracking_code").GetString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(128)]
    public async Task A_key_of_a_legal_length_is_taken(int length)
    {
        var key = new string('~', length);
        await app.Client.Accepted(A.Report($"Key of {length}"), key);

        using var again = await app.Client.Post(A.Report("Another"), key);
        await again.ShouldBeProblem(409);
    }

    public static TheoryData<string> BadKeys => ["", new string('k', 129), "bell\u0007", "tab\tinside", "caf\u00e9", "\u4e2d\u6587"];

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task A_key_that_is_empty_too_long_or_not_printable_is_refused(string key)
    {
        var before = app.Counts();

        var answer = await RawHttp.Send(app.App.Address, RawHttp.Request("POST", Changes.Reports, JsonSerializer.Serialize(A.Report("Bad key")),
            "Authorization: Bearer demo-intake-key-0123456789abcdef", "Content-Type: application/json", $"Idempotency-Key: {key}"));

        answer.Status.Should().Be(400);
        app.Counts().Should().Be(before);
    }
}
