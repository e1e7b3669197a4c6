using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Tests.Live;
using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Board;

/// <summary>What an open screen shows when its officer's duties change.</summary>
public sealed class MovedOfficerTests
{
    [Fact]
    public async Task An_officer_without_duty_is_told_and_goes_live_the_moment_a_duty_is_given()
    {
        await using var house = await House.Open();
        var officer = await house.Officer();
        await using var screen = await Screen.Open(house, officer);
        screen.Last!.HasNoDuty.Should().BeTrue();
        await house.Commit("PS1");
        house.Advance("PS1");

        await Move(house, officer, "PS1");

        await Until.True(() => !screen.Last!.HasNoDuty, "the board is live");
        screen.Last!.Rows.Should().ContainSingle();
        house.Bus.Listeners("PS1").Should().ContainSingle();
    }

    [Fact]
    public async Task Every_screen_of_a_moved_officer_shows_the_new_station_and_no_row_of_the_old_one()
    {
        await using var house = await House.Open();
        var officer = await house.Officer("PS1");
        var colleague = await house.Officer("PS1");
        foreach (var log in new[] { "PS1", "PS3" })
        {
            await house.Commit(log);
            house.Advance(log);
        }

        await using var first = await Screen.Open(house, officer);
        await using var second = await Screen.Open(house, officer);
        await using var other = await Screen.Open(house, colleague);

        await Move(house, officer, "PS3");

        foreach (var screen in new[] { first, second })
        {
            await Until.True(() => screen.Last!.Scope!.Logs.SequenceEqual(["PS3"]), "the screen is on PS3");
            screen.Last!.Rows.Select(row => row.Log).Should().Equal("PS3");
            screen.Last.Rows.Should().NotContain(row => screen.Last.IsFresh(row), "a new board is not a burst of news");
            screen.Drawn.Should().OnlyContain(state => state.Rows.All(row => state.Scope!.Sees(row.Log)), "rows and scope change in one step");
        }

        other.Last!.Scope!.Logs.Should().Equal("PS1");
        house.Bus.Listeners("PS1").Should().ContainSingle();
        house.Bus.Subscribers.Should().Be(3);
    }

    [Fact]
    public async Task After_the_move_the_old_stations_reports_reach_the_screen_no_more()
    {
        await using var house = await House.Open();
        var officer = await house.Officer("PS1");
        await using var screen = await Screen.Open(house, officer);
        await Move(house, officer, "PS3");
        await Until.True(() => screen.Last!.Scope!.Sees("PS3"), "the screen is on PS3");

        await house.Commit("PS1");
        await house.Commit("PS3");
        foreach (var log in new[] { "PS1", "PS3" })
        {
            house.Advance(log);
            house.Bus.Wake(log);
        }

        await Until.True(() => screen.Last!.Picture.Rows.Length > 0, "PS3's report was drawn");
        screen.Last!.Rows.Should().OnlyContain(row => row.Log == "PS3");
    }

    [Fact]
    public async Task A_scope_that_is_void_is_noticed_at_the_next_delivery_though_nobody_rang_the_officer()
    {
        await using var house = await House.Open();
        var officer = await house.Officer("PS1");
        await using var screen = await Screen.Open(house, officer);
        await house.Post(officer, "PS3");
        house.Scopes.Forget(officer);

        await house.Commit("PS1", title: "Not for PS3");
        house.Advance("PS1");
        house.Bus.Wake("PS1");

        await Until.True(() => screen.Last!.Scope!.Sees("PS3"), "the screen is on PS3");
        screen.Drawn.SelectMany(state => state.Picture.Rows).Should().BeEmpty();
    }

    [Fact]
    public async Task The_worker_notices_a_duty_that_ended_by_the_clock()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 6, 7, 4, 0, 0, TimeSpan.Zero));
        await using var house = await House.Open(time);
        var officer = await house.Officer("PS1");
        await house.Writer.Run(unit =>
        {
            var duty = unit.Db.Duties.Single(d => d.OfficerId == officer);
            unit.Db.Duties.Remove(duty);
            unit.Db.Duties.Add(new(Guid.NewGuid(), officer, "PS1", duty.Role, unit.Now, unit.Now.AddMinutes(1)));
            return true;
        });
        await house.Commit("PS1");
        await using var screen = await Screen.Open(house, officer);
        screen.Last!.Rows.Should().ContainSingle();
        await house.StartFanOut();
        time.Advance(TimeSpan.FromMinutes(1));

        await Until.True(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return screen.Last!.HasNoDuty;
            },
            "the screen says that the duty has ended");

        screen.Last!.Rows.Should().BeEmpty();
    }

    [Fact]
    public async Task A_screen_whose_scope_cannot_be_read_shows_nothing_new_and_recovers()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 6, 7, 4, 0, 0, TimeSpan.Zero));
        await using var house = await House.Open(time);
        // The session could not be confirmed meanwhile either.
        await house.StartSessionWatch();
        await using var screen = await Screen.Open(house, await house.Officer("PS1"));
        await house.Commit("PS1");
        house.Advance("PS1");
        time.Advance(ScopeDirectory.Trust);
        house.Database.IsDown = true;
        house.Bus.Wake("PS1");
        await Until.True(() => house.Bus.Subscribers == 0, "the feed has noticed");
        screen.Last!.Rows.Should().BeEmpty();

        house.Database.IsDown = false;
        await Until.True(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return screen.Last!.Picture.Rows.Length == 1;
            },
            "the feed has recovered");

        house.Bus.Subscribers.Should().Be(1);
    }

    // What the command that posts an officer does after its commit.
    private static async Task Move(House house, Guid officer, params string[] logs)
    {
        await house.Post(officer, logs);
        house.Scopes.Forget(officer);
        house.Bus.Ring(officer);
    }
}
