using System.Globalization;
using System.Reflection;
using AlertDavao.Dashboard.Board;
using AlertDavao.Tests.Live;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Rendering;
using static AlertDavao.Domain.Reports.ReportStatus;

namespace AlertDavao.Tests.Board;

public sealed class ReportBoardTests
{
    [Fact]
    public async Task A_row_says_which_report_of_which_log_it_is_and_when_it_was_committed()
    {
        await using var house = await House.Open();
        var id = await house.Commit("PS1");
        await using var page = Page.Of(house, await house.Officer("PS1"));

        var row = (await page.Board()).Find("#report-board > li");

        var shown = page.Feed.State.Rows.Single();
        Data(row, "report-id").Should().Be(id.ToString());
        Data(row, "station").Should().Be("PS1");
        Data(row, "number").Should().Be("1");
        Data(row, "committed").Should().Be(shown.Committed.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_page_that_is_drawn_once_has_the_rows_and_subscribes_nothing()
    {
        await using var house = await House.Open();
        await house.Commit("PS1");
        await using var page = Page.Printed(house, await house.Officer("PS1"));

        page.Print().FindAll("#report-board > li").Should().ContainSingle();

        house.Bus.Subscribers.Should().Be(0);
    }

    [Fact]
    public async Task Whoever_looks_is_counted_on_the_page_that_is_drawn_once_and_on_the_live_board()
    {
        await using var house = await House.Open();
        var officer = await house.Officer("PS1");
        await using (var page = Page.Printed(house, officer))
            page.Print().Find(".watch > :last-child").TextContent.Should().Be("1 watching");

        await using var live = Page.Of(house, officer);
        var board = await live.Board();

        board.Find(".watch").QuerySelectorAll(".av").Should().ContainSingle();
        house.Bus.Subscribers.Should().Be(1);
    }

    [Fact]
    public async Task The_board_says_whose_it_is_so_that_a_report_beside_it_can_go_with_a_move()
    {
        await using var house = await House.Open();
        var officer = await house.Officer("PS1");
        await using var page = Page.Of(house, officer);
        var board = await page.Board();
        board.Find(".board").GetAttribute("data-scope").Should().Be("PS1");

        await house.Post(officer, "PS3");
        house.Scopes.Forget(officer);
        house.Bus.Ring(officer);

        board.WaitForAssertion(() => board.Find(".board").GetAttribute("data-scope").Should().Be("PS3"));
    }

    [Fact]
    public async Task One_delivery_is_one_render_and_no_call_to_the_browser()
    {
        await using var house = await House.Open();
        await house.Commit("PS1");
        await using var page = Page.Of(house, await house.Officer("PS1"));
        var board = await page.Board();
        var before = board.RenderCount;
        await house.Commit("PS1");
        await house.Commit("PS1");

        page.Deliver("PS1");

        board.WaitForAssertion(() => board.FindAll("#report-board > li").Should().HaveCount(3));
        board.RenderCount.Should().Be(before + 1);
        page.BrowserCalls.Should().Be(0);
    }

    [Fact]
    public async Task With_a_board_the_alert_island_is_not_drawn_by_a_delivery()
    {
        await using var house = await House.Open();
        await using var page = Page.Of(house, await house.Officer("PS1"));
        var board = await page.Board();
        var alerts = page.AlertsBeside();
        var before = alerts.RenderCount;
        await house.Commit("PS1");

        page.Deliver("PS1");

        board.WaitForAssertion(() => board.FindAll("#report-board > li").Should().ContainSingle());
        alerts.RenderCount.Should().Be(before);
    }

    [Fact]
    public async Task Only_what_arrives_after_the_opening_is_fresh()
    {
        await using var house = await House.Open();
        await house.Commit("PS1");
        await using var page = Page.Of(house, await house.Officer("PS1"));
        var board = await page.Board();
        board.FindAll("li.fresh").Should().BeEmpty();
        var id = await house.Commit("PS1");

        page.Deliver("PS1");

        board.WaitForAssertion(() => Data(board.FindAll("li.fresh").Single(), "report-id").Should().Be(id.ToString()));
        board.FindAll("#report-board > li").Should().HaveCount(2);
    }

    [Fact]
    public async Task What_came_in_while_the_page_became_a_circuit_is_fresh()
    {
        await using var house = await House.Open();
        await house.Commit("PS1");
        var cursor = house.Advance("PS1").Cursor;
        var id = await house.Commit("PS1");
        house.Advance("PS1");
        await using var page = Page.Of(house, await house.Officer("PS1"));

        var board = await page.Board(cursor);

        Data(board.FindAll("li.fresh").Single(), "report-id").Should().Be(id.ToString());
    }

    [Fact]
    public async Task A_report_somebody_acknowledged_is_still_the_same_element()
    {
        await using var house = await House.Open();
        var id = await house.Commit("PS1");
        await using var page = Page.Of(house, await house.Officer("PS1"));
        var board = await page.Board();
        board.Find("li").ClassList.Should().Contain("unack");
        await house.Change(id, (report, now) => report.Acknowledge(Guid.NewGuid(), now));

        page.Deliver("PS1");

        board.WaitForAssertion(() => board.FindAll("#report-board > li").Single().ClassList.Should().NotContain("unack"));
        Data(board.Find("li"), "report-id").Should().Be(id.ToString());
    }

    [Fact]
    public async Task An_empty_board_says_so()
    {
        await using var house = await House.Open();
        await using var page = Page.Of(house, await house.Officer("PS1"));

        var board = await page.Board();

        board.FindAll("li").Should().BeEmpty();
        board.Find(".empty").TextContent.Should().Contain(BoardTexts.EmptyBoard);
    }

    [Fact]
    public async Task An_officer_without_duty_is_told_and_sees_no_list_and_no_counters()
    {
        await using var house = await House.Open();
        await house.Commit("PS1");
        await using var page = Page.Of(house, await house.Officer());

        var board = await page.Board();

        board.Find("[role=status]").TextContent.Should().Contain(BoardTexts.NoDuty);
        board.FindAll("#report-board, .counters, #complete-to").Should().BeEmpty();
    }

    [Theory]
    [InlineData(false, "PS1")]
    [InlineData(true, "PS1", "PS2")]
    [InlineData(true, "CITY")]
    public async Task Rows_name_their_station_where_there_are_several(bool several, params string[] logs)
    {
        await using var house = await House.Open();
        await house.Commit("PS1");
        await using var page = Page.Of(house, await house.Officer(logs));

        var board = await page.Board();

        board.Find("#report-board").ClassList.Contains("several").Should().Be(several);
        board.Find("li .at-station").TextContent.Should().StartWith("PS1");
    }

    [Fact]
    public async Task Show_more_shows_fifty_more_and_then_goes()
    {
        await using var house = await House.Open();
        await house.CommitMany("PS1", 80, status: Acknowledged);
        await using var page = Page.Of(house, await house.Officer("PS1"));
        var board = await page.Board();
        board.FindAll("li").Should().HaveCount(50);

        board.Find(".more button").Click();

        board.FindAll("li").Should().HaveCount(80);
        board.FindAll(".more").Should().BeEmpty();
    }

    [Fact]
    public async Task Counters_and_rows_come_from_the_same_picture()
    {
        await using var house = await House.Open();
        var officer = await house.Officer("PS1");
        var claimed = await house.Commit("PS1");
        await house.Commit("PS1");
        await house.Change(claimed, (report, now) => report.Acknowledge(officer, now));
        await house.Change(claimed, (report, now) => report.Claim(officer, now));
        await house.Change(claimed, (report, now) => report.Move(Responding, officer, null, now));
        await using var page = Page.Of(house, officer);

        var board = await page.Board();

        Counter(board, "unacknowledged").Should().Be(board.FindAll("li.unack").Count.ToString(CultureInfo.InvariantCulture)).And.Be("1");
        Counter(board, "responding").Should().Be("1");
        Counter(board, "mine").Should().Be("1");
        board.Find("#complete-to").GetAttribute("data-cursor").Should().Be(page.Feed.State.Picture.Cursor);
    }

    [Fact]
    public async Task Unacknowledged_reports_beyond_the_list_are_counted_in_words()
    {
        await using var house = await House.Open();
        await house.CommitMany("PS1", BoardPicture.MaxUnacknowledged + 7);
        await using var page = Page.Of(house, await house.Officer("PS1"));

        var board = await page.Board();

        board.FindAll("li").Should().HaveCount(BoardPicture.MaxUnacknowledged);
        board.Find(".listhead").TextContent.Should().Contain("7 more unacknowledged");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(3, true)]
    public async Task Only_a_counter_above_zero_alarms(int unacknowledged, bool alarms)
    {
        await using var house = await House.Open();
        await house.CommitMany("PS1", 12, status: Acknowledged);
        await house.CommitMany("PS1", unacknowledged);
        await using var page = Page.Of(house, await house.Officer("PS1"));

        var board = await page.Board();
        var picture = page.Feed.State.Picture;

        board.Find("#count-unacknowledged").ClassList.Contains("alarm").Should().Be(alarms);
        board.FindAll(".counters [data-since]").Select(age => Data(age, "since"))
            .Should().Equal(alarms ? [picture.Rows.Where(row => row.IsUnacknowledged).Min(row => row.ReceivedAt).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)] : []);
        Counter(board, "unacknowledged").Should().Be(unacknowledged.ToString(CultureInfo.InvariantCulture));
        Counter(board, "today").Should().Be(picture.Counters.Today.ToString(CultureInfo.InvariantCulture));
    }

    // What is drawn at every delivery is kept twice a screen, in arrays of 32, 64, 128, 256 frames of 40 bytes.
    [Fact]
    public async Task What_is_drawn_at_every_delivery_fits_in_128_frames()
    {
        await using var house = await House.Open();
        await house.CommitMany("PS1", 80, status: Acknowledged);
        await house.CommitMany("PS1", 60);
        await using var page = Page.Of(house, await house.Officer("PS1"));
        var board = await page.Board();

        using var builder = new RenderTreeBuilder();
        typeof(ReportBoard).GetMethod("BuildRenderTree", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(board.Instance, [builder]);

#pragma warning disable BL0006 // Counted here, and nothing of it used in the product.
        builder.GetFrames().Count.Should().BeLessThanOrEqualTo(128);
#pragma warning restore BL0006
    }

    [Fact]
    public async Task A_board_that_is_left_draws_no_more()
    {
        await using var house = await House.Open();
        var page = Page.Of(house, await house.Officer("PS1"));
        await page.Board();

        await page.DisposeAsync();

        house.Bus.Subscribers.Should().Be(0);
    }

    private static string? Data(IElement element, string name) => element.GetAttribute($"data-{name}");

    private static string Counter(IRenderedComponent<ReportBoard> board, string name) => board.Find($"#count-{name} .n").TextContent;
}
