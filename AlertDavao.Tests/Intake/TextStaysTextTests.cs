using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlertDavao.Tests.Intake;

/// <summary>What a citizen typed is data: stored and answered as typed, and encoded where it is drawn.</summary>
[Collection(IntakeTests.Name)]
public sealed class TextStaysTextTests(LoggedApp app)
{
    private static readonly string[] Payloads =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>", "'-alert(1)-'", "</title><b>x</b>",
        "<!-- comment -->", "<bdi></bdi></li><li>", "&lt;script&gt;", "&#60;b&#62;", "javascript:alert(1)", "{{7*7}} @(1+1) ${1}",
        "'; DROP TABLE Reports; --", "\" OR 1=1 --", "Robert'); DELETE FROM Reports;--", "%27 UNION SELECT * FROM AspNetUsers --",
        "=HYPERLINK(\"http://x\")", "..%2f..%2fetc/passwd", "\\u003cb\\u003e \\0", "line\nbreak <b>",
    ];

    public static TheoryData<string, string> Corpus
    {
        get
        {
            var corpus = new TheoryData<string, string>();
            foreach (var name in new[] { "title", "description", "crime_types", "reporters_address", "barangay" })
            {
                foreach (var payload in Payloads)
                    corpus.Add(name, payload);
            }

            return corpus;
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task Markup_and_sql_in_any_text_field_come_back_as_typed(string field, string payload)
    {
        var title = field == "title" ? payload : $"Typed {Guid.NewGuid():N}";
        // Without a place, so that the barangay's text is the one that is shown.
        var report = A.Report(title).Without("latitude").Without("longitude").With(field, field == "crime_types" ? new[] { payload } : payload);

        var data = await app.Client.Accepted(report);

        var id = data.GetProperty("report_id").GetGuid();
        using var db = app.App.Db();
        var stored = db.Reports.Single(r => r.Id == id);
        var (inDatabase, inAnswer) = field switch
        {
            "title" => (stored.Title, data.GetProperty("title").GetString()),
            "description" => (stored.Description, payload),
            "crime_types" => (stored.CrimeTypes.Single(), data.GetProperty("report_type")[0].GetString()),
            "barangay" => (stored.BarangayHint, data.GetProperty("location").GetProperty("barangay").GetString()),
            _ => (stored.Address, data.GetProperty("location").GetProperty("reporters_address").GetString()),
        };
        // Of all fields the description alone has lines.
        var expected = field == "description" ? payload : payload.Replace('\n', ' ');
        inDatabase.Should().Be(expected);
        inAnswer.Should().Be(expected);
    }

    [Fact]
    public async Task On_the_officers_pages_nothing_of_the_corpus_becomes_markup()
    {
        var canaries = new List<string>();
        foreach (var payload in Payloads.Where(payload => payload.Contains('<', StringComparison.Ordinal)))
        {
            // All of these are fields of one line.
            var canary = $"{payload.Replace('\n', ' ')}x{canaries.Count}";
            canaries.Add(canary);
            await app.Client.Accepted(A.Report(canary).With("barangay", canary).With("crime_types", new[] { canary })
                .Without("latitude").Without("longitude"));
        }

        using var desk = await app.App.SignedIn("hq");
        var page = await Eventually.Shows(desk, HtmlEncoder.Default.Encode(canaries[^1]));

        foreach (var canary in canaries)
        {
            page.Should().Contain(HtmlEncoder.Default.Encode(canary), "it is shown");
            page.Should().NotContain(canary, "but never as markup");
        }

        page.Should().NotContain("<script>alert").And.NotContain("onerror=alert(1)>").And.NotContain("<svg/onload");
    }

    [Theory]
    [InlineData("  trimmed \r\n", "trimmed")]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("a\0b\u0007c", "abc")]
    [InlineData("a\u202eb\u2066c\ufeff", "abc")]
    [InlineData("one\r\ntwo\rthree\tfour", "one two three four")]
    [InlineData("\U0001F468\u200d\U0001F469\u200d\U0001F467 Ni\u00f1o", "\U0001F468\u200d\U0001F469\u200d\U0001F467 Ni\u00f1o")]
    public async Task Text_is_normalised_once_and_answered_as_it_is_stored(string sent, string expected)
    {
        var data = await app.Client.Accepted(Changes.Json(JsonSerializer.Serialize(A.Report(sent))));

        data.GetProperty("title").GetString().Should().Be(expected);
    }
}
