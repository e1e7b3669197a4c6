using AlertDavao.Dashboard.Live;

namespace AlertDavao.Tests.Live;

public sealed class SubscriptionTests
{
    private readonly LiveBus _bus = new();

    [Fact]
    public void A_thousand_rings_while_the_screen_is_busy_are_one()
    {
        using var screen = _bus.Subscribe(Guid.NewGuid(), ["PS1"]);

        for (var ring = 0; ring < 1_000; ring++)
            _bus.Wake("PS1");

        screen.Rings(CancellationToken.None).AsTask().IsCompletedSuccessfully.Should().BeTrue();
        screen.Rings(CancellationToken.None).AsTask().IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task A_ring_after_the_last_was_taken_is_another()
    {
        using var screen = _bus.Subscribe(Guid.NewGuid(), ["PS1"]);
        _bus.Wake("PS1");
        await Until.Done(screen.Rings(CancellationToken.None));
        var next = screen.Rings(CancellationToken.None);

        _bus.Wake("PS1");

        (await Until.Done(next)).Should().BeTrue();
    }

    [Fact]
    public async Task Disposing_ends_the_wait()
    {
        var screen = _bus.Subscribe(Guid.NewGuid(), ["PS1"]);
        var waiting = screen.Rings(CancellationToken.None);

        screen.Dispose();

        (await Until.Done(waiting)).Should().BeFalse();
    }

    [Fact]
    public async Task Stopping_the_circuit_ends_the_wait()
    {
        using var stop = new CancellationTokenSource();
        using var screen = _bus.Subscribe(Guid.NewGuid(), ["PS1"]);
        var waiting = screen.Rings(stop.Token);

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => Until.Done(waiting)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Disposing_twice_takes_away_one_screen()
    {
        var officer = Guid.NewGuid();
        var screen = _bus.Subscribe(officer, ["PS1"]);
        using var other = _bus.Subscribe(officer, ["PS1"]);

        screen.Dispose();
        screen.Dispose();

        _bus.Subscribers.Should().Be(1);
        _bus.Listeners("PS1").Should().Equal(other);
    }

    [Fact]
    public void Disposing_from_many_threads_leaves_nothing()
    {
        var officer = Guid.NewGuid();
        var screens = Enumerable.Range(0, 200).Select(_ => _bus.Subscribe(officer, ["PS1", "PS2"])).ToList();

        Parallel.ForEach(screens.Concat(screens), screen => screen.Dispose());

        Nothing();
    }

    [Fact]
    public void A_ring_after_the_end_harms_nothing()
    {
        var officer = Guid.NewGuid();
        var screen = _bus.Subscribe(officer, ["PS1"]);
        var held = _bus.Listeners("PS1");
        screen.Dispose();

        var act = () =>
        {
            foreach (var late in held)
                late.Wake();
            _bus.Wake("PS1");
            _bus.Ring(officer);
        };

        act.Should().NotThrow();
        Nothing();
    }

    [Fact]
    public async Task Fifty_threads_that_subscribe_ring_and_dispose_leave_nothing()
    {
        string[] logs = ["PS1", "PS2", "PS3"];
        var officers = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToArray();
        var begin = new TaskCompletionSource();
        var threads = Enumerable.Range(0, 50).Select(thread => Task.Run(async () =>
        {
            await begin.Task;
            var random = new Random(thread);
            for (var round = 0; round < 100; round++)
            {
                var screen = _bus.Subscribe(officers[random.Next(officers.Length)], [.. logs.Take(random.Next(logs.Length + 1))]);
                _bus.Ring(logs[random.Next(logs.Length)]);
                _bus.Wake(logs[random.Next(logs.Length)]);
                _bus.Ring(screen.Officer);
                (await Until.Done(screen.Rings(CancellationToken.None))).Should().BeTrue("its officer was rung");
                screen.Dispose();
            }
        })).ToList();

        begin.SetResult();
        await Task.WhenAll(threads);

        Nothing();
    }

    private void Nothing()
    {
        _bus.Subscribers.Should().Be(0);
        _bus.Officers.Should().BeEmpty();
        foreach (var log in new[] { "PS1", "PS2", "PS3" })
            _bus.Listeners(log).Should().BeEmpty();
    }
}
