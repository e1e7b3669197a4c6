using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Officers;
using AlertDavao.Tests.Live;
using Microsoft.Extensions.Time.Testing;
using Posting = AlertDavao.Domain.Officers.Duty;

namespace AlertDavao.Tests.Board;

/// <summary>A station of which nobody would hear a report.</summary>
public sealed class SoundWatchTests
{
    private readonly FakeTimeProvider _time = new(Rows.Noon);

    [Fact]
    public async Task It_is_told_to_the_stations_admins_at_the_second_look_and_to_nobody_else()
    {
        await using var house = await House.Open(_time);
        var watch = house.Get<SoundWatch>();
        var (officer, admin, elsewhere, desk) = (await house.Officer("PS1"), await Admin(house, "PS1"), await Admin(house, "PS2"), await house.Officer("CITY"));
        await using var screens = await Screens.Of(house, officer, admin, elsewhere, desk);
        Sounds(house, watch, screens, elsewhere);

        watch.Look();
        watch.MutedOf(house.Scopes.Of(admin)).Should().BeEmpty("a page that was just loaded has not been touched yet");
        watch.Look();

        watch.MutedOf(house.Scopes.Of(admin)).Should().Be("PS1");
        foreach (var other in new[] { officer, elsewhere, desk })
            watch.MutedOf(house.Scopes.Of(other)).Should().BeEmpty();
        await Until.True(() => screens[admin].Last!.Muted == "PS1", "the admin's screen shows it without an arrival");
    }

    [Fact]
    public async Task One_screen_that_sounds_is_enough_and_takes_it_away_again()
    {
        await using var house = await House.Open(_time);
        var watch = house.Get<SoundWatch>();
        var (officer, admin) = (await house.Officer("PS1"), await Admin(house, "PS1"));
        await using var screens = await Screens.Of(house, officer, admin);
        watch.Look();
        watch.Look();
        await Until.True(() => screens[admin].Last!.Muted == "PS1", "nobody sounds");

        var hold = Sounds(house, watch, screens, officer);
        watch.Look();
        watch.MutedOf(house.Scopes.Of(admin)).Should().BeEmpty();
        await Until.True(() => screens[admin].Last!.Muted.Length == 0, "the line is gone");

        // The screen that sounded is closed.
        hold.Dispose();
        watch.Look();
        watch.Look();
        watch.MutedOf(house.Scopes.Of(admin)).Should().Be("PS1");
    }

    [Fact]
    public async Task Who_says_that_it_is_off_sounds_no_more_and_a_station_without_a_screen_is_not_muted()
    {
        await using var house = await House.Open(_time);
        var watch = house.Get<SoundWatch>();
        var admin = await Admin(house, "PS1");
        await using (var screens = await Screens.Of(house, admin))
        {
            using var hold = Sounds(house, watch, screens, admin);
            watch.Hears(admin).Should().BeTrue();
            watch.Says(admin, screens[admin].Session, sounds: false);
            watch.Hears(admin).Should().BeFalse();
            watch.Look();
            watch.Look();
            watch.MutedOf(house.Scopes.Of(admin)).Should().Be("PS1");
        }

        watch.Look();
        watch.MutedOf(house.Scopes.Of(admin)).Should().BeEmpty("nobody watches, which is another alarm");
    }

    private static IDisposable Sounds(House house, SoundWatch watch, Screens screens, Guid officer)
    {
        watch.Says(officer, screens[officer].Session, sounds: true);
        return house.Get<LiveSessions>().Hold(screens[officer].Session, _ => { });
    }

    private static Task<Guid> Admin(House house, string station) => house.Writer.Run(unit =>
    {
        var admin = new Officer(Guid.NewGuid(), "A. Dmin");
        unit.Db.Officers.Add(admin);
        unit.Db.Duties.Add(new Posting(Guid.NewGuid(), admin.Id, station, DutyRole.StationAdmin, unit.Now, null));
        return admin.Id;
    });

    private sealed class Screens : IAsyncDisposable
    {
        private readonly Dictionary<Guid, Screen> _all = [];

        public Screen this[Guid officer] => _all[officer];

        public static async Task<Screens> Of(House house, params Guid[] officers)
        {
            var screens = new Screens();
            foreach (var officer in officers)
                screens._all[officer] = await Screen.Open(house, officer);
            return screens;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var screen in _all.Values)
                await screen.DisposeAsync();
        }
    }
}
