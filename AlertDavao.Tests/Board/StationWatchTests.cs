using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Live;
using AlertDavao.Tests.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Board;

/// <summary>All stations at a glance, and the alarm of a station that nobody watches.</summary>
public sealed class StationWatchTests
{
    private readonly FakeTimeProvider _time = new(Rows.Noon);

    [Fact]
    public async Task A_station_without_duty_and_screen_is_told_to_the_city_desk_at_the_second_look_and_to_nobody_else()
    {
        await using var house = await House.Open(_time);
        var watch = house.Get<StationWatch>();
        await OnDutyEverywhereBut(house, "PS7");
        var (officer, desk) = (await house.Officer("PS1"), await house.Officer("CITY"));
        await using var screen = await Screen.Open(house, desk);

        Look(watch);
        watch.UnwatchedOf(house.Scopes.Of(desk)).Should().BeEmpty("a change of shift is no alarm");
        Look(watch);

        watch.UnwatchedOf(house.Scopes.Of(desk)).Should().Be("PS7 Paquibato");
        watch.UnwatchedOf(house.Scopes.Of(officer)).Should().BeEmpty();
        await Until.True(() => screen.Last!.Unwatched == "PS7 Paquibato", "the desk's screen shows it without an arrival");
        watch.Last!.Stations.Single(station => station.Code == "PS7").NobodySince.Should().Be(Rows.Noon + StationWatch.Period);

        await house.Officer("PS7");
        Look(watch);
        watch.UnwatchedOf(house.Scopes.Of(desk)).Should().BeEmpty();
        await Until.True(() => screen.Last!.Unwatched.Length == 0, "the alarm is gone");
    }

    [Fact]
    public async Task A_station_without_a_duty_at_the_first_look_after_the_start_is_the_same_alarm()
    {
        await using var house = await House.Open(_time);
        var watch = house.Get<StationWatch>();
        await OnDutyEverywhereBut(house, "PS7", "CYBER");
        var desk = await house.Officer("CITY");
        Look(watch);
        Look(watch);

        watch.UnwatchedOf(house.Scopes.Of(desk)).Should().Be("PS7 Paquibato, CYBER Cybercrime Division");
    }

    [Fact]
    public async Task A_glance_counts_duties_screens_and_reports_and_the_desks_own_screen_watches_no_station()
    {
        await using var house = await House.Open(_time);
        var watch = house.Get<StationWatch>();
        var (officer, desk) = (await house.Officer("PS1"), await house.Officer("CITY"));
        await house.Officer("PS1");
        await using var first = await Screen.Open(house, officer);
        await using var second = await Screen.Open(house, officer);
        await using var glancing = await Screen.Open(house, desk);
        var shown = new List<CityGlance>();
        using (watch.Show(shown.Add))
        {
            Look(watch);
            watch.Viewers.Should().Be(1);
        }

        Look(watch);

        watch.Viewers.Should().Be(0);
        var glance = shown.Should().ContainSingle().Which;
        glance.Stations.Should().HaveCount(20).And.NotContain(station => station.Code == "CITY");
        var ps1 = glance.Stations.Single(station => station.Code == "PS1");
        (ps1.OnDuty, ps1.Screens, ps1.NobodySince).Should().Be((2, 2, null));
        glance.Stations.Where(station => station.Code != "PS1").Should().OnlyContain(station => station.Screens == 0 && station.OnDuty == 0);
    }

    private void Look(StationWatch watch)
    {
        _time.Advance(StationWatch.Period);
        watch.Look();
    }

    private static async Task OnDutyEverywhereBut(House house, params string[] codes)
    {
        foreach (var code in house.City.Stations.Keys.Except(codes))
            await house.Officer(code);
    }
}
