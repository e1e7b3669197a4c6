using AlertDavao.Dashboard.Board;
using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Live;

/// <summary>A bell that is not to be relied on, and a screen that takes nothing.</summary>
public sealed class RingFaultTests
{
    [Theory]
    [Trait("catalogue", "O10")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task O10_rings_dropped_doubled_and_out_of_order_leave_every_screen_complete_after_one_sweep(int seed)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 6, 7, 4, 0, 0, TimeSpan.Zero));
        await using var house = await House.Open(time);
        var random = new Random(seed);
        string[] logs = ["PS1", "PS2", "PS3", "CITY"];
        string[][] duties = [["PS1"], ["PS2"], ["PS1", "PS3"], ["CITY"]];
        var screens = new List<Screen>();
        foreach (var duty in duties)
            screens.Add(await Screen.Open(house, await house.Officer(duty)));
        await SweepsRun(house, time, screens[0]);

        var held = new List<string>();
        for (var at = 0; at < 80; at++)
        {
            var log = logs[random.Next(logs.Length)];
            await house.Commit(log);
            // A third are lost; the others come once or more often, and some of them much later.
            for (var ring = random.Next(3); ring > 0; ring--)
            {
                if (random.Next(2) == 0)
                    held.Add(log);
                else
                    house.Bus.Ring(log);
            }
        }

        await Task.WhenAll(held.OrderBy(_ => random.Next()).Chunk(5).Select(some => Task.Run(() => Array.ForEach(some, house.Bus.Ring))));
        time.Advance(FanOut.LogSweep);

        foreach (var screen in screens)
        {
            var sees = screen.Last!.Scope!.Logs.SelectMany(log => house.ReportsOf(log)).ToHashSet();
            await Until.True(() => screen.Last!.Picture.Rows.Length == sees.Count, "one sweep completes it");
            screen.Last!.Picture.Rows.Select(row => row.Id).Should().OnlyHaveUniqueItems().And.BeEquivalentTo(sees);
            screen.Told.Should().Be(sees.Count, "every arrival is told once");
            await screen.DisposeAsync();
        }
    }

    [Fact]
    [Trait("catalogue", "C6")]
    public async Task C6_a_screen_that_takes_nothing_keeps_no_other_waiting_and_holds_one_ring_however_much_comes()
    {
        await using var house = await House.Open();
        var never = new TaskCompletionSource();
        await using var stuck = await Screen.Open(house, await house.Officer("PS1"));
        await using var other = await Screen.Open(house, await house.Officer("PS1"));
        await house.StartFanOut();
        stuck.BeforeDraw = () => never.Task;

        for (var at = 1; at <= 200; at++)
        {
            await house.Commit("PS1");
            house.Bus.Ring("PS1");
            if (at % 50 == 0)
                await Until.True(() => other.Last!.Picture.NumberOf("PS1") == at, "the other goes on");
        }

        stuck.Drawn.Should().HaveCount(1);
        never.SetResult();
        await Until.True(() => stuck.Last!.Picture.NumberOf("PS1") == 200, "it catches up");
        stuck.Drawn.Count.Should().BeLessThanOrEqualTo(3, "what waited is one delivery, and one more read");
        stuck.Told.Should().Be(200);
    }

    private static async Task SweepsRun(House house, FakeTimeProvider time, Screen screen)
    {
        await house.StartFanOut();
        await house.Commit("PS1");
        await Until.True(
            () =>
            {
                time.Advance(FanOut.LogSweep);
                return screen.Last!.Picture.Rows.Length == 1;
            },
            "the sweeps run");
    }
}
