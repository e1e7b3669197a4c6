using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Tests.Intake;

/// <summary>What an accepted report is answered with, and what it is stored as.</summary>
[Collection(IntakeTests.Name)]
public sealed class AnswerTests(LoggedApp app)
{
    [Fact]
    public async Task The_201_has_exactly_the_contracts_fields()
    {
        var report = A.Report("Field by field").With("barangay", "Somewhere").With("reporters_address", "12 Quezon Blvd");
        using var answer = await app.Client.Post(report);
        var body = await answer.Body();
        var stored = app.Stored("Field by field");

        Names(body).Should().Equal("success", "message", "data");
        body.GetProperty("success").GetBoolean().Should().BeTrue();
        body.GetProperty("message").GetString().Should().NotBeNullOrWhiteSpace();
        var data = body.GetProperty("data");
        Names(data).Should().Equal(
            "report_id", "tracking_code", "title", "report_type", "status", "is_anonymous", "date_reported", "station_id", "station_name",
            "location", "media");
        data.GetProperty("report_id").GetGuid().Should().Be(stored.Id);
        data.GetProperty("tracking_code").GetString().Should().Be(stored.TrackingCode).And.MatchRegex("^DVO-[0-9A-Z]{4}-[0-9A-Z]{4}$");
        data.GetProperty("title").GetString().Should().Be("Field by field");
        data.GetProperty("report_type").EnumerateArray().Select(type => type.GetString()).Should().Equal("Robbery");
        data.GetProperty("status").GetString().Should().Be("pending");
        data.GetProperty("is_anonymous").GetBoolean().Should().BeFalse();
        data.GetProperty("station_id").GetString().Should().Be("PS1");
        data.GetProperty("station_name").GetString().Should().Be("PS1 Sta. Ana");
        data.GetProperty("media").GetArrayLength().Should().Be(0);
        var location = data.GetProperty("location");
        Names(location).Should().Equal("latitude", "longitude", "barangay", "reporters_address");
        location.GetProperty("latitude").GetDouble().Should().Be(7.0739269);
        location.GetProperty("longitude").GetDouble().Should().Be(125.6246079);
        location.GetProperty("barangay").GetString().Should().Be("Barangay 23-C");
        location.GetProperty("reporters_address").GetString().Should().Be("12 Quezon Blvd");
    }

    [Fact]
    public async Task The_answer_names_its_place_and_is_not_kept_by_caches()
    {
        using var answer = await app.Client.Post(A.Report("Headers"));

        ((int)answer.StatusCode).Should().Be(201);
        answer.Headers.Location.Should().Be(new Uri($"/api/reports/{app.Stored("Headers").Id}", UriKind.Relative));
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
    }

    [Fact]
    public async Task The_time_of_the_answer_is_the_servers_in_Manila_with_its_offset()
    {
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        var data = await app.Client.Accepted(A.Report("Clock"));

        var text = data.GetProperty("date_reported").GetString()!;
        text.Should().EndWith("+08:00");
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).Should().BeOnOrAfter(before).And.BeOnOrBefore(TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A20_what_a_body_says_of_station_status_id_and_other_unknown_fields_changes_nothing()
    {
        var own = Guid.NewGuid();
        var data = await app.Client.Accepted(A.Report("Mass assignment").With("station_id", "PS9").With("stationId", "PS9").With("log", "PS9")
            .With("status", "resolved").With("id", own).With("report_id", own).With("severity", "Low").With("version", 7)
            .With("acknowledged_by", own).With("source", "desk").With("unknown", new { deep = new[] { 1 } }));

        data.GetProperty("station_id").GetString().Should().Be("PS1");
        data.GetProperty("status").GetString().Should().Be("pending");
        var stored = app.Stored("Mass assignment");
        stored.Should().BeEquivalentTo(new
        {
            Log = "PS1",
            Status = ReportStatus.Received,
            Severity = Severity.Critical,
            Version = 1,
            Source = ReportSource.Demo,
            AcknowledgedBy = (Guid?)null,
        });
        stored.Id.Should().NotBe(own);
    }

    [Theory]
    [InlineData("""["Robbery","Theft"]""", "Robbery|Theft")]
    [InlineData("""["robbery"]""", "Robbery")]
    [InlineData("\"[\\\"robbery\\\",\\\"Theft\\\"]\"", "Robbery|Theft")]
    [InlineData("\"theft\"", "Theft")]
    [InlineData("\"Stolen bicycle\"", "Stolen bicycle")]
    [InlineData("""["Theft","THEFT"," theft "]""", "Theft")]
    public async Task Types_are_read_as_a_list_as_json_text_and_as_a_bare_word(string sent, string expected)
    {
        var data = await app.Client.Accepted(Changes.Json(A.Report("Types").WithRaw("crime_types", sent)));

        string.Join('|', data.GetProperty("report_type").EnumerateArray().Select(type => type.GetString())).Should().Be(expected);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("\"1\"", true)]
    [InlineData("\"0\"", false)]
    [InlineData("\"true\"", true)]
    [InlineData("\"TRUE\"", true)]
    [InlineData("\" True \"", true)]
    [InlineData("\"False\"", false)]
    [InlineData("\"\"", false)]
    [InlineData("null", false)]
    public async Task Anonymity_is_read_in_every_spelling_of_the_apps(string sent, bool expected)
    {
        var data = await app.Client.Accepted(Changes.Json(A.Report("Spelling").WithRaw("is_anonymous", sent)));

        data.GetProperty("is_anonymous").GetBoolean().Should().Be(expected);
    }

    [Theory]
    [InlineData("2024-02-29 07:30:00", "2024-02-28T23:30:00Z")]
    [InlineData("2024-02-29T07:30:00+08:00", "2024-02-28T23:30:00Z")]
    [InlineData("2024-02-28T23:30:00Z", "2024-02-28T23:30:00Z")]
    [InlineData("2024-02-28T23:30:00.123-05:00", "2024-02-29T04:30:00.123Z")]
    [InlineData("2000-01-01 00:00:00", "1999-12-31T16:00:00Z")]
    public async Task The_incidents_time_is_Manila_without_and_exact_with_an_offset_and_stored_in_utc(string sent, string expected)
    {
        var title = $"Time {sent}";
        await app.Client.Accepted(A.Report(title).With("incident_date", sent));

        app.Stored(title).OccurredAt.Should().Be(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_longest_legal_report_is_accepted()
    {
        var report = A.Report(new string('t', 200)).With("description", string.Concat(Enumerable.Repeat("\U0001F6A8", 10_000)))
            .With("crime_types", Enumerable.Range(0, 5).Select(at => $"{at}".PadRight(60, 'x')).ToArray())
            .With("reporters_address", new string('a', 200)).With("barangay", new string('b', 200))
            .With("reporter_name", new string('n', 200)).With("reporter_phone", new string('9', 200)).With("user_id", new string('u', 200));

        var data = await app.Client.Accepted(report);

        data.GetProperty("title").GetString().Should().HaveLength(200);
        data.GetProperty("report_type").GetArrayLength().Should().Be(5);
        app.Stored(new string('t', 200)).Description.Should().HaveLength(20_000);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
