using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Reports;
using Microsoft.Extensions.Configuration;

namespace AlertDavao.Tests.Reports;

/// <summary>The times of the escalation clock as an operator sets them.</summary>
public sealed class EscalationOptionsTests
{
    private static readonly EscalationLevel[] Levels = [EscalationLevel.Station, EscalationLevel.Admins, EscalationLevel.CityDesk];

    [Fact]
    public void What_is_not_set_is_as_the_domain_has_it()
    {
        var times = From();

        foreach (var severity in Enum.GetValues<Severity>())
        {
            foreach (var level in Levels)
                times.After(severity, level).Should().Be(EscalationTimes.Standard.After(severity, level), $"{severity}, {level}");
        }
    }

    [Fact]
    public void A_time_is_set_in_seconds_and_the_others_stay()
    {
        var times = From(("Escalation:HighSeconds:1", "90"), ("Escalation:LowSeconds:0", "7200"));

        Levels.Select(level => times.After(Severity.High, level)?.TotalSeconds).Should().Equal(60, 90, 600);
        Levels.Select(level => times.After(Severity.Low, level)?.TotalSeconds).Should().Equal(7200, null, null);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Nought_is_never_and_nobody_above_is_told_either(int level)
    {
        var times = From(($"Escalation:CriticalSeconds:{level}", "0"));

        Levels.Select(one => times.After(Severity.Critical, one)?.TotalSeconds)
            .Should().Equal(new double?[] { 15, 30, 60 }.Select((second, at) => at < level ? second : null));
    }

    [Theory]
    [InlineData("Escalation:HighSeconds:0", "-1", "Escalation:HighSeconds:0")]
    [InlineData("Escalation:HighSeconds:2", "604801", "Escalation:HighSeconds:2")]
    [InlineData("Escalation:LowSeconds:0", "soon", "Escalation:LowSeconds:0")]
    [InlineData("Escalation:MediumSeconds:0", "1.5", "Escalation:MediumSeconds:0")]
    [InlineData("Escalation:CriticalSeconds:0", "30", "Escalation:CriticalSeconds")]
    [InlineData("Escalation:CriticalSeconds:0", "90", "Escalation:CriticalSeconds")]
    [InlineData("Escalation:CriticalSeconds:2", "20", "Escalation:CriticalSeconds")]
    public void A_time_that_cannot_be_stops_the_start_and_is_named(string key, string value, string named)
    {
        var act = () => From((key, value));

        act.Should().Throw<SettingMissing>().WithMessage($"Setting {named}: *");
    }

    private static EscalationTimes From(params (string Key, string Value)[] settings)
        => EscalationOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(one => one.Key, string? (one) => one.Value)).Build());
}
