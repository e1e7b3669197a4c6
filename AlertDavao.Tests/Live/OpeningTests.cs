using System.Diagnostics;
using System.Security.Claims;
using AlertDavao.Dashboard.Board;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Live;

/// <summary>Screens that open in the middle of commits, by the thousand.</summary>
public sealed class OpeningTests
{
    private const int LogsUsed = 15;
    private const int Openings = 3000;

    [Fact]
    [Trait("catalogue", "O6")]
    public async Task O6_three_thousand_feeds_that_open_during_commits_have_no_gap_and_nothing_twice()
    {
        await using var house = await House.Open();
        await house.StartFanOut();
        var officers = new List<(string Log, ClaimsPrincipal User)>();
        foreach (var log in house.City.Logs.Take(LogsUsed))
            officers.Add((log, house.SignIn(await house.Officer(log))));
        using var done = new CancellationTokenSource();
        var commits = officers.Select(one => Commit(house, one.Log, done.Token)).ToList();

        await Task.WhenAll(officers.SelectMany((one, at) => Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var seed = (at * 4) + worker; seed < Openings; seed += officers.Count * 4)
                await Open(house, one.Log, one.User, seed);
        }))));
        await done.CancelAsync();
        await Task.WhenAll(commits);

        house.Bus.Subscribers.Should().Be(0);
    }

    private static async Task Open(House house, string log, ClaimsPrincipal user, int seed)
    {
        var random = new Random(seed);
        await using var circuit = house.Get<IServiceScopeFactory>().CreateAsyncScope();
        var feed = circuit.ServiceProvider.GetRequiredService<BoardFeed>();
        var drawn = new List<BoardState>();
        using var island = feed.Attach(isBoard: true, OnCircuit, () => { });
        Thread.SpinWait(random.Next(20_000));
        feed.Open(user, null);
        var wanted = random.Next(1, 4);
        await Until.True(() => Count() > wanted, $"seed {seed} draws");

        lock (drawn)
        {
            var (first, last) = (drawn[0].Picture, drawn[^1].Picture);
            // Arrivals alone happen here: the number of a log is how many it has.
            (first.NumberOf(log) - first.Counters.Unacknowledged).Should().Be(0, $"seed {seed} opens complete");
            (last.NumberOf(log) - last.Counters.Unacknowledged).Should().Be(0, $"seed {seed} stays complete");
            drawn.Skip(1).Sum(state => state.BurstSize).Should().Be((int)(last.NumberOf(log) - first.NumberOf(log)), $"seed {seed}: none is missed, none told twice");
            last.Rows.Select(row => row.Number).Should().OnlyHaveUniqueItems($"seed {seed}");
        }

        Task OnCircuit(Action action)
        {
            lock (drawn)
            {
                action();
                drawn.Add(feed.State);
            }

            return Task.CompletedTask;
        }

        int Count()
        {
            lock (drawn)
                return drawn.Count;
        }
    }

    private static async Task Commit(House house, string log, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await house.Commit(log);
            house.Bus.Ring(log);
            var since = Stopwatch.GetTimestamp();
            // A board of thousands is another test's: as many as the screens need.
            await Until.True(() => done.IsCancellationRequested || Stopwatch.GetElapsedTime(since) > TimeSpan.FromMilliseconds(5), "time passes");
        }
    }
}
