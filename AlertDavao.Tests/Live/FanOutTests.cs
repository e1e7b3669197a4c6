using AlertDavao.Dashboard.Board;
using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Live;

/// <summary>The worker with its real sweeps: what rings, what does not, and who opens in between.</summary>
public sealed class FanOutTests
{
    [Fact]
    public async Task A_ring_reaches_every_screen_of_its_log()
    {
        await using var house = await House.Open();
        await house.StartFanOut();
        var officer = await house.Officer("PS1");
        await using var first = await Screen.Open(house, officer);
        await using var second = await Screen.Open(house, await house.Officer("PS1"));
        await using var desk = await Screen.Open(house, await house.Officer("CITY"));
        var id = await house.Commit("PS1");

        house.Bus.Ring("PS1");

        foreach (var screen in new[] { first, second, desk })
            await Until.True(() => screen.Last!.Burst.Any(row => row.Id == id), "the report was drawn as an arrival");
    }

    [Fact]
    public async Task A_lost_ring_is_healed_by_the_next_sweep()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 6, 7, 4, 0, 0, TimeSpan.Zero));
        await using var house = await House.Open(time);
        await using var screen = await Screen.Open(house, await house.Officer("PS1"));
        await house.StartFanOut();
        await house.Commit("PS1", title: "shows that the sweep runs");
        await Until.True(
            () =>
            {
                time.Advance(FanOut.LogSweep);
                return screen.Last!.Picture.Rows.Length == 1;
            },
            "the sweep runs");

        await house.Commit("PS1", title: "nobody rang");
        time.Advance(FanOut.LogSweep);

        await Until.True(() => screen.Last!.Picture.Rows.Length == 2, "one sweep found it");
        FanOut.LogSweep.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Doubled_and_reordered_rings_change_nothing()
    {
        await using var house = await House.Open();
        await house.StartFanOut();
        await using var screen = await Screen.Open(house, await house.Officer("CITY"));
        var random = new Random(7);
        var logs = house.City.Logs;
        for (var at = 0; at < 60; at++)
        {
            await house.Commit(logs[random.Next(logs.Length)]);
            for (var ring = random.Next(4); ring > 0; ring--)
                house.Bus.Ring(logs[random.Next(logs.Length)]);
        }

        foreach (var log in logs.Reverse().Concat(logs))
            house.Bus.Ring(log);

        await Until.True(() => screen.Last!.Picture.Rows.Length == 60, "every report was drawn");
        screen.Last!.Picture.Rows.Select(row => row.Id).Should()
            .OnlyHaveUniqueItems().And.BeEquivalentTo(logs.SelectMany(log => house.ReportsOf(log)));
        screen.Told.Should().Be(60, "every arrival was told once");
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_is_read_by_the_next_sweep()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 6, 7, 4, 0, 0, TimeSpan.Zero));
        await using var house = await House.Open(time);
        await using var screen = await Screen.Open(house, await house.Officer("PS1"));
        await house.StartFanOut();
        await house.Commit("PS1");
        house.Database.IsDown = true;
        house.Bus.Ring("PS1");
        time.Advance(FanOut.LogSweep);
        house.Database.IsDown = false;

        await Until.True(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return screen.Last!.Picture.Rows.Length == 1;
            },
            "the worker lives and found it");
    }

    [Fact]
    public async Task In_a_flood_a_log_that_nobody_listens_to_waits_a_while_and_whoever_begins_to_has_all_of_it()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 6, 7, 4, 0, 0, TimeSpan.Zero));
        await using var house = await House.Open(time);
        await house.StartFanOut();
        for (var number = 1; number <= FanOut.UnheardAtOnce; number++)
            await Arrives("PS1", number);

        await Waits("PS1", FanOut.UnheardAtOnce);
        time.Advance(FanOut.Unheard);
        await Arrives("PS1", FanOut.UnheardAtOnce + 2);
        await Waits("PS1", FanOut.UnheardAtOnce + 2);
        house.Bus.Ring("PS1");
        await Until.True(() => house.Tails.NumberOf("PS1") == FanOut.UnheardAtOnce + 3, "a change does not wait");
        await Waits("PS1", FanOut.UnheardAtOnce + 3);
        await using var screen = await Screen.Open(house, await house.Officer("PS1"));
        await Until.True(() => screen.Last!.Picture.NumberOf("PS1") == FanOut.UnheardAtOnce + 4, "it is read for who begins to listen");
        await Arrives("PS1", FanOut.UnheardAtOnce + 5);
        await Arrives("PS1", FanOut.UnheardAtOnce + 6);

        async Task Arrives(string log, long number)
        {
            await house.Commit(log);
            house.Bus.RingForArrival(log);
            await Until.True(() => house.Tails.NumberOf(log) == number, $"number {number} is taken in");
        }

        // Another log, rung after it, has been read: so its own ring was taken, and let go by.
        async Task Waits(string log, long number)
        {
            await house.Commit(log);
            house.Bus.RingForArrival(log);
            var other = house.Tails.NumberOf("PS2") + 1;
            await Arrives("PS2", other);
            house.Tails.NumberOf(log).Should().Be(number);
        }
    }

    [Fact]
    public async Task A_ring_of_a_log_that_does_not_exist_stops_nothing()
    {
        await using var house = await House.Open();
        await house.StartFanOut();
        await using var screen = await Screen.Open(house, await house.Officer("PS1"));
        await house.Commit("PS1");

        house.Bus.Ring("PS99");
        house.Bus.Ring("PS1");

        await Until.True(() => screen.Last!.Picture.Rows.Length == 1, "the worker lives");
    }

    [Fact]
    public async Task A_screen_that_opens_while_reports_are_committed_misses_none_and_has_none_twice()
    {
        await using var house = await House.Open();
        await house.StartFanOut();
        var officers = new List<(string Log, Guid Id)>();
        foreach (var log in house.City.Logs.Take(15))
            officers.Add((log, await house.Officer(log)));
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (log, officer) = officers[seed % officers.Count];
            await using var screen = new Screen(house, officer);
            screen.Island("board", isBoard: true);

            var committing = Commit(house, log, random.Next(1, 4));
            // Somewhere between before the first commit and after the last ring; or all of them between its read and its draw.
            if (random.Next(3) == 0)
                screen.BeforeDraw = () => committing;
            else
                Thread.SpinWait(random.Next(60_000));
            screen.Start();
            await committing;

            var expected = house.ReportsOf(log);
            await Until.True(() => screen.Last is { } last && last.Picture.NumberOf(log) == expected.Length, $"seed {seed} is complete");
            screen.Last!.Picture.Rows.Select(row => row.Id).Order().Should().Equal(expected.Order(), $"seed {seed}");
            (screen.Drawn[0].Picture.Rows.Length + screen.Told).Should().Be(expected.Length, $"seed {seed}: nothing is told twice");
        }
    }

    private static async Task Commit(House house, string log, int reports)
    {
        for (var at = 0; at < reports; at++)
        {
            await house.Commit(log);
            house.Bus.Ring(log);
        }
    }
}
