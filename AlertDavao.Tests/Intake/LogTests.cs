using System.Net;

namespace AlertDavao.Tests.Intake;

/// <summary>What comes in never stands in the log, and never makes a line of its own there.</summary>
[Collection(IntakeTests.Name)]
public sealed class LogTests(LoggedApp app)
{
    private const string Injection = "canary-log\r\nError Fake: all is lost\u001b[2J\u001b[31m";

    [Fact]
    public async Task B14_line_breaks_and_terminal_codes_make_no_line_of_the_log()
    {
        using (var answer = await app.Client.Post(A.Report(Injection).With("description", Injection).With("crime_types", new[] { Injection })))
            answer.StatusCode.Should().Be(HttpStatusCode.Created);
        using (var answer = await app.Client.GetAsync($"/api/reports/{Uri.EscapeDataString(Injection)}"))
            await answer.ShouldBeProblem(404);
        foreach (var header in new[] { "Authorization: Bearer {0}", "Idempotency-Key: {0}", "User-Agent: {0}", "Content-Type: application/{0}", "Referer: {0}" })
        {
            // A line break ends a header; the other codes may stand in one.
            var value = string.Format(System.Globalization.CultureInfo.InvariantCulture, header, "canary-log\u001b[2J\u001b[31m\b\u007f");
            await RawHttp.Send(app.App.Address, RawHttp.Request("POST", Changes.Reports, "{}", value, "Connection: close"));
        }

        app.Log.Mentioning("canary-log", "Fake: all is lost", "\u001b").Should().BeEmpty();
        app.Log.Lines.Should().NotBeEmpty("the log is captured");
    }

    [Fact]
    public async Task P2_of_a_report_nothing_personal_stands_in_the_log()
    {
        var fields = new[] { "title", "description", "reporters_address", "barangay", "barangay_id", "user_id", "reporter_name", "reporter_phone" };
        var report = A.Report();
        foreach (var field in fields)
            report[field] = $"canary-p2-{field}";
        report["crime_types"] = new[] { "canary-p2-type" };
        report["latitude"] = 7.0707071;
        report["longitude"] = 125.6060609;
        report["incident_date"] = "2024-02-29 01:23:45";

        var sent = await app.Client.Accepted(report, "canary-p2-key");
        using (var status = await app.Client.GetAsync($"/api/reports/{sent.GetProperty("report_id").GetString()}"))
            status.StatusCode.Should().Be(HttpStatusCode.OK);
        // And where it is refused.
        using (var refused = await app.Client.Post(report.With("is_anonymous", "canary-p2-anonymous").With("latitude", "canary-p2-latitude")))
            await refused.ShouldBeProblem(422);
        using (var malformed = await app.Client.Post(Changes.Json("{\"title\": \"canary-p2-title\" canary-p2-rest")))
            await malformed.ShouldBeProblem(400);

        app.Log.Mentioning("canary-p2", "7.0707071", "125.6060609").Should().BeEmpty();
        app.Log.Lines.Should().NotBeEmpty("the log is captured");
    }
}
