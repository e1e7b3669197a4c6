using System.Net;
using System.Text.Json;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Tests.Intake;

/// <summary>Reading the status: a client's own reports, and of others' not even that they are there.</summary>
[Collection(IntakeTests.Name)]
public sealed class OwnReportTests(LoggedApp app)
{
    [Fact]
    public async Task A_report_is_read_by_its_id_and_by_its_tracking_code_in_the_words_of_its_201()
    {
        var sent = await app.Client.Accepted(A.Report("Read again"));

        foreach (var name in new[] { sent.GetProperty("report_id").GetString()!, Code(sent), Code(sent).ToLowerInvariant() })
        {
            using var answer = await app.Client.GetAsync($"/api/reports/{name}");

            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            answer.Headers.CacheControl!.NoStore.Should().BeTrue();
            var body = await answer.Body();
            body.GetProperty("success").GetBoolean().Should().BeTrue();
            body.GetProperty("message").GetString().Should().NotBeNullOrWhiteSpace();
            JsonSerializer.Serialize(body.GetProperty("data")).Should().Be(JsonSerializer.Serialize(sent));
        }
    }

    [Theory]
    [InlineData(ReportStatus.Acknowledged, "pending")]
    [InlineData(ReportStatus.Investigating, "investigating")]
    [InlineData(ReportStatus.Resolved, "resolved")]
    public async Task The_status_is_the_mobile_apps_word(ReportStatus status, string word)
    {
        var sent = await app.Client.Accepted(A.Report($"Moved to {status}"));
        var id = sent.GetProperty("report_id").GetGuid();
        await app.App.Writer().Run(unit =>
        {
            var report = unit.Db.Reports.Single(one => one.Id == id);
            for (var next = ReportStatus.Acknowledged; next <= status; next++)
                report.Move(next, Guid.NewGuid(), null, unit.Now);
            return unit.Append(report, AlertDavao.Domain.Log.EntryKind.Changed);
        });

        using var answer = await app.Client.GetAsync($"/api/reports/{id}");

        (await answer.Body()).GetProperty("data").GetProperty("status").GetString().Should().Be(word);
    }

    [Fact]
    public async Task RT_32_the_time_is_Manilas_with_its_offset_and_the_stored_one_is_utc()
    {
        var sent = await app.Client.Accepted(A.Report("Told in Manila time").With("incident_date", "2024-06-07 00:00:00"));

        var stored = app.Stored("Told in Manila time");
        stored.OccurredAt.Should().Be(new DateTimeOffset(2024, 6, 6, 16, 0, 0, TimeSpan.Zero));
        stored.OccurredAt.Offset.Should().Be(TimeSpan.Zero);
        using var answer = await app.Client.GetAsync($"/api/reports/{Code(sent)}");
        (await answer.Body()).GetProperty("data").GetProperty("date_reported").GetString().Should().EndWith("+08:00");
    }

    [Fact]
    public async Task Another_clients_report_is_the_same_as_none()
    {
        var sent = await app.Client.Accepted(A.Report("Foreign canary-44"));
        using var other = app.App.Intake(app.OtherKey);
        string[] names = [sent.GetProperty("report_id").GetString()!, Code(sent), Guid.NewGuid().ToString(), "DVO-0000-0000", "x", "..%2f", new string('9', 300)];
        var answers = new List<string>();

        foreach (var name in names)
        {
            using var answer = await other.GetAsync($"/api/reports/{name}");
            var problem = await answer.ShouldBeProblem(404);
            answers.Add(problem.GetProperty("message").GetString()!);
            answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        }

        answers.Distinct().Should().ContainSingle();
        string.Concat(answers).Should().NotContain("canary-44");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong")]
    [InlineData("revoked")]
    public async Task Without_a_key_in_force_nothing_is_read(string? authorization)
    {
        var sent = await app.Client.Accepted(A.Report("Closed"));
        using var client = new HttpClient { BaseAddress = app.App.Address };
        if (authorization is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization == "revoked" ? $"Bearer {app.RevokedKey}" : authorization);

        using var answer = await client.GetAsync($"/api/reports/{Code(sent)}");

        await answer.ShouldBeProblem(401);
        answer.Headers.WwwAuthenticate.ToString().Should().Be("Bearer");
    }

    [Fact]
    public async Task A_session_reads_nothing_here()
    {
        var sent = await app.Client.Accepted(A.Report("By session"));
        using var officer = await app.App.SignedIn("hq");

        using var answer = await officer.GetAsync($"/api/reports/{Code(sent)}");

        await answer.ShouldBeProblem(401);
    }

    private static string Code(JsonElement data) => data.GetProperty("tracking_code").GetString()!;
}
