using AlertDavao.Dashboard.Duty;
using AlertDavao.Tests.Live;
using Microsoft.Extensions.Time.Testing;
using static AlertDavao.Domain.Officers.DutyRole;
using Posting = AlertDavao.Domain.Officers.Duty;

// "Duty" would hide the domain's type of that name from every other test.
namespace AlertDavao.Tests.OnDuty;

public sealed class ScopeDirectoryTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 6, 7, 4, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_scope_is_the_duties_that_are_in_force_now()
    {
        await using var house = await House.Open(_time);
        var officer = await house.Officer("PS1");
        await Add(house, officer, "PS2", -2 * Hour, -Hour);
        await Add(house, officer, "PS3", -Hour, Hour);
        await Add(house, officer, "PS4", Hour, 2 * Hour);

        house.Scopes.Of(officer).Logs.Should().Equal("PS1", "PS3");
    }

    [Fact]
    public async Task Other_officers_duties_are_not_ones_own()
    {
        await using var house = await House.Open(_time);
        var officer = await house.Officer("PS1");
        await house.Officer("PS2");

        house.Scopes.Of(officer).Logs.Should().Equal("PS1");
    }

    [Fact]
    public async Task An_officer_without_duties_has_an_empty_scope_that_is_live()
    {
        await using var house = await House.Open(_time);
        var officer = await house.Officer();

        var scope = house.Scopes.Of(officer);

        (scope.IsEmpty, house.Scopes.IsLive(scope)).Should().Be((true, true));
    }

    [Fact]
    public async Task The_city_desk_sees_every_log()
    {
        await using var house = await House.Open(_time);
        var officer = await house.Officer("CITY");

        house.Scopes.Of(officer).Logs.Should().Equal(house.City.Logs);
    }

    [Fact]
    public async Task An_unknown_officer_sees_nothing()
    {
        await using var house = await House.Open(_time);

        house.Scopes.Of(Guid.NewGuid()).Logs.Should().BeEmpty();
    }

    [Fact]
    public async Task All_screens_of_an_officer_share_one_scope()
    {
        await using var house = await House.Open(_time);
        var officer = await house.Officer("PS1");

        house.Scopes.Of(officer).Should().BeSameAs(house.Scopes.Of(officer));
    }

    [Fact]
    public async Task Asking_whether_a_scope_is_live_reads_no_database()
    {
        await using var house = await House.Open(_time);
        var scope = house.Scopes.Of(await house.Officer("PS1"));
        var before = house.Database.Commands;

        for (var delivery = 0; delivery < 1_000; delivery++)
            house.Scopes.IsLive(scope).Should().BeTrue();
        house.Scopes.Of(scope.OfficerId).Should().BeSameAs(scope);

        house.Database.Commands.Should().Be(before);
    }

    [Fact]
    public async Task A_scope_is_void_from_the_moment_it_is_forgotten()
    {
        await using var house = await House.Open(_time);
        var officer = await house.Officer("PS1");
        var scope = house.Scopes.Of(officer);
        await house.Post(officer, "PS3");

        house.Scopes.Forget(officer);

        house.Scopes.IsLive(scope).Should().BeFalse();
        house.Scopes.Of(officer).Logs.Should().Equal("PS3");
        house.Scopes.IsLive(scope).Should().BeFalse("the new one does not revive the old one");
    }

    [Fact]
    public async Task A_sweep_notices_a_moved_version_and_names_the_officer()
    {
        await using var house = await House.Open(_time);
        var moved = await house.Officer("PS1");
        var stays = await house.Officer("PS1");
        var (movedScope, staysScope) = (house.Scopes.Of(moved), house.Scopes.Of(stays));
        await house.Post(moved, "PS3");

        house.Scopes.Sweep().Should().Equal(moved);

        (house.Scopes.IsLive(movedScope), house.Scopes.IsLive(staysScope)).Should().Be((false, true));
        house.Scopes.Sweep().Should().BeEmpty();
    }

    [Fact]
    public async Task A_sweep_is_one_query()
    {
        await using var house = await House.Open(_time);
        for (var at = 0; at < 30; at++)
            house.Scopes.Of(await house.Officer("PS1"));
        var before = house.Database.Commands;

        house.Scopes.Sweep();

        (house.Database.Commands - before).Should().Be(1);
    }

    [Fact]
    public async Task An_officer_who_was_deleted_sees_nothing_after_the_sweep()
    {
        await using var house = await House.Open(_time);
        var officer = await house.Officer("PS1");
        var scope = house.Scopes.Of(officer);
        await house.Writer.Run(unit => unit.Db.Officers.Remove(unit.Db.Officers.Single(o => o.Id == officer)) is not null);

        house.Scopes.Sweep().Should().Equal(officer);

        (house.Scopes.IsLive(scope), house.Scopes.Of(officer).IsEmpty).Should().Be((false, true));
    }

    [Fact]
    public async Task The_end_of_a_duty_ends_its_scope_without_any_event()
    {
        await using var house = await House.Open(_time);
        var officer = await house.Officer();
        await Add(house, officer, "PS1", -Hour, TimeSpan.FromSeconds(3));
        var scope = house.Scopes.Of(officer);

        _time.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromMilliseconds(1));
        house.Scopes.IsLive(scope).Should().BeTrue();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        house.Scopes.IsLive(scope).Should().BeFalse();
        house.Scopes.Of(officer).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task The_start_of_a_duty_is_noticed_by_the_sweep()
    {
        await using var house = await House.Open(_time);
        var officer = await house.Officer();
        await Add(house, officer, "PS1", TimeSpan.FromSeconds(3), Hour);
        house.Scopes.Of(officer).IsEmpty.Should().BeTrue();

        _time.Advance(TimeSpan.FromSeconds(3));

        house.Scopes.Sweep().Should().Equal(officer);
        house.Scopes.Of(officer).Logs.Should().Equal("PS1");
    }

    [Fact]
    public async Task What_the_database_cannot_confirm_is_not_live_after_the_trust_ran_out()
    {
        await using var house = await House.Open(_time);
        var scope = house.Scopes.Of(await house.Officer("PS1"));
        house.Database.IsDown = true;

        _time.Advance(ScopeDirectory.Trust - TimeSpan.FromMilliseconds(1));
        house.Scopes.Invoking(scopes => scopes.Sweep()).Should().Throw<IOException>();
        house.Scopes.IsLive(scope).Should().BeTrue("a sweep that failed changes nothing yet");
        _time.Advance(TimeSpan.FromMilliseconds(1));

        house.Scopes.IsLive(scope).Should().BeFalse();
        house.Scopes.Invoking(scopes => scopes.Of(scope.OfficerId)).Should().Throw<IOException>();
    }

    [Fact]
    public async Task A_database_that_answers_again_makes_scopes_live_again()
    {
        await using var house = await House.Open(_time);
        var officer = await house.Officer("PS1");
        house.Scopes.Of(officer);
        house.Database.IsDown = true;
        _time.Advance(ScopeDirectory.Trust);
        house.Database.IsDown = false;

        var scope = house.Scopes.Of(officer);

        (house.Scopes.IsLive(scope), scope.Logs.Single()).Should().Be((true, "PS1"));
    }

    [Fact]
    public async Task A_sweep_that_confirms_a_scope_renews_the_trust()
    {
        await using var house = await House.Open(_time);
        var scope = house.Scopes.Of(await house.Officer("PS1"));

        for (var sweep = 0; sweep < 10; sweep++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            house.Scopes.Sweep().Should().BeEmpty();
        }

        house.Scopes.IsLive(scope).Should().BeTrue();
    }

    [Fact]
    public async Task An_officers_name_is_known_while_the_scope_is()
    {
        await using var house = await House.Open(_time);
        var officer = await house.Officer("PS1");
        house.Scopes.NameOf(officer).Should().BeEmpty();
        house.Scopes.Of(officer);

        house.Scopes.NameOf(officer).Should().Be("R. Santos");
    }

    private static Task<bool> Add(House house, Guid officer, string log, TimeSpan from, TimeSpan until) => house.Writer.Run(unit =>
    {
        unit.Db.Duties.Add(new Posting(Guid.NewGuid(), officer, log, Officer, unit.Now + from, unit.Now + until));
        return true;
    });
}
