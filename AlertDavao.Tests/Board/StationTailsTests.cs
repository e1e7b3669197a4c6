using AlertDavao.Dashboard.Board;
using AlertDavao.Tests.Live;

namespace AlertDavao.Tests.Board;

public sealed class StationTailsTests
{
    [Fact]
    public async Task A_ring_costs_one_database_read_however_many_screens_listen()
    {
        await using var house = await House.Open();
        var officer = await house.Officer("PS1");
        var screens = new List<Screen>();
        for (var at = 0; at < 40; at++)
            screens.Add(await Screen.Open(house, officer));
        await house.Commit("PS1");
        var before = house.Database.Commands;

        house.Tails.Advance("PS1");
        house.Bus.Wake("PS1");
        await Until.True(() => screens.TrueForAll(screen => screen.Feed.State.Picture.Rows.Length == 1), "every screen drew the report");

        (house.Database.Commands - before).Should().Be(1);
        foreach (var screen in screens)
            await screen.DisposeAsync();
    }

    [Fact]
    public async Task All_screens_of_one_log_hold_the_same_picture()
    {
        await using var house = await House.Open();
        await house.Commit("PS1");

        house.Tails.Of(Rows.Scope("PS1")).Should().BeSameAs(house.Tails.Of(Rows.Scope("PS1")));
    }

    [Fact]
    public async Task The_city_desks_picture_is_made_once_and_shared_by_its_screens()
    {
        await using var house = await House.Open();
        var desk = Rows.Scope([.. house.City.Logs]);
        await house.Commit("PS1");
        house.Advance("PS1");
        var first = house.Tails.Of(desk);

        house.Tails.Of(Rows.Scope([.. house.City.Logs])).Should().BeSameAs(first);

        await house.Commit("PS7");
        house.Advance("PS7");
        house.Tails.Of(desk).Should().NotBeSameAs(first);
    }

    [Fact]
    public async Task Reading_the_city_desks_picture_asks_the_database_nothing()
    {
        await using var house = await House.Open();
        var desk = Rows.Scope([.. house.City.Logs]);
        await house.Commit("PS1");
        house.Advance("PS1");
        var before = house.Database.Commands;

        house.Tails.Of(desk).Rows.Should().ContainSingle();

        house.Database.Commands.Should().Be(before);
    }

    [Fact]
    public async Task The_city_desks_picture_is_the_union_of_the_twenty_one_logs()
    {
        await using var house = await House.Open();
        house.City.Logs.Should().HaveCount(21);
        var number = 0;
        foreach (var log in house.City.Logs)
        {
            for (var at = 0; at <= number % 3; at++)
                await house.Commit(log, at == 0 ? "Robbery" : "Others");
            number++;
            house.Advance(log);
        }

        var all = house.Tails.Of(Rows.Scope([.. house.City.Logs]));

        all.Rows.Select(row => row.Id).Should().BeEquivalentTo(house.City.Logs.SelectMany(log => house.ReportsOf(log)));
        all.Rows.Should().BeInAscendingOrder(BoardRow.Order);
        all.Positions.Select(at => at.Log).Should().Equal(house.City.Logs);
        all.Positions.Should().OnlyContain(at => at.Number == house.Tails.Of(Rows.Scope(at.Log)).NumberOf(at.Log));
        all.Counters.Should().Be(house.City.Logs
            .Select(log => house.Tails.Of(Rows.Scope(log)).Counters)
            .Aggregate((sum, counters) => sum + counters));
        all.Entries.Select(entry => (entry.Log, entry.Number)).Should().OnlyHaveUniqueItems().And.HaveCount(all.Rows.Length);
    }

    [Fact]
    public async Task An_officer_of_two_stations_sees_both_and_no_third()
    {
        await using var house = await House.Open();
        foreach (var log in new[] { "PS1", "PS2", "PS3" })
        {
            await house.Commit(log);
            house.Advance(log);
        }

        var picture = house.Tails.Of(Rows.Scope("PS2", "PS1"));

        picture.Rows.Select(row => row.Log).Should().BeEquivalentTo("PS1", "PS2");
        picture.Positions.Select(at => at.Log).Should().Equal("PS1", "PS2");
    }

    [Fact]
    public async Task What_came_after_a_picture_of_several_logs_is_told_without_what_was_known()
    {
        await using var house = await House.Open();
        var scope = Rows.Scope("PS1", "PS2");
        var reader = house.Get<BoardReader>();
        await house.Commit("PS1", title: "known");
        house.Advance("PS1");
        var known = reader.Open(scope).Picture;
        await house.Commit("PS2", title: "first");
        await house.Commit("PS1", title: "second");
        await house.Commit("PS3", title: "foreign");
        foreach (var log in scope.Logs)
            house.Advance(log);
        house.Advance("PS3");

        var delta = reader.After(known, scope)!;

        delta.Reset.Should().BeFalse();
        delta.Entries.Select(entry => entry.Row!.Title).Should().BeEquivalentTo("first", "second");
        reader.After(delta.Picture, scope).Should().BeNull();
    }

    [Fact]
    public async Task An_officer_without_duty_reads_nothing()
    {
        await using var house = await House.Open();
        await house.Commit("PS1");
        house.Advance("PS1");

        house.Get<BoardReader>().Open(Rows.Scope()).Picture.Should().BeSameAs(BoardPicture.Nothing);
    }
}
