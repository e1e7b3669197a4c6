using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Reports;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace AlertDavao.Tests.Board;

/// <summary>The one place that writes markup, with text of people who attack it in every field a person can fill.</summary>
public sealed class RowMarkupTests
{
    private static readonly HtmlParser Parser = new();

    private static readonly BoardRow Harmless = Rows.Row(1) with { Who = "R. Santos" };

    public static TheoryData<string, int> Attacks()
    {
        var data = new TheoryData<string, int>();
        foreach (var field in Fields.Keys)
        {
            for (var payload = 0; payload < Hostile.Payloads.Count; payload++)
                data.Add(field, payload);
        }

        return data;
    }

    public static TheoryData<int> Payloads() => [.. Enumerable.Range(0, Hostile.Payloads.Count)];

    private static readonly Dictionary<string, (Func<BoardRow, string, BoardRow> Fill, Func<IHtmlElement, IEnumerable<string?>> Shown)> Fields = new()
    {
        ["title"] = ((row, text) => row with { Title = text },
            html => [html.QuerySelector("a.title")!.TextContent, html.QuerySelector("a.title")!.GetAttribute("title")]),
        ["type"] = ((row, text) => row with { CrimeTypes = ["Theft", text] },
            html => [html.QuerySelector(".body .l2 bdi")!.TextContent["Theft, ".Length..]]),
        ["place"] = ((row, text) => row with { Barangay = text }, html => [html.QuerySelector(".place")!.TextContent]),
        ["who"] = ((row, text) => row with { Who = text }, html => [html.QuerySelector(".who bdi")!.TextContent]),
        ["log"] = ((row, text) => row with { Log = text }, html => [html.QuerySelector(".at-station")!.TextContent[..^" · ".Length]]),
    };

    [Fact]
    public void The_corpus_is_large_and_no_payload_is_there_twice()
        => Hostile.Payloads.Should().OnlyHaveUniqueItems().And.HaveCountGreaterThanOrEqualTo(60);

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_payload_changes_no_element_and_no_attribute(string field, int payload)
    {
        var row = Fields[field].Fill(Harmless, Hostile.Payloads[payload]);

        var html = Parse(row);

        Structure(html).Should().Equal(Structure(Parse(Harmless)));
        html.QuerySelectorAll("*").SelectMany(element => element.Attributes)
            .Should().NotContain(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_payload_as_it_is_stored_is_shown_as_what_was_typed(string field, int payload)
    {
        PlainText.TryNormalise(Hostile.Payloads[payload], out var stored).Should().BeTrue();
        var row = Fields[field].Fill(Harmless, stored);

        var shown = Fields[field].Shown(Parse(row)).ToList();

        shown.Should().NotBeEmpty().And.OnlyContain(text => field == "type" ? Same(text, stored) : text == stored);
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Every_field_at_once_changes_nothing_either(int payload)
    {
        var row = Fields.Values.Aggregate(Harmless, (filled, field) => field.Fill(filled, Hostile.Payloads[payload]));

        Structure(Parse(row)).Should().Equal(Structure(Parse(Harmless)));
    }

    [Fact]
    public void The_only_link_of_a_row_is_its_report()
    {
        var row = Harmless with { Title = "\" href=\"javascript:alert(1)" };

        var links = Parse(row).QuerySelectorAll("[href], [src], [action]").Select(element => element.GetAttribute("href"));

        links.Should().Equal($"/reports/{row.Id}");
    }

    [Fact]
    public void Text_of_either_direction_stands_isolated()
    {
        var html = Parse(Harmless with { Title = "שלום", Barangay = "السلام", CrimeTypes = ["سرقة"], Who = "ד. כהן" });

        html.QuerySelectorAll("bdi").Select(text => text.TextContent).Should().Equal("שלום", "سرقة", "السلام", "ד. כהן");
    }

    [Fact]
    public void Half_a_surrogate_is_a_replacement_character_and_no_markup()
    {
        var html = Parse(Harmless with { Title = "<b>\uD83D" });

        html.QuerySelector("a.title")!.TextContent.Should().Be("<b>\uFFFD");
    }

    [Fact]
    public void The_longest_text_the_domain_lets_in_is_bounded_markup()
    {
        // What takes most room encoded: every unit of every text element a character of its own.
        var element = "a" + new string('\u0301', Submission.CharsPerElement - 1);
        string Longest(int elements) => string.Concat(Enumerable.Repeat(element, elements));
        var submission = new Submission
        {
            Title = Longest(Submission.MaxTitle),
            CrimeTypes = [.. Enumerable.Range(0, CrimeType.MaxPerReport).Select(_ => Longest(CrimeType.MaxLength))],
            Description = "x",
            BarangayHint = Longest(Submission.MaxAddress),
            OccurredAt = Rows.Noon,
        };
        submission.Faults(Rows.Noon).Should().BeEmpty("this is the limit itself");
        (submission with { Title = new string('x', 10_000) }).Faults(Rows.Noon).Should().NotBeEmpty();

        var html = RowMarkup.Html(Harmless with { Title = submission.Title, CrimeTypes = submission.CrimeTypes, Barangay = submission.BarangayHint });

        html.Length.Should().BeLessThan(64 * 1024);
    }

    [Fact]
    public void A_title_of_ten_thousand_characters_would_still_be_one_text()
    {
        var title = new string('<', 10_000);

        var html = Parse(Harmless with { Title = title });

        html.QuerySelector("a.title")!.TextContent.Should().Be(title);
        Structure(html).Should().Equal(Structure(Parse(Harmless)));
    }

    [Fact]
    public void A_row_builds_its_markup_once()
    {
        var row = Rows.Row(1);

        row.Item(true, false).Should().BeSameAs(row.Item(true, false)).And.NotBe(row.Item(false, false));
        row.Attributes.Should().BeSameAs(row.Attributes);
    }

    [Theory]
    [InlineData(ReportStatus.Received, Severity.Critical, true)]
    [InlineData(ReportStatus.Received, Severity.Low, true)]
    [InlineData(ReportStatus.Acknowledged, Severity.Critical, false)]
    [InlineData(ReportStatus.Resolved, Severity.High, false)]
    public void Severity_and_status_are_words_and_the_timer_runs_while_nobody_acknowledged(ReportStatus status, Severity severity, bool timer)
    {
        var html = Parse(Rows.Row(1, status, severity));

        html.QuerySelector(".sevw")!.TextContent.Should().Be(Words.Of(severity));
        html.QuerySelector(".st")!.TextContent.Should().Be(Words.Of(status));
        html.QuerySelectorAll(".timer [data-since]").Should().HaveCount(timer ? 1 : 0);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(2, "2 evidence files")]
    public void The_files_that_came_are_counted_and_none_is_said_where_none_came(int count, string said)
    {
        var html = Parse(Harmless with { EvidenceCount = count });

        html.QuerySelector(".ev")!.TextContent.Should().Be(said);
        html.QuerySelectorAll(".ev .g-clip").Should().HaveCount(count > 0 ? 1 : 0);
    }

    // A row's inside as a browser reads it where it stands: in an item of a list.
    private static IHtmlElement Parse(BoardRow row)
    {
        var document = Parser.ParseDocument($"<!DOCTYPE html><body><ol><li id=\"row\">{RowMarkup.Html(row)}</li></ol><p id=\"after\"></p></body>");
        document.QuerySelectorAll("body > ol > li").Should().ContainSingle("nothing breaks out of its row");
        document.QuerySelector("body > #after").Should().NotBeNull();
        return (IHtmlElement)document.GetElementById("row")!;
    }

    private static IEnumerable<string> Structure(IHtmlElement html)
        => html.QuerySelectorAll("*").Select(element => $"{element.LocalName} {string.Join(' ', element.Attributes.Select(a => a.Name))}");

    // A type's first letter is shown as a capital.
    private static bool Same(string? shown, string stored) => string.Equals(shown, stored, StringComparison.OrdinalIgnoreCase);
}
