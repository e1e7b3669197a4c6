using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Tests.Domain.Officers;

public sealed class BoardScopeTests
{
    private static readonly DateTimeOffset Noon = new(2024, 6, 7, 4, 0, 0, TimeSpan.Zero);
    private static readonly string[] AllLogs = ["CITY", "PS10", "PS2", "CYBER", "PS1"];

    private readonly Officer _santos = new(Guid.NewGuid(), "R. Santos");

    [Fact]
    public void An_officer_without_a_duty_sees_nothing()
    {
        var scope = At(Noon);

        scope.IsEmpty.Should().BeTrue();
        scope.Logs.Should().BeEmpty();
        AllLogs.Should().OnlyContain(log => !scope.Sees(log) && scope.RoleAt(log) == null);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(8 * TimeSpan.TicksPerHour - 1, true)]
    [InlineData(8 * TimeSpan.TicksPerHour, false)]
    [InlineData(8 * TimeSpan.TicksPerHour + 1, false)]
    public void A_duty_counts_from_its_start_until_just_before_its_end(long ticks, bool sees)
        => At(Noon.AddTicks(ticks), Duty("PS1", Noon, Noon.AddHours(8))).Sees("PS1").Should().Be(sees);

    [Fact]
    public void A_duty_until_further_notice_does_not_end()
        => At(Noon.AddYears(50), Duty("PS1", Noon)).Sees("PS1").Should().BeTrue();

    [Fact]
    public void An_officer_sees_the_station_of_the_duty_and_no_other()
        => At(Noon, Duty("PS1", Noon)).Logs.Should().Equal("PS1");

    [Fact]
    public void Duties_at_several_stations_add_up_in_station_order()
        => At(Noon, Duty("CYBER", Noon), Duty("PS10", Noon), Duty("PS2", Noon)).Logs.Should().Equal("PS2", "PS10", "CYBER");

    [Fact]
    public void Of_several_duties_only_those_in_force_now_count()
        => At(Noon, Duty("PS1", Noon.AddHours(-8), Noon), Duty("PS2", Noon), Duty("PS10", Noon.AddTicks(1))).Logs.Should().Equal("PS2");

    [Theory]
    [InlineData(DutyRole.Officer, DutyRole.StationAdmin)]
    [InlineData(DutyRole.StationAdmin, DutyRole.Officer)]
    public void The_admin_duty_beats_the_officers_at_the_same_station(DutyRole first, DutyRole second)
        => At(Noon, Duty("PS1", Noon, role: first), Duty("PS1", Noon, role: second)).RoleAt("PS1").Should().Be(DutyRole.StationAdmin);

    [Fact]
    public void An_admin_of_one_station_is_an_officer_at_another()
    {
        var scope = At(Noon, Duty("PS1", Noon, role: DutyRole.StationAdmin), Duty("PS2", Noon));

        (scope.RoleAt("PS1"), scope.RoleAt("PS2"), scope.RoleAt("PS10")).Should().Be((DutyRole.StationAdmin, DutyRole.Officer, null));
    }

    [Fact]
    public void An_admin_duty_that_is_over_leaves_the_officers()
        => At(Noon, Duty("PS1", Noon.AddHours(-9), Noon.AddHours(-1), DutyRole.StationAdmin), Duty("PS1", Noon.AddHours(-1)))
            .RoleAt("PS1").Should().Be(DutyRole.Officer);

    [Fact]
    public void The_city_desk_sees_every_log()
    {
        var scope = At(Noon, Duty("CITY", Noon, role: DutyRole.CityDesk));

        scope.Logs.Should().Equal("PS1", "PS2", "PS10", "CYBER", "CITY");
        scope.Logs.Should().OnlyContain(log => scope.RoleAt(log) == DutyRole.CityDesk);
        scope.IsCityDesk.Should().BeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_city_desk_beats_a_station_duty_in_any_order(bool deskFirst)
    {
        Duty[] duties = [Duty("CITY", Noon, role: DutyRole.CityDesk), Duty("PS1", Noon, role: DutyRole.StationAdmin)];

        At(Noon, deskFirst ? duties : [.. duties.Reverse()]).RoleAt("PS1").Should().Be(DutyRole.CityDesk);
    }

    [Fact]
    public void A_station_admin_is_no_city_desk()
    {
        var scope = At(Noon, [.. AllLogs.Where(log => log != LogCode.City).Select(log => Duty(log, Noon, role: DutyRole.StationAdmin))]);

        (scope.IsCityDesk, scope.Sees(LogCode.City)).Should().Be((false, false));
    }

    [Fact]
    public void Nobody_elses_duties_count()
    {
        var cruz = Guid.NewGuid();
        Duty[] others =
        [
            new(Guid.NewGuid(), cruz, "PS1", DutyRole.StationAdmin, Noon.AddHours(-1), Noon.AddHours(1)),
            new(Guid.NewGuid(), cruz, "CITY", DutyRole.CityDesk, Noon.AddHours(-1), null),
        ];

        var scope = At(Noon, others);

        (scope.IsEmpty, scope.IsCityDesk, scope.ValidUntil).Should().Be((true, false, DateTimeOffset.MaxValue));
    }

    [Theory]
    [InlineData("ps1")]
    [InlineData("PS1 ")]
    [InlineData("PS11")]
    [InlineData("")]
    public void A_code_that_only_resembles_the_station_is_not_seen(string log)
        => At(Noon, Duty("PS1", Noon)).Sees(log).Should().BeFalse();

    [Fact]
    public void A_scope_ends_when_a_duty_ends()
        => At(Noon, Duty("PS1", Noon, Noon.AddHours(8)), Duty("PS2", Noon, Noon.AddHours(2))).ValidUntil.Should().Be(Noon.AddHours(2));

    [Fact]
    public void A_scope_ends_when_a_planned_duty_starts()
        => At(Noon, Duty("PS1", Noon, Noon.AddHours(8)), Duty("PS2", Noon.AddHours(3), Noon.AddHours(5))).ValidUntil.Should().Be(Noon.AddHours(3));

    [Fact]
    public void A_boundary_that_is_now_or_past_ends_nothing()
        => At(Noon, Duty("PS1", Noon.AddHours(-8), Noon), Duty("PS2", Noon)).ValidUntil.Should().Be(DateTimeOffset.MaxValue);

    [Fact]
    public void An_empty_scope_ends_when_the_first_duty_starts()
        => At(Noon, Duty("PS1", Noon.AddTicks(1))).ValidUntil.Should().Be(Noon.AddTicks(1));

    [Fact]
    public void The_scope_made_at_a_boundary_differs_from_the_one_it_ends()
    {
        Duty[] duties = [Duty("PS1", Noon, Noon.AddHours(1)), Duty("PS2", Noon.AddHours(1), Noon.AddHours(2))];
        var first = At(Noon, duties);

        var second = At(first.ValidUntil, duties);

        second.Logs.Should().Equal("PS2");
        At(second.ValidUntil, duties).IsEmpty.Should().BeTrue();
    }

    [Theory]
    [InlineData(1, -1, true)]
    [InlineData(1, 0, false)]
    [InlineData(1, 1, false)]
    [InlineData(2, -1, false)]
    [InlineData(0, -1, false)]
    public void A_scope_is_valid_for_its_version_and_before_its_end(long version, long ticksAfterTheEnd, bool valid)
    {
        var scope = At(Noon, Duty("PS1", Noon, Noon.AddHours(1)));

        scope.IsValid(version, scope.ValidUntil.AddTicks(ticksAfterTheEnd)).Should().Be(valid);
    }

    [Fact]
    public void A_change_of_duties_voids_the_scope()
    {
        var scope = At(Noon, Duty("PS1", Noon));

        _santos.DutiesChanged();

        (scope.Version, scope.IsValid(_santos.ScopeVersion, Noon)).Should().Be((1, false));
    }

    [Fact]
    public void Officers_who_see_the_same_logs_share_a_key()
    {
        var cruz = new Officer(Guid.NewGuid(), "L. Cruz");
        Duty[] hers = [new(Guid.NewGuid(), cruz.Id, "PS10", DutyRole.StationAdmin, Noon, null), new(Guid.NewGuid(), cruz.Id, "PS2", DutyRole.Officer, Noon, null)];

        BoardScope.For(cruz, hers, AllLogs, Noon).Key.Should().Be(At(Noon, Duty("PS2", Noon), Duty("PS10", Noon)).Key);
    }

    [Fact]
    public void Different_sets_of_logs_have_different_keys()
    {
        BoardScope[] scopes =
        [
            At(Noon), At(Noon, Duty("PS1", Noon)), At(Noon, Duty("PS10", Noon)), At(Noon, Duty("PS1", Noon), Duty("PS10", Noon)),
            At(Noon, Duty("CITY", Noon, role: DutyRole.CityDesk)),
        ];

        scopes.Select(scope => scope.Key).Should().OnlyHaveUniqueItems();
    }

    private Duty Duty(string log, DateTimeOffset from, DateTimeOffset? until = null, DutyRole role = DutyRole.Officer)
        => new(Guid.NewGuid(), _santos.Id, log, role, from, until);

    private BoardScope At(DateTimeOffset now, params Duty[] duties) => BoardScope.For(_santos, duties, AllLogs, now);
}
