using AlertDavao.Dashboard.Board;
using AlertDavao.Domain.Log;
using AlertDavao.Tests.Live;

namespace AlertDavao.Tests.Board;

/// <summary>A circuit's feed without a browser, its bell rung by hand.</summary>
public sealed class BoardFeedTests
{
    [Fact]
    public async Task Looking_shows_the_board_and_draws_and_subscribes_nothing()
    {
        await using var house = await House.Open();
        await house.Commit("PS1");
        await using var screen = new Screen(house, await house.Officer("PS1"));
        screen.Island("board", isBoard: true);

        screen.Look();

        screen.Feed.State.Rows.Should().ContainSingle();
        (house.Bus.Subscribers, screen.Drawn.Count).Should().Be((0, 0));
    }

    [Fact]
    public async Task Looking_as_nobody_shows_nothing()
    {
        await using var house = await House.Open();
        await using var screen = new Screen(house, Guid.NewGuid());

        screen.Feed.Look(new());

        screen.Feed.State.Should().BeSameAs(BoardState.Opening);
    }

    [Fact]
    public async Task An_account_that_no_officer_belongs_to_sees_no_report()
    {
        await using var house = await House.Open();
        await house.Commit("PS1");

        await using var screen = await Screen.Open(house, Guid.NewGuid());

        (screen.Last!.HasNoDuty, screen.Last.Picture).Should().Be((true, BoardPicture.Nothing));
    }

    [Fact]
    public async Task Two_islands_that_open_are_one_subscription()
    {
        await using var house = await House.Open();
        await using var screen = new Screen(house, await house.Officer("PS1"));
        screen.Island("alert", isBoard: false);
        screen.Start();
        screen.Island("board", isBoard: true);
        screen.Start();

        await screen.Follow();

        house.Bus.Subscribers.Should().Be(1);
        house.Bus.Listeners("PS1").Should().ContainSingle();
    }

    [Theory]
    [InlineData(true, "board")]
    [InlineData(false, "alert")]
    public async Task One_island_draws_a_delivery(bool hasBoard, string drawing)
    {
        await using var house = await House.Open();
        await using var screen = new Screen(house, await house.Officer("PS1"));
        screen.Island("alert", isBoard: false);
        if (hasBoard)
            screen.Island("board", isBoard: true);
        await screen.Follow();

        await Deliver(house, screen, "PS1");

        (screen.DrawsOf(drawing), screen.Drawn.Count).Should().Be((2, 2));
    }

    [Fact]
    public async Task The_alert_island_draws_again_when_the_board_has_gone()
    {
        await using var house = await House.Open();
        await using var screen = new Screen(house, await house.Officer("PS1"));
        screen.Island("alert", isBoard: false);
        var board = screen.Island("board", isBoard: true);
        await screen.Follow();
        board.Dispose();

        await Deliver(house, screen, "PS1");

        (screen.DrawsOf("board"), screen.DrawsOf("alert")).Should().Be((1, 1));
    }

    [Fact]
    public async Task A_circuit_without_an_island_keeps_its_state_right()
    {
        await using var house = await House.Open();
        await using var screen = new Screen(house, await house.Officer("PS1"));
        screen.Start();
        await Until.True(() => screen.Feed.State.Scope is not null, "the feed is open");
        await house.Commit("PS1");

        house.Advance("PS1");
        house.Bus.Wake("PS1");

        await Until.True(() => screen.Feed.State.Picture.Rows.Length == 1, "the report is in the state");
    }

    [Fact]
    public async Task A_wake_up_without_news_draws_nothing()
    {
        await using var house = await House.Open();
        await using var screen = await Screen.Open(house, await house.Officer("PS1"));
        house.Bus.Wake("PS1");
        house.Bus.Wake("PS1");

        await Deliver(house, screen, "PS1");

        screen.Drawn.Should().HaveCount(2, "the opening and the delivery");
    }

    [Fact]
    public async Task A_report_between_the_first_read_and_its_draw_is_not_missed()
    {
        await using var house = await House.Open();
        await using var screen = new Screen(house, await house.Officer("PS1"));
        screen.Island("board", isBoard: true);
        screen.BeforeDraw = async () =>
        {
            screen.BeforeDraw = () => Task.CompletedTask;
            await house.Commit("PS1");
            house.Advance("PS1");
            house.Bus.Wake("PS1");
        };

        await screen.Follow();

        await Until.True(() => screen.Last!.Picture.Rows.Length == 1, "the report was drawn");
        screen.Told.Should().Be(1);
    }

    [Fact]
    public async Task An_officer_of_one_station_never_holds_a_row_of_another()
    {
        await using var house = await House.Open();
        await house.Commit("PS2");
        await using var screen = await Screen.Open(house, await house.Officer("PS1"));
        for (var at = 0; at < 5; at++)
        {
            await house.Commit("PS2");
            house.Advance("PS2");
            house.Bus.Wake("PS2");
            await Deliver(house, screen, "PS1");
        }

        screen.Drawn.SelectMany(state => state.Picture.Rows.Concat(state.Burst)).Select(row => row.Log).Distinct().Should().Equal("PS1");
        screen.Drawn.SelectMany(state => state.Picture.Entries).Select(entry => entry.Log).Distinct().Should().Equal("PS1");
    }

    [Fact]
    public async Task What_came_between_the_page_and_the_circuit_is_fresh_also_when_the_board_looked_first()
    {
        await using var house = await House.Open();
        var officer = await house.Officer("PS1");
        await house.Commit("PS1");
        var page = house.Advance("PS1").Cursor;
        var later = await house.Commit("PS1");
        house.Advance("PS1");
        await using var screen = new Screen(house, officer);
        screen.Island("board", isBoard: true);
        screen.Look();

        await screen.Follow(page);

        screen.Last!.Rows.Where(screen.Last.IsFresh).Select(row => row.Id).Should().Equal(later);
    }

    [Fact]
    public async Task A_circuit_that_opens_shows_its_page_again_before_its_feed_has_drawn()
    {
        await using var house = await House.Open();
        await house.Commit("PS1");
        await using var screen = new Screen(house, await house.Officer("PS1"));
        screen.Start();

        screen.Look();

        screen.Feed.State.Rows.Should().ContainSingle();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a cursor")]
    public async Task A_page_without_a_good_cursor_opens_with_nothing_new(string since)
    {
        await using var house = await House.Open();
        await house.Commit("PS1");

        await using var screen = await Screen.Open(house, await house.Officer("PS1"), since);

        screen.Last!.Rows.Should().ContainSingle().And.NotContain(row => screen.Last.IsFresh(row));
    }

    [Fact]
    public async Task Fifty_circuits_that_open_and_close_leave_no_subscription()
    {
        await using var house = await House.Open();
        var officer = await house.Officer("PS1");
        for (var at = 0; at < 50; at++)
        {
            await using var screen = await Screen.Open(house, officer);
            house.Bus.Subscribers.Should().Be(1);
        }

        house.Bus.Subscribers.Should().Be(0);
        house.Bus.Listeners("PS1").Should().BeEmpty();
    }

    [Fact]
    public async Task A_circuit_that_closes_before_it_has_opened_leaves_nothing()
    {
        await using var house = await House.Open();
        var officer = await house.Officer("PS1");
        for (var at = 0; at < 50; at++)
        {
            await using var screen = new Screen(house, officer);
            screen.Start();
        }

        house.Bus.Subscribers.Should().Be(0);
    }

    [Fact]
    public async Task A_report_that_leaves_goes_from_the_screen_and_is_no_arrival()
    {
        await using var house = await House.Open();
        var id = await house.Commit("PS1");
        await using var screen = await Screen.Open(house, await house.Officer("PS1"));
        await house.Transfer(id, "PS2");

        house.Advance("PS1");
        house.Bus.Wake("PS1");

        await Until.True(() => screen.Last!.Picture.Rows.IsEmpty, "the row has gone");
        (screen.Last!.BurstSize, screen.Last.Picture.Entries[^1].Kind).Should().Be((0, EntryKind.Left));
    }

    private static async Task Deliver(House house, Screen screen, string log)
    {
        var id = await house.Commit(log);
        house.Advance(log);
        house.Bus.Wake(log);
        await Until.True(() => screen.Last!.Picture.Rows.Any(row => row.Id == id), "the report was drawn");
    }
}
