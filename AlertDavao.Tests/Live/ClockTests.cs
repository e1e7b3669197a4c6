using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Meters;
using AlertDavao.Domain.Log;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace AlertDavao.Tests.Live;

/// <summary>A clock that is set while reports come in.</summary>
public sealed class ClockTests
{
    [Theory]
    [Trait("catalogue", "O12")]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(-24)]
    [InlineData(11)]
    public async Task O12_a_screen_misses_nothing_and_is_told_nothing_twice_when_the_clock_is_set(int hours)
    {
        var time = new ShiftedTime();
        await using var house = await House.Open(time);
        await house.StartFanOut();
        using var lags = new MetricCollector<double>(house.Get<ProductMeter>().Meter, ProductMeter.CommitToFanOut);
        await using var screen = await Screen.Open(house, await house.Officer("PS1"));
        var arrived = new List<Guid>();
        for (var at = 0; at < 30; at++)
        {
            if (at == 10)
                time.Advance(TimeSpan.FromHours(hours));
            if (at == 20)
                time.Advance(TimeSpan.FromHours(-hours));
            arrived.Add(await house.Commit("PS1"));
            house.Bus.Ring("PS1");
        }

        await Until.True(() => screen.Last!.Picture.NumberOf("PS1") == 30, "every report was drawn");

        screen.Last!.Rows.Select(row => row.Id).Should().BeEquivalentTo(arrived).And.OnlyHaveUniqueItems();
        screen.Told.Should().Be(30);
        screen.Drawn.Select(state => state.Picture.NumberOf("PS1")).Should().BeInAscendingOrder();
        lags.GetMeasurementSnapshot().Select(lag => lag.Value).Should().OnlyContain(lag => lag >= 0, "no age is negative");
    }

    [Theory]
    [Trait("catalogue", "O12")]
    [InlineData(-1)]
    [InlineData(24)]
    public async Task O12_entries_are_told_by_number_whatever_the_clock_said_and_cursors_stay_good(int hours)
    {
        var time = new ShiftedTime();
        await using var house = await House.Open(time);
        var scope = house.Scopes.Of(await house.Officer("PS1"));
        var reader = house.Get<BoardReader>();
        house.Advance("PS1");
        var cursor = reader.Look(scope).Cursor;
        var arrived = new List<Guid>();
        for (var at = 0; at < 30; at++)
        {
            if (at == 15)
                time.Advance(TimeSpan.FromHours(hours));
            arrived.Add(await house.Commit("PS1"));
            if (at % 4 == 0)
                house.Advance("PS1");
        }

        house.Advance("PS1");
        Cursor.TryParse(cursor, out var after).Should().BeTrue();
        var page = reader.Page(reader.Look(scope), after);

        page.Reset.Should().BeFalse("the cursor is as good as before");
        page.Entries.Select(entry => entry.ReportId).Should().Equal(arrived);
        page.Entries.Select(entry => entry.Number).Should().Equal(Enumerable.Range(1, 30).Select(number => (long)number));
        house.Scopes.Of(scope.OfficerId).Logs.Should().Equal("PS1");
    }
}
