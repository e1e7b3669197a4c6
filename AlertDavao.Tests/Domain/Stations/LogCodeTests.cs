using AlertDavao.Domain.Stations;

namespace AlertDavao.Tests.Domain.Stations;

public sealed class LogCodeTests
{
    private static readonly string[] InOrder =
    [
        "PS1", "PS2", "PS3", "PS4", "PS5", "PS6", "PS7", "PS8", "PS9", "PS10", "PS11", "PS12", "PS13",
        "PS15", "PS16", "PS17", "PS18", "PS19", "PS20", "CYBER", "CITY",
    ];

    [Fact]
    public void Stations_stand_by_number_then_the_division_then_the_city_desk()
        => InOrder.Order(StringComparer.Ordinal).Order(LogCode.Order).Should().Equal(InOrder);

    [Fact]
    public void The_21_logs_are_the_stations_of_the_seed_and_the_city_desk()
        => Seeds.StationCodes.Append(LogCode.City).Should().BeEquivalentTo(InOrder);

    [Theory]
    [InlineData("PS", "CYBER")]
    [InlineData("PS-1", "CYBER")]
    [InlineData("PS99999999999", "CYBER")]
    [InlineData("ps1", "CYBER")]
    [InlineData("PS20", "A")]
    [InlineData("A", "B")]
    public void A_code_of_no_known_form_stands_after_the_numbered_stations(string first, string second)
        => LogCode.Order.Compare(first, second).Should().BeNegative();

    [Theory]
    [InlineData("PS7", "PS7", 0)]
    [InlineData("PS2", "PS10", -1)]
    [InlineData("PS10", "PS2", 1)]
    [InlineData("CITY", "CYBER", 1)]
    public void The_order_is_antisymmetric(string a, string b, int sign)
        => Math.Sign(LogCode.Order.Compare(a, b)).Should().Be(sign);
}
