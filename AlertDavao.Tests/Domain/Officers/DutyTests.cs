using AlertDavao.Domain;
using AlertDavao.Domain.Officers;

namespace AlertDavao.Tests.Domain.Officers;

public sealed class DutyTests
{
    private static readonly DateTimeOffset Noon = new(2024, 6, 7, 12, 0, 0, TimeSpan.FromHours(8));

    public static TheoryData<DateTimeOffset> NotAfterTheStart() => new(
        Noon, Noon.AddTicks(-1), Noon.AddYears(-1), Noon.ToUniversalTime(), Noon.ToOffset(TimeSpan.FromHours(14)));

    [Theory]
    [MemberData(nameof(NotAfterTheStart))]
    public void A_duty_ends_after_it_starts(DateTimeOffset until)
    {
        var make = () => Make("PS1", DutyRole.Officer, until);

        make.Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be("Duty.EndsBeforeItStarts");
    }

    [Theory]
    [InlineData("PS1", DutyRole.CityDesk)]
    [InlineData("CYBER", DutyRole.CityDesk)]
    [InlineData("CITY", DutyRole.Officer)]
    [InlineData("CITY", DutyRole.StationAdmin)]
    public void The_city_desks_role_and_its_log_go_together(string log, DutyRole role)
    {
        var make = () => Make(log, role, null);

        make.Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be("Duty.RoleAndLog");
    }

    [Theory]
    [InlineData("PS1", DutyRole.Officer)]
    [InlineData("PS1", DutyRole.StationAdmin)]
    [InlineData("CYBER", DutyRole.StationAdmin)]
    [InlineData("CITY", DutyRole.CityDesk)]
    public void A_role_that_fits_its_log_is_accepted(string log, DutyRole role)
        => Make(log, role, Noon.AddTicks(1)).Should().BeEquivalentTo(new { Log = log, Role = role });

    [Fact]
    public void Its_times_are_kept_in_UTC()
    {
        var duty = Make("PS1", DutyRole.Officer, Noon.AddHours(8));

        (duty.From, duty.Until).Should().Be((Noon, Noon.AddHours(8)));
        (duty.From.Offset, duty.Until!.Value.Offset).Should().Be((TimeSpan.Zero, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(TimeSpan.TicksPerHour - 1, true)]
    [InlineData(TimeSpan.TicksPerHour, false)]
    public void It_is_in_force_from_its_start_until_just_before_its_end(long ticks, bool inForce)
        => Make("PS1", DutyRole.Officer, Noon.AddHours(1)).IsInForce(Noon.AddTicks(ticks)).Should().Be(inForce);

    [Fact]
    public void An_officers_scope_version_starts_at_1_and_moves_with_the_duties()
    {
        var officer = new Officer(Guid.NewGuid(), "R. Santos");
        var before = officer.ScopeVersion;

        officer.DutiesChanged();

        (before, officer.ScopeVersion).Should().Be((1, 2));
    }

    private static Duty Make(string log, DutyRole role, DateTimeOffset? until)
        => new(Guid.NewGuid(), Guid.NewGuid(), log, role, Noon, until);
}
