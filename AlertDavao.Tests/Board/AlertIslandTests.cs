using AlertDavao.Tests.Live;
using Bunit;

namespace AlertDavao.Tests.Board;

public sealed class AlertIslandTests
{
    private const string Hostile = "<img src=x onerror=alert(1)> \"quoted\" & 'more'";

    [Fact]
    public async Task The_notice_is_hidden_and_empty_before_anything_arrived()
    {
        await using var house = await House.Open();
        await house.Commit("PS1");
        await using var page = Page.Of(house, await house.Officer("PS1"));

        var notice = (await page.Alerts()).Find("#alert-notice");

        notice.HasAttribute("hidden").Should().BeTrue();
        (notice.GetAttribute("data-burst"), notice.GetAttribute("data-count"), notice.ChildElementCount).Should().Be(("", "0", 0));
    }

    [Fact]
    public async Task An_arrival_is_named_counted_and_still_hidden_for_the_script_to_show()
    {
        await using var house = await House.Open();
        await using var page = Page.Of(house, await house.Officer("PS1"));
        var alerts = await page.Alerts();
        var first = await house.Commit("PS1", "Robbery", "Armed robbery");
        var second = await house.Commit("PS1", "Others", "Lost dog");

        page.Deliver("PS1");

        alerts.WaitForAssertion(() => alerts.Find("#alert-notice").GetAttribute("data-burst").Should().Be($"{second} {first}"));
        var notice = alerts.Find("#alert-notice");
        notice.HasAttribute("hidden").Should().BeTrue();
        (notice.GetAttribute("data-count"), notice.GetAttribute("data-severity"), notice.GetAttribute("data-title"))
            .Should().Be(("2", "critical", "Armed robbery"));
        notice.QuerySelector("a")!.GetAttribute("href").Should().Be($"/reports/{first}");
        notice.QuerySelector(".nw")!.TextContent.Should().Be("2 new");
    }

    [Fact]
    public async Task One_arrival_needs_no_count()
    {
        await using var house = await House.Open();
        await using var page = Page.Of(house, await house.Officer("PS1"));
        var alerts = await page.Alerts();
        await house.Commit("PS1");

        page.Deliver("PS1");

        alerts.WaitForAssertion(() => alerts.Find("#alert-notice").GetAttribute("data-count").Should().Be("1"));
        alerts.FindAll("#alert-notice .nw").Should().BeEmpty();
    }

    [Fact]
    public async Task What_a_citizen_typed_is_text_in_the_notice()
    {
        await using var house = await House.Open();
        await using var page = Page.Of(house, await house.Officer("PS1"));
        var alerts = await page.Alerts();
        await house.Commit("PS1", title: Hostile);

        page.Deliver("PS1");

        alerts.WaitForAssertion(() => alerts.Find("#alert-notice .title").TextContent.Should().Be(Hostile));
        alerts.Find("#alert-notice").GetAttribute("data-title").Should().Be(Hostile);
        alerts.FindAll("img").Should().BeEmpty();
    }

    [Fact]
    public async Task Without_a_board_a_delivery_is_one_render_of_the_alerts_and_no_call_to_the_browser()
    {
        await using var house = await House.Open();
        await using var page = Page.Of(house, await house.Officer("PS1"));
        var alerts = await page.Alerts();
        var before = alerts.RenderCount;
        await house.Commit("PS1");

        page.Deliver("PS1");

        alerts.WaitForAssertion(() => alerts.Find("#alert-notice").GetAttribute("data-count").Should().Be("1"));
        (alerts.RenderCount - before, page.BrowserCalls).Should().Be((1, 0));
    }

    [Fact]
    public async Task A_long_burst_is_named_by_fifty_ids_at_most()
    {
        await using var house = await House.Open();
        await using var page = Page.Of(house, await house.Officer("PS1"));
        var alerts = await page.Alerts();
        await house.CommitMany("PS1", 120);

        page.Deliver("PS1");

        alerts.WaitForAssertion(() => alerts.Find("#alert-notice").GetAttribute("data-count").Should().Be("120"));
        alerts.Find("#alert-notice").GetAttribute("data-burst")!.Split(' ').Should().HaveCount(50);
    }
}
