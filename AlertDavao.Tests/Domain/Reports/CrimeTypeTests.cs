using AlertDavao.Domain.Reports;

namespace AlertDavao.Tests.Domain.Reports;

public sealed class CrimeTypeTests
{
    public static TheoryData<string> EveryListed() => new(CrimeType.Listed);

    [Fact]
    public void The_list_is_that_of_the_citizens_app()
    {
        using var json = Seeds.Json("crime_types.json");
        var app = json.RootElement.GetProperty("appList").EnumerateObject()
            .SelectMany(category => category.Value.EnumerateArray())
            .Select(type => type.GetString()!)
            .ToList();

        CrimeType.Listed.Should().Equal(app).And.HaveCount(18);
    }

    [Theory]
    [MemberData(nameof(EveryListed))]
    public void A_listed_type_in_another_spelling_gets_the_lists(string listed)
        => CrimeType.Canonical($"  {listed.ToUpperInvariant()}\t").Should().Be(listed);

    [Theory]
    [InlineData("stolen goat", "stolen goat")]
    [InlineData("  Stolen  Goat ", "Stolen  Goat")]
    [InlineData("Thefts", "Thefts")]
    [InlineData("CYBERCRIME - phishing", "CYBERCRIME - phishing")]
    public void Free_text_stays_as_it_was_written_but_for_the_spaces_around(string sent, string kept)
        => CrimeType.Canonical(sent).Should().Be(kept);

    [Fact]
    public void A_report_keeps_its_types_in_the_order_sent_in_the_lists_spelling()
        => Draft.Submit(Draft.Submission with { CrimeTypes = ["theft", " stolen goat ", "MURDER"] })
            .CrimeTypes.Should().Equal("Theft", "stolen goat", "Murder");

    [Fact]
    public void A_type_sent_twice_is_kept_once()
        => Draft.Submit(Draft.Submission with { CrimeTypes = ["theft", "Theft ", "stolen goat", "Stolen Goat"] })
            .CrimeTypes.Should().Equal("Theft", "stolen goat");
}
