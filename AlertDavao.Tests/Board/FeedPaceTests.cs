using System.Diagnostics;
using AlertDavao.Dashboard.Live;
using AlertDavao.Tests.Live;

namespace AlertDavao.Tests.Board;

/// <summary>How often a screen draws when its log takes in more than a person could read.</summary>
public sealed class FeedPaceTests
{
    [Fact]
    public async Task Five_hundred_reports_at_once_are_few_draws_and_the_last_one_is_right()
    {
        await using var house = await House.Open();
        await using var screen = await Screen.Open(house, await house.Officer("PS1"));
        await house.StartFanOut();
        var since = Stopwatch.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, 500).Select(async _ =>
        {
            await house.Commit("PS1");
            house.Bus.Ring("PS1");
        }));
        await Until.True(() => screen.Last!.Picture.NumberOf("PS1") == 500, "the last report was drawn");

        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        screen.Drawn.Count.Should().BeLessThanOrEqualTo(1 + DrawGate.Free + (int)Math.Ceiling(seconds * 20));
        screen.Last!.Rows.Select(row => row.Id).Should().BeEquivalentTo(house.ReportsOf("PS1"));
        screen.Told.Should().Be(500, "every arrival was told once");
        screen.Drawn.Select(state => state.Picture.NumberOf("PS1")).Should().BeInAscendingOrder();
    }

    [Fact]
    [Trait("catalogue", "O5")]
    public async Task O5_a_thousand_reports_a_second_into_one_station_are_twenty_draws_a_second_and_the_last_one_is_right()
    {
        const int seconds = 2;
        var time = new CountingTime();
        await using var house = await House.Open(time);
        await using var screen = await Screen.Open(house, await house.Officer("PS1"));

        for (var step = 0; step < seconds * 100; step++)
        {
            await house.CommitMany("PS1", 10);
            house.Advance("PS1");
            house.Bus.Wake("PS1");
            time.Advance(TimeSpan.FromMilliseconds(10));
        }

        await Until.True(
            () =>
            {
                time.Advance(DrawGate.Gap);
                return screen.Last!.Picture.NumberOf("PS1") == seconds * 1000;
            },
            "the last report was drawn");
        screen.Drawn.Count.Should().BeLessThanOrEqualTo(1 + DrawGate.Free + (20 * seconds) + 1);
        screen.Last!.Picture.Should().BeSameAs(house.Tails.Of(Rows.Scope("PS1")));
        screen.Last.Picture.Counters.Unacknowledged.Should().Be(seconds * 1000);
    }

    [Fact]
    public async Task The_sixth_draw_waits_for_its_gap()
    {
        var time = new CountingTime();
        await using var house = await House.Open(time);
        await using var screen = await Busy(house, time);

        await Ring(house, "Others");
        await Until.True(() => time.Waits > 0, "the feed waits");
        screen.Drawn.Should().HaveCount(DrawGate.Free);
        time.Advance(DrawGate.Gap);

        await Until.True(() => screen.Drawn.Count == DrawGate.Free + 1, "it drew after the gap");
    }

    [Fact]
    public async Task A_critical_report_is_drawn_at_once_however_often_the_screen_drew()
    {
        var time = new CountingTime();
        await using var house = await House.Open(time);
        await using var screen = await Busy(house, time);

        await Ring(house, "Robbery");

        await Until.True(() => screen.Drawn.Count == DrawGate.Free + 1, "it drew while the clock stood still");
    }

    [Fact]
    public async Task A_critical_report_ends_the_wait_that_lower_ones_began()
    {
        var time = new CountingTime();
        await using var house = await House.Open(time);
        await using var screen = await Busy(house, time);
        for (var lower = 1; lower <= 3; lower++)
        {
            var asked = await Ring(house, "Others", time);
            await Until.True(() => time.Asked > asked, $"the feed took lower report {lower} and looked at its gap");
        }

        await Ring(house, "Robbery");

        await Until.True(() => screen.Drawn.Count == DrawGate.Free + 1, "it drew while the clock stood still");
        time.Waits.Should().Be(1, "one gap is one timer");
        screen.Last!.Picture.NumberOf("PS1").Should().Be(8);
    }

    // Five draws while the clock stands still: the next one has to wait.
    private static async Task<Screen> Busy(House house, CountingTime time)
    {
        var screen = await Screen.Open(house, await house.Officer("PS1"));
        for (var draw = 2; draw <= DrawGate.Free; draw++)
        {
            await Ring(house, "Others");
            await Until.True(() => screen.Drawn.Count == draw, "it draws at once");
        }

        time.Waits.Should().Be(0);
        return screen;
    }

    private static async Task Ring(House house, string type) => await Ring(house, type, new CountingTime());

    // How often the clock had been asked when the bell rang.
    private static async Task<int> Ring(House house, string type, CountingTime time)
    {
        await house.Commit("PS1", type);
        house.Advance("PS1");
        var asked = time.Asked;
        house.Bus.Wake("PS1");
        return asked;
    }
}
