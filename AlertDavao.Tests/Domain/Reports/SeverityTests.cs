using System.Globalization;
using AlertDavao.Domain.Reports;
using static AlertDavao.Domain.Reports.Severity;

namespace AlertDavao.Tests.Domain.Reports;

public sealed class SeverityTests
{
    public static TheoryData<string, Severity> TheTable() => new()
    {
        { "murder", Critical }, { "homicide", Critical }, { "rape", Critical }, { "sexual assault", Critical }, { "robbery", Critical },
        { "physical injury", Critical }, { "assault", Critical }, { "domestic violence", Critical }, { "missing person", Critical },
        { "burglary", High }, { "break-in", High }, { "carnapping", High }, { "motornapping", High }, { "threats", High },
        { "harassment", High }, { "illegal possession of firearm", High }, { "illegal drugs", High },
        { "theft", Medium }, { "fraud", Medium }, { "vandalism", Medium }, { "drunk driving", Medium },
        { "illegal gambling", Medium }, { "disturbance", Medium },
        { "cybercrime", Medium }, { "cyber crime", Medium }, { "cybercrime - phishing", Medium }, { "cyber crime - anything", Medium },
        { "cybercrime - murder", Medium },
        { "others", Low },
    };

    public static TheoryData<string, Severity> TheReplay() => new()
    {
        { "Assault", Critical }, { "Homicide", Critical }, { "Murder", Critical }, { "Physical Injury", Critical }, { "Rape", Critical },
        { "Robbery", Critical },
        { "Carnapping", High }, { "Illegal Drugs", High }, { "Illegal Possession of Firearm", High }, { "Threats", High },
        { "Disturbance", Medium }, { "Drunk Driving", Medium }, { "Illegal Gambling", Medium }, { "Theft", Medium }, { "Vandalism", Medium },
        { "Computer Fraud", Medium }, { "Cyber Fraud", Medium }, { "Cyber Libel", Medium }, { "Cyberbullying", Medium },
        { "Data Breach", Medium }, { "Hacking", Medium }, { "Identity Theft", Medium }, { "Online Scam", Medium }, { "Phishing", Medium },
        { "Unauthorized Access", Medium },
    };

    [Theory]
    [MemberData(nameof(TheTable))]
    public void A_type_has_the_severity_of_the_table(string type, Severity severity)
        => SeverityTable.Of(type).Should().Be(severity);

    [Theory]
    [MemberData(nameof(TheTable))]
    public void Case_and_surrounding_spaces_do_not_matter(string type, Severity severity)
    {
        SeverityTable.Of(type.ToUpperInvariant()).Should().Be(severity);
        SeverityTable.Of($" \t{CultureInfo.InvariantCulture.TextInfo.ToTitleCase(type)} ").Should().Be(severity);
    }

    [Theory]
    [MemberData(nameof(TheReplay))]
    public void An_offence_of_the_replay_has_the_severity_of_the_table(string offence, Severity severity)
        => SeverityTable.Of(offence).Should().Be(severity);

    [Fact]
    public void The_table_of_the_replay_names_all_25_offences_of_the_data()
    {
        using var json = Seeds.Json("crime_types.json");
        var offences = json.RootElement.GetProperty("replayOffences").EnumerateObject().Select(offence => offence.Name);

        TheReplay().Select(row => (string)row[0]).Should().BeEquivalentTo(offences).And.HaveCount(25);
    }

    [Fact]
    public void An_incident_of_the_replay_is_never_low()
        => Seeds.Incidents().Where(incident => SeverityTable.Of(incident.Types) == Low).Should().BeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("murders")]
    [InlineData("attempted murder")]
    [InlineData("break in")]
    [InlineData("\u1E43urder")]
    [InlineData("cybercrimes")]
    public void A_type_that_no_rule_knows_is_low(string type)
        => SeverityTable.Of(type).Should().Be(Low);

    public static TheoryData<string[], Severity> Mixed() => new()
    {
        { [], Low },
        { ["Others"], Low },
        { ["Others", "Theft"], Medium },
        { ["Theft", "Others"], Medium },
        { ["Cybercrime", "Threats"], High },
        { ["Threats", "Theft", "Others"], High },
        { ["Others", "Theft", "Threats", "Murder"], Critical },
        { ["Murder", "Threats", "Theft", "Others"], Critical },
        { ["nonsense", "cybercrime - phishing", " RAPE "], Critical },
    };

    [Theory]
    [MemberData(nameof(Mixed))]
    public void The_highest_of_a_reports_types_wins(string[] types, Severity severity)
        => SeverityTable.Of(types).Should().Be(severity);

    [Fact]
    public void Severities_are_ordered()
        => new[] { High, Low, Critical, Medium }.Order().Should().Equal(Low, Medium, High, Critical);

    [Fact]
    public void A_submitted_report_has_the_highest_severity_of_its_types()
        => Draft.Submit(Draft.Submission with { CrimeTypes = ["Others", " missing PERSON ", "Theft"] }).Severity.Should().Be(Critical);
}
