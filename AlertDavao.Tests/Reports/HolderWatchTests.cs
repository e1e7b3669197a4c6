using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Reports;

/// <summary>A claim whose holder has no screen any more. The clock and the stopwatch are one fake time; everything else is the product's.</summary>
public sealed class HolderWatchTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 6, 7, 4, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task After_sixty_seconds_without_a_screen_the_claim_lapses_and_the_row_shows_since_when()
    {
        await using var house = await House.Open(_time);
        var holder = await house.Officer("PS1");
        var report = await Held(house, "PS1", holder);
        var watch = Watch(house);
        var since = _time.GetUtcNow();

        await watch.Run();
        _time.Advance(HolderWatch.Patience - Second);
        await watch.Run();
        StoredIn(house, report).HolderOfflineSince.Should().BeNull("the time has not passed");
        _time.Advance(Second);
        await watch.Run();

        HolderWatch.Patience.Should().Be(TimeSpan.FromSeconds(60));
        var stored = StoredIn(house, report);
        (stored.ClaimedBy, stored.HolderOfflineSince, stored.Version).Should().Be((holder, since, 3));
        stored.Since(2).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = ReportEventKind.ClaimLapsed, OfficerId = (Guid?)null, OtherOfficer = holder });
        EntriesIn(house, report).Should().Equal((EntryKind.Arrived, 1), (EntryKind.Changed, 2), (EntryKind.Changed, 3));
        house.Advance("PS1").Rows.Single().Should().BeEquivalentTo(new { ClaimedBy = holder, HolderOfflineSince = since });
    }

    [Fact]
    public async Task A_lapse_is_noted_once_however_long_the_holder_is_gone()
    {
        await using var house = await House.Open(_time);
        var report = await Held(house, "PS1", await house.Officer("PS1"));
        var watch = Watch(house);
        for (var look = 0; look < 10; look++)
        {
            await watch.Run();
            _time.Advance(HolderWatch.Patience);
        }

        StoredIn(house, report).Version.Should().Be(3);
    }

    [Fact]
    public async Task A_holder_who_comes_back_is_noted_and_the_row_shows_it()
    {
        await using var house = await House.Open(_time);
        var holder = await house.Officer("PS1");
        var report = await Held(house, "PS1", holder);
        var watch = Watch(house);
        await Lapse(watch);

        using var screen = house.Get<LiveSessions>().Present.Enter(holder);
        await watch.Run();
        await watch.Run();

        var stored = StoredIn(house, report);
        (stored.ClaimedBy, stored.HolderOfflineSince, stored.Version).Should().Be((holder, null, 4));
        stored.Since(3).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = ReportEventKind.HolderReturned, OfficerId = (Guid?)null, OtherOfficer = holder });
        house.Advance("PS1").Rows.Single().HolderOfflineSince.Should().BeNull();
    }

    [Fact]
    public async Task One_screen_of_several_is_enough()
    {
        await using var house = await House.Open(_time);
        var holder = await house.Officer("PS1");
        var report = await Held(house, "PS1", holder);
        var present = house.Get<LiveSessions>().Present;
        var watch = Watch(house);
        using var first = present.Enter(holder);
        using var second = present.Enter(holder);

        first.Dispose();
        first.Dispose();
        await Lapse(watch);
        StoredIn(house, report).HolderOfflineSince.Should().BeNull("one is left, and the same one is gone once");
        second.Dispose();
        await Lapse(watch);

        StoredIn(house, report).HolderOfflineSince.Should().NotBeNull();
    }

    [Fact]
    public async Task Who_was_back_for_a_moment_is_given_the_whole_time_again()
    {
        await using var house = await House.Open(_time);
        var holder = await house.Officer("PS1");
        var report = await Held(house, "PS1", holder);
        var watch = Watch(house);
        await watch.Run();
        _time.Advance(HolderWatch.Patience - Second);

        using (house.Get<LiveSessions>().Present.Enter(holder))
            await watch.Run();
        await watch.Run();
        _time.Advance(HolderWatch.Patience - Second);
        await watch.Run();

        StoredIn(house, report).HolderOfflineSince.Should().BeNull();
    }

    [Fact]
    public async Task After_a_start_of_the_product_everybody_is_given_the_time_to_come_back()
    {
        await using var house = await House.Open(_time);
        var report = await Held(house, "PS1", await house.Officer("PS1"));
        _time.Advance(TimeSpan.FromHours(1));
        var watch = Watch(house);

        await watch.Run();
        _time.Advance(HolderWatch.Patience - Second);
        await watch.Run();

        StoredIn(house, report).HolderOfflineSince.Should().BeNull();
    }

    [Fact]
    public async Task Who_comes_back_after_a_restart_is_noted_although_another_process_saw_them_go()
    {
        await using var house = await House.Open(_time);
        var holder = await house.Officer("PS1");
        var report = await Held(house, "PS1", holder);
        await Lapse(Watch(house));

        using var screen = house.Get<LiveSessions>().Present.Enter(holder);
        await Watch(house).Run();

        StoredIn(house, report).HolderOfflineSince.Should().BeNull();
    }

    [Fact]
    public async Task What_was_released_does_not_lapse()
    {
        await using var house = await House.Open(_time);
        var holder = await house.Officer("PS1");
        var report = await Held(house, "PS1", holder);
        var watch = Watch(house);
        await watch.Run();
        await house.Change(report, (one, now) => one.Release(holder, isAdmin: false, null, now));

        _time.Advance(HolderWatch.Patience);
        await watch.Run();

        StoredIn(house, report).Version.Should().Be(3);
    }

    [Fact]
    public async Task Who_took_over_is_measured_by_their_own_screens()
    {
        await using var house = await House.Open(_time);
        var (gone, taker) = (await house.Officer("PS1"), await house.Officer("PS1"));
        var report = await Held(house, "PS1", gone);
        var watch = Watch(house);
        await Lapse(watch);
        using var screen = house.Get<LiveSessions>().Present.Enter(taker);
        await house.Change(report, (one, now) => one.TakeOver(taker, isAdmin: false, null, now));

        await Lapse(watch);

        var stored = StoredIn(house, report);
        (stored.ClaimedBy, stored.HolderOfflineSince, stored.Version).Should().Be((taker, null, 4));
    }

    [Fact]
    public async Task All_that_somebody_holds_lapses_and_nothing_of_anybody_else()
    {
        await using var house = await House.Open(_time);
        var (gone, there) = (await house.Officer("PS1", "PS2"), await house.Officer("PS1"));
        Guid[] lapsing = [await Held(house, "PS1", gone), await Held(house, "PS2", gone)];
        var kept = await Held(house, "PS1", there);
        using var screen = house.Get<LiveSessions>().Present.Enter(there);

        await Lapse(Watch(house));

        lapsing.Should().OnlyContain(report => StoredIn(house, report).HolderOfflineSince != null);
        StoredIn(house, kept).HolderOfflineSince.Should().BeNull();
    }

    private static HolderWatch Watch(House house) => new(
        house.Get<IDbContextFactory<AlertDavaoDb>>(), house.Writer, house.Bus, house.Get<LiveSessions>(), house.Time, NullLogger<HolderWatch>.Instance);

    private static async Task<Guid> Held(House house, string log, Guid holder)
    {
        var report = await house.Commit(log);
        await house.Change(report, (one, now) => one.Claim(holder, now));
        return report;
    }

    private async Task Lapse(HolderWatch watch)
    {
        await watch.Run();
        _time.Advance(HolderWatch.Patience);
        await watch.Run();
    }

    private static Report StoredIn(House house, Guid report)
    {
        using var db = house.Db();
        return db.Reports.AsNoTracking().Include(one => one.Events).Single(one => one.Id == report);
    }

    private static IEnumerable<(EntryKind, int)> EntriesIn(House house, Guid report)
    {
        using var db = house.Db();
        return [.. db.StationEntries.AsNoTracking().Where(entry => entry.ReportId == report).AsEnumerable().OrderBy(entry => entry.Number).Select(entry => (entry.Kind, entry.Version))];
    }
}
