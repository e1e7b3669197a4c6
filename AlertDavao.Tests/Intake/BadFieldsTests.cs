using System.Globalization;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Tests.Intake;

/// <summary>Fields that are refused: 422, the contract's field by name, nothing stored and nothing of it in the log.</summary>
[Collection(IntakeTests.Name)]
public sealed class BadFieldsTests(LoggedApp app)
{
    /// <summary>Field and the raw JSON token that is sent as its value.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { "title", "null" }, { "title", "\"\"" }, { "title", "\"   \"" }, { "title", "\"\\u0000\\u0007\"" }, { "title", "\"\\u202e\"" },
        { "title", "5" }, { "title", "true" }, { "title", "[\"a\"]" }, { "title", "{\"a\":1}" }, { "title", Text(201) },
        { "title", "\"\\ud800\"" }, { "title", "\"a\\udc00b\"" }, { "title", Text(3000) },
        { "description", "null" }, { "description", "\"\"" }, { "description", "7" }, { "description", "[]" }, { "description", "{}" },
        { "description", Text(10_001) }, { "description", "\"x\\udbff\"" },
        { "crime_types", "null" }, { "crime_types", "[]" }, { "crime_types", "\"\"" }, { "crime_types", "\"[]\"" }, { "crime_types", "\"[1]\"" },
        { "crime_types", "\"[\"" }, { "crime_types", "\"[[[[[[[[[[\"" }, { "crime_types", "5" }, { "crime_types", "true" },
        { "crime_types", "{\"a\":\"Theft\"}" }, { "crime_types", "[1,2]" }, { "crime_types", "[null]" }, { "crime_types", "[[\"Theft\"]]" },
        { "crime_types", "[\"\"]" }, { "crime_types", "[\"Theft\",\"x\"]" }, { "crime_types", $"[{Text(61)}]" }, { "crime_types", "[\"\\udfff\"]" },
        { "crime_types", "[\"T1\",\"T2\",\"T3\",\"T4\",\"T5\",\"T6\"]" },
        { "incident_date", "null" }, { "incident_date", "\"\"" }, { "incident_date", "1700000000" }, { "incident_date", "true" },
        { "incident_date", "[]" }, { "incident_date", "{}" }, { "incident_date", "\"yesterday\"" }, { "incident_date", "\"2024-02-29T07:30:00\"" },
        { "incident_date", "\"2023-02-29 07:30:00\"" }, { "incident_date", "\"2024-13-01 00:00:00\"" }, { "incident_date", "\"2024-01-01 24:00:00\"" },
        { "incident_date", "\"2024-01-01 23:59:60\"" }, { "incident_date", "\"01/02/2024 10:00\"" }, { "incident_date", "\"1999-12-31 23:59:59\"" },
        { "incident_date", "\"0001-01-01 00:00:00\"" }, { "incident_date", "\"9999-12-31 23:59:59\"" }, { "incident_date", "\"9999-12-31T23:59:59-14:00\"" },
        { "incident_date", "\"99999-01-01 00:00:00\"" }, { "incident_date", "\"2024-01-01T00:00:00+99:00\"" }, { "incident_date", "\"@tomorrow\"" },
        { "is_anonymous", "2" }, { "is_anonymous", "\"yes\"" }, { "is_anonymous", "[]" }, { "is_anonymous", "{}" }, { "is_anonymous", "1.0" },
        { "latitude", "\"NaN\"" }, { "latitude", "\"Infinity\"" }, { "latitude", "\"-Infinity\"" }, { "latitude", "\"1e999\"" }, { "latitude", "1e999" },
        { "latitude", "\"north\"" }, { "latitude", "\"7,1\"" }, { "latitude", "\"7.1N\"" }, { "latitude", "\"0x7\"" }, { "latitude", "true" },
        { "latitude", "[7.1]" }, { "latitude", "{}" }, { "latitude", "\"\u0667\"" },
        { "longitude", "\"NaN\"" }, { "longitude", "\"\u221e\"" }, { "longitude", "-1e999" }, { "longitude", "\"east\"" }, { "longitude", "false" },
        { "longitude", "[]" }, { "longitude", "{}" }, { "longitude", "\"1e\"" },
        { "reporters_address", Text(201) }, { "reporters_address", "5" }, { "reporters_address", "[]" }, { "reporters_address", "\"\\ud834\"" },
        { "barangay", Text(201) }, { "barangay", "5" }, { "barangay", "{}" },
        { "user_id", Text(201) }, { "user_id", "true" }, { "user_id", "[]" }, { "user_id", "{}" },
        { "reporter_name", Text(201) }, { "reporter_name", "5" }, { "reporter_name", "[\"a\"]" }, { "reporter_name", "\"\\udc00\"" },
        { "reporter_phone", Text(201) }, { "reporter_phone", "639170000000" }, { "reporter_phone", "{}" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_bad_field_is_named_and_nothing_is_stored(string field, string token)
    {
        var before = app.Counts();
        token = token.Replace("@tomorrow", A24HoursAndAMinuteAhead(), StringComparison.Ordinal);

        using var answer = await app.Client.Post(Changes.Json(A.Report("Refused canary-7f3a").WithRaw(field, token)), $"bad-{Guid.NewGuid():N}");

        var problem = await answer.ShouldBeProblem(422);
        var errors = problem.GetProperty("errors").EnumerateObject().ToList();
        errors.Select(error => error.Name).Should().Equal(field);
        errors[0].Value.EnumerateArray().Should().NotBeEmpty().And.OnlyContain(text => text.GetString()!.Length > 0);
        app.Counts().Should().Be(before);
        app.Log.Mentioning("canary-7f3a").Should().BeEmpty();
    }

    [Fact]
    public async Task B5_a_number_of_a_hundred_thousand_digits_is_no_finite_number()
    {
        using var answer = await app.Client.Post(Changes.Json(A.Report().WithRaw("latitude", new string('9', 100_000))));

        (await answer.ShouldBeProblem(422)).GetProperty("errors").EnumerateObject().Should().ContainSingle().Which.Name.Should().Be("latitude");
    }

    [Theory]
    [InlineData("title")]
    [InlineData("crime_types")]
    [InlineData("description")]
    [InlineData("incident_date")]
    public async Task A_required_field_that_is_missing_is_named(string field)
    {
        var before = app.Counts();

        using var answer = await app.Client.Post(A.Report().Without(field));

        var problem = await answer.ShouldBeProblem(422);
        problem.GetProperty("errors").EnumerateObject().Should().ContainSingle().Which.Name.Should().Be(field);
        problem.GetProperty("errors").GetProperty(field)[0].GetString().Should().Be("is required");
        app.Counts().Should().Be(before);
    }

    [Fact]
    public async Task An_empty_object_hears_of_every_required_field_at_once()
    {
        using var answer = await app.Client.Post(Changes.Json("{}"));

        (await answer.ShouldBeProblem(422)).GetProperty("errors").EnumerateObject().Select(error => error.Name)
            .Should().BeEquivalentTo("title", "crime_types", "description", "incident_date");
    }

    [Fact]
    public async Task Every_bad_field_of_a_report_is_named_at_once()
    {
        string[] all =
        [
            "title", "crime_types", "description", "incident_date", "is_anonymous", "latitude", "longitude", "reporters_address", "barangay",
            "user_id", "reporter_name", "reporter_phone",
        ];
        var report = all.ToDictionary(field => field, object? (_) => new { not = "a value" });

        using var answer = await app.Client.Post(report);

        (await answer.ShouldBeProblem(422)).GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().BeEquivalentTo(all);
    }

    [Fact]
    public async Task An_incident_almost_24_hours_ahead_is_accepted()
    {
        var ahead = TimeProvider.System.GetUtcNow().AddHours(23).ToString("O", CultureInfo.InvariantCulture);

        await app.Client.Accepted(A.Report("Clock ahead").With("incident_date", ahead));
    }

    [Theory]
    [InlineData(-23, false)]
    [InlineData(-25, true)]
    [InlineData(-24 * 365 * 20, true)]
    public async Task B15_what_happened_more_than_a_day_ago_is_accepted_and_noted(int hours, bool noted)
    {
        var title = $"Happened {hours} hours from now";
        var before = TimeProvider.System.GetUtcNow();
        await app.Client.Accepted(A.Report(title).With("incident_date", before.AddHours(hours).ToString("O", CultureInfo.InvariantCulture)));

        var stored = app.Stored(title);
        stored.Events.Any(one => one.Note == IntakeNote.HappenedLongAgo).Should().Be(noted);
        stored.ReceivedAt.Should().BeCloseTo(before, TimeSpan.FromMinutes(1), "our own clock says when it came");
    }

    [Theory]
    [InlineData("12345", "12345")]
    [InlineData("\"abc-1\"", "abc-1")]
    public async Task The_reporters_reference_is_a_number_or_a_text(string token, string expected)
    {
        var title = $"Reference {expected}";
        await app.Client.Accepted(Changes.Json(A.Report(title).WithRaw("user_id", token)));

        Sealed.Open(app, title)!.Reference.Should().Be(expected);
    }

    private static string A24HoursAndAMinuteAhead()
        => TimeProvider.System.GetUtcNow().AddHours(24).AddMinutes(1).ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);

    private static string Text(int length) => $"\"{new string('x', length)}\"";
}
