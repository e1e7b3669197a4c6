using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Tests.Domain.Stations;

/// <summary>RT-15: a cyber type decides whatever else is in the report; a word that only sounds like one does not.</summary>
public sealed class CyberRoutingTests
{
    private static readonly (double Latitude, double Longitude) InEden = MiddleOf("Eden");

    public static TheoryData<string> CyberSpellings() => new(
        "cybercrime", "Cybercrime", "CYBERCRIME", "CyBeRcRiMe", " cybercrime ", "\tcybercrime\r\n", "\u00A0cybercrime\u00A0",
        "cyber crime", "Cyber Crime", "CYBER CRIME", "  Cyber Crime  ",
        "cybercrime - phishing", "Cybercrime - Hacking", "CYBERCRIME - ONLINE SCAM", " cybercrime - identity theft ",
        "cyber crime - x", "Cyber Crime - Cyber Libel",
        "CYBERCRIME -", "cyber crime -", "cybercrime - ", "cybercrime -phishing", "cybercrime --", "cybercrime - not cybercrime");

    public static TheoryData<string> OtherSpellings() => new(
        "hacking", "online scam", "Phishing", "computer fraud", "cyber libel", "Cyberbullying",
        "cyber", "crime", "cybercrimes", "cyber crimes", "cyber  crime", "cyber-crime", "cyber_crime", "cyber\tcrime", "cyber\u00A0crime",
        "cybercrime-phishing", "cyber crime-phishing", "cybercrime: phishing", "cybercrime phishing", "cybercrime \u2013 phishing",
        "cybercrime  - phishing", "not cybercrime", "theft - cybercrime", "cybercrime\u200B", "\uFF43\uFF59\uFF42\uFF45\uFF52crime", "");

    [Theory]
    [MemberData(nameof(CyberSpellings))]
    public void Every_spelling_of_cybercrime_goes_to_the_division_whatever_the_place(string type)
        => RouteInEden(type).Log.Should().Be(LogCode.Cyber);

    [Theory]
    [MemberData(nameof(CyberSpellings))]
    public void Every_spelling_of_cybercrime_goes_to_the_division_without_a_place(string type)
        => Seeds.Router.Route([type], null, null).Should().Be(new Route(LogCode.Cyber, RouteRule.Cyber, null, "seed"));

    [Theory]
    [MemberData(nameof(OtherSpellings))]
    public void What_only_resembles_cybercrime_goes_to_the_station_of_the_place(string type)
        => RouteInEden(type).Log.Should().Be("PS19");

    [Theory]
    [MemberData(nameof(OtherSpellings))]
    public void What_only_resembles_cybercrime_goes_to_the_city_desk_without_a_place(string type)
        => Seeds.Router.Route([type], null, null).Rule.Should().Be(RouteRule.NoPlace);

    [Theory]
    [MemberData(nameof(CyberSpellings))]
    public void A_cyber_type_is_recognised_by_itself(string type)
        => CrimeType.IsCyber(type).Should().BeTrue();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_mixed_report_is_the_divisions_wherever_its_cyber_type_stands(int position)
    {
        List<string> types = ["Murder", "Theft", "hacking", "Others"];
        types.Insert(position, "Cyber Crime - phishing");

        RouteInEden([.. types]).Log.Should().Be(LogCode.Cyber);
    }

    [Fact]
    public void A_mixed_report_without_a_cyber_type_stays_with_its_station()
        => RouteInEden("Murder", "hacking", "online scam").Log.Should().Be("PS19");

    [Fact]
    public void A_cyber_report_keeps_the_barangay_of_its_place()
        => RouteInEden("cybercrime").Barangay!.Name.Should().Be("Eden");

    [Theory]
    [InlineData(7.07, null)]
    [InlineData(null, 125.6)]
    [InlineData(0.0, 0.0)]
    [InlineData(91.0, 181.0)]
    [InlineData(1e308, 1e308)]
    public void A_bad_place_does_not_take_a_cyber_report_from_the_division(double? latitude, double? longitude)
        => Seeds.Router.Route(["cybercrime"], latitude, longitude).Should().Be(new Route(LogCode.Cyber, RouteRule.Cyber, null, "seed"));

    private static Route RouteInEden(params string[] types) => Seeds.Router.Route(types, InEden.Latitude, InEden.Longitude);

    private static (double Latitude, double Longitude) MiddleOf(string name)
    {
        var inside = Seeds.Barangays.Single(barangay => barangay.Name == name).Boundary.InteriorPoint;
        return (inside.Y, inside.X);
    }
}
