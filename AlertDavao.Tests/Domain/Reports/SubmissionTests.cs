using System.Text;
using AlertDavao.Domain;
using AlertDavao.Domain.Reports;
using static AlertDavao.Domain.Reports.SubmissionRule;

namespace AlertDavao.Tests.Domain.Reports;

/// <summary>The limits of the fields. A length counts text elements: what a person sees as one character.</summary>
public sealed class SubmissionTests
{
    private const string Letter = "a";
    private const string Accented = "e\u0301";
    private const string Astronaut = "\U0001F469\u200D\U0001F680";
    private const string Flag = "\U0001F1F5\U0001F1ED";

    private static readonly string[] OneElementEach = [Letter, "\u00F1", Accented, "\U0001F600", Astronaut, Flag, "\u0E01\u0E33", "\uD800"];

    public static TheoryData<string> Elements() => new(OneElementEach);

    public static TheoryData<string, int> Maxima() => new()
    {
        { nameof(Submission.Title), 200 },
        { nameof(Submission.Description), 10_000 },
        { nameof(Submission.Address), 200 },
        { nameof(Submission.BarangayHint), 200 },
        { nameof(Submission.CrimeTypes), 60 },
    };

    public static TheoryData<string, int, string> MaximaInEveryElement()
    {
        var rows = new TheoryData<string, int, string>();
        foreach (var row in Maxima())
        {
            foreach (var element in OneElementEach)
                rows.Add((string)row[0], (int)row[1], element);
        }

        return rows;
    }

    [Fact]
    public void The_draft_has_no_fault()
        => FaultsOf(Draft.Submission).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(MaximaInEveryElement))]
    public void A_text_of_the_maximum_is_accepted(string field, int max, string element)
        => FaultsOf(With(field, Times(element, max))).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(MaximaInEveryElement))]
    public void A_text_of_one_more_is_too_long(string field, int max, string element)
        => FaultsOf(With(field, Times(element, max + 1))).Should().Equal(new SubmissionFault(field, TooLong, max));

    [Theory]
    [MemberData(nameof(Elements))]
    public void One_element_is_enough_for_title_and_description(string element)
        => FaultsOf(Draft.Submission with { Title = element, Description = element }).Should().BeEmpty();

    [Theory]
    [InlineData(nameof(Submission.Title))]
    [InlineData(nameof(Submission.Description))]
    [InlineData(nameof(Submission.CrimeTypes))]
    public void An_empty_text_is_missing(string field)
        => FaultsOf(With(field, "")).Should().Equal(new SubmissionFault(field, Missing));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Address_and_barangay_may_be_left_out(string? nothing)
        => FaultsOf(Draft.Submission with { Address = nothing, BarangayHint = nothing }).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Maxima))]
    public void Marks_piled_on_one_letter_are_bounded(string field, int max)
    {
        var piled = "aa" + new string('\u0301', (max * Submission.CharsPerElement) - 2);

        FaultsOf(With(field, piled)).Should().BeEmpty();
        FaultsOf(With(field, piled + '\u0301')).Should().Equal(new SubmissionFault(field, TooLong, max));
    }

    [Fact]
    public void No_type_is_missing()
        => FaultsOf(WithTypes()).Should().Equal(new SubmissionFault(nameof(Submission.CrimeTypes), Missing));

    [Fact]
    public void Five_types_are_accepted()
        => FaultsOf(WithTypes("t1", "t2", "t3", "t4", "t5")).Should().BeEmpty();

    [Fact]
    public void Six_types_are_too_many()
        => FaultsOf(WithTypes("t1", "t2", "t3", "t4", "t5", "t6")).Should().Equal(new SubmissionFault(nameof(Submission.CrimeTypes), TooMany, 5));

    [Theory]
    [InlineData(Letter)]
    [InlineData(Accented)]
    [InlineData(Astronaut)]
    [InlineData(" a ")]
    public void A_type_of_one_element_is_too_short(string type)
        => FaultsOf(WithTypes("Theft", type)).Should().Equal(new SubmissionFault(nameof(Submission.CrimeTypes), TooShort, 2));

    [Theory]
    [InlineData("ab")]
    [InlineData(Accented + Astronaut)]
    public void A_type_of_two_elements_is_accepted(string type)
        => FaultsOf(WithTypes(type)).Should().BeEmpty();

    [Fact]
    public void Spaces_around_a_type_do_not_count()
        => FaultsOf(WithTypes($"  {Times("a", 60)}  ")).Should().BeEmpty();

    [Fact]
    public void A_type_of_spaces_alone_is_missing()
        => FaultsOf(WithTypes("   ")).Should().Equal(new SubmissionFault(nameof(Submission.CrimeTypes), Missing));

    public static TheoryData<string, SubmissionRule?> Dates() => new()
    {
        { "1999-12-31T23:59:59.9999999+08:00", TooEarly },
        { "2000-01-01T00:00:00+08:00", null },
        { "1999-12-31T16:00:00+00:00", null },
        { "2000-01-01T00:00:00+09:00", TooEarly },
        { "0001-01-01T00:00:00+00:00", TooEarly },
        { "2024-06-07T04:00:00+00:00", null },
        { "2024-06-08T04:00:00+00:00", null },
        { "2024-06-08T12:00:00+08:00", null },
        { "2024-06-08T04:00:00.0000001+00:00", TooLate },
        { "2024-06-08T04:00:01+00:00", TooLate },
        { "9999-12-31T23:59:59+00:00", TooLate },
    };

    [Theory]
    [MemberData(nameof(Dates))]
    public void An_incident_is_accepted_from_2000_in_Manila_until_24_hours_ahead(string occurredAt, SubmissionRule? rule)
    {
        var at = DateTimeOffset.ParseExact(occurredAt, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", System.Globalization.CultureInfo.InvariantCulture);

        FaultsOf(Draft.Submission with { OccurredAt = at }).Select(fault => (fault.Field, (SubmissionRule?)fault.Rule)).Should()
            .Equal(rule is null ? [] : [(nameof(Submission.OccurredAt), rule)]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_coordinate_that_is_no_finite_number_is_refused_by_name(double number)
    {
        FaultsOf(Draft.Submission with { Latitude = number }).Should().Equal(new SubmissionFault(nameof(Submission.Latitude), NotFinite));
        FaultsOf(Draft.Submission with { Longitude = number }).Should().Equal(new SubmissionFault(nameof(Submission.Longitude), NotFinite));
    }

    public static TheoryData<double?, double?> FinitePlaces() => new()
    {
        { null, null }, { 7.07, null }, { null, 125.6 }, { 0, 0 }, { -0.0, -0.0 }, { 91, 181 }, { 125.6, 7.07 },
        { 1e308, -1e308 }, { double.Epsilon, double.MaxValue }, { 7.0739269123456789, 125.62460791234567 },
    };

    [Theory]
    [MemberData(nameof(FinitePlaces))]
    public void An_emergency_is_never_refused_for_a_finite_position(double? latitude, double? longitude)
        => FaultsOf(Draft.Submission with { Latitude = latitude, Longitude = longitude }).Should().BeEmpty();

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var submission = new Submission
        {
            Title = "",
            CrimeTypes = ["x", "", "ok", "ok", "ok", Times("a", 61)],
            Description = Times("a", 10_001),
            OccurredAt = DateTimeOffset.UnixEpoch,
            Latitude = double.NaN,
            Longitude = double.PositiveInfinity,
            Address = Times("a", 201),
            BarangayHint = Times("a", 201),
        };

        FaultsOf(submission).Should().BeEquivalentTo(new SubmissionFault[]
        {
            new("Title", Missing), new("Description", TooLong, 10_000), new("Address", TooLong, 200), new("BarangayHint", TooLong, 200),
            new("CrimeTypes", TooMany, 5), new("CrimeTypes", TooShort, 2), new("CrimeTypes", Missing), new("CrimeTypes", TooLong, 60),
            new("OccurredAt", TooEarly), new("Latitude", NotFinite), new("Longitude", NotFinite),
        });
    }

    private static IEnumerable<SubmissionFault> FaultsOf(Submission submission) => submission.Faults(Draft.Now);

    private static Submission WithTypes(params string[] types) => Draft.Submission with { CrimeTypes = types };

    private static Submission With(string field, string text) => field switch
    {
        nameof(Submission.Title) => Draft.Submission with { Title = text },
        nameof(Submission.Description) => Draft.Submission with { Description = text },
        nameof(Submission.Address) => Draft.Submission with { Address = text },
        nameof(Submission.BarangayHint) => Draft.Submission with { BarangayHint = text },
        _ => Draft.Submission with { CrimeTypes = [text] },
    };

    private static string Times(string element, int count) => new StringBuilder().Insert(0, element, count).ToString();
}
