using AlertDavao.Dashboard.Live;

namespace AlertDavao.Tests.Live;

public sealed class LiveBusTests
{
    private static readonly Guid Officer = Guid.NewGuid();

    private readonly LiveBus _bus = new();

    [Fact]
    public async Task Rings_of_one_log_that_nobody_took_are_one()
    {
        for (var ring = 0; ring < 1_000; ring++)
            _bus.Ring("PS1");
        _bus.Ring("PS2");

        (await Take(2)).Should().Equal("PS1", "PS2");
    }

    [Fact]
    public async Task A_ring_while_the_log_is_being_read_means_one_more_read()
    {
        _bus.Ring("PS1");
        await using var rung = _bus.Rung(CancellationToken.None).GetAsyncEnumerator();
        await Until.Done(rung.MoveNextAsync());

        _bus.Ring("PS1");
        _bus.Ring("PS1");
        _bus.Ring("end");

        (await Until.Done(rung.MoveNextAsync())).Should().BeTrue();
        rung.Current.Log.Should().Be("PS1");
        await Until.Done(rung.MoveNextAsync());
        rung.Current.Log.Should().Be("end");
    }

    [Fact]
    public async Task Arrivals_alone_may_wait_and_no_change_among_them_does()
    {
        _bus.RingForArrival("PS1");
        _bus.RingForArrival("PS1");
        _bus.RingForArrival("PS2");
        _bus.Ring("PS2");
        _bus.RingForArrival("PS2");
        await using var rung = _bus.Rung(CancellationToken.None).GetAsyncEnumerator();

        foreach (var expected in new[] { ("PS1", true), ("PS2", false) })
        {
            await Until.Done(rung.MoveNextAsync());
            rung.Current.Should().Be(expected);
        }
    }

    [Fact]
    public async Task Logs_come_out_in_the_order_they_first_rang()
    {
        foreach (var log in new[] { "PS3", "PS1", "PS3", "CITY", "PS1" })
            _bus.Ring(log);

        (await Take(3)).Should().Equal("PS3", "PS1", "CITY");
    }

    [Fact]
    public async Task The_fan_out_ends_when_the_program_stops()
    {
        using var stop = new CancellationTokenSource();
        await using var rung = _bus.Rung(stop.Token).GetAsyncEnumerator();
        var waiting = rung.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await waiting.Invoking(w => w).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Waking_a_log_reaches_exactly_its_listeners()
    {
        using var ps1 = _bus.Subscribe(Officer, ["PS1"]);
        using var both = _bus.Subscribe(Officer, ["PS1", "PS2"]);
        using var ps2 = _bus.Subscribe(Guid.NewGuid(), ["PS2"]);
        using var nobodys = _bus.Subscribe(Guid.NewGuid(), []);

        _bus.Wake("PS1");

        new[] { HasRung(ps1), HasRung(both), HasRung(ps2), HasRung(nobodys) }.Should().Equal(true, true, false, false);
    }

    [Fact]
    public void Ringing_an_officer_wakes_every_screen_of_that_officer_and_nobody_elses()
    {
        using var first = _bus.Subscribe(Officer, ["PS1"]);
        using var second = _bus.Subscribe(Officer, []);
        using var colleague = _bus.Subscribe(Guid.NewGuid(), ["PS1"]);

        _bus.Ring(Officer);

        new[] { HasRung(first), HasRung(second), HasRung(colleague) }.Should().Equal(true, true, false);
    }

    [Fact]
    public void Ringing_an_officer_without_a_screen_harms_nothing()
    {
        using var screen = _bus.Subscribe(Officer, ["PS1"]);

        _bus.Ring(Guid.NewGuid());

        HasRung(screen).Should().BeFalse();
    }

    [Fact]
    public void A_ring_of_a_log_alone_wakes_no_screen_before_the_log_was_read()
    {
        using var screen = _bus.Subscribe(Officer, ["PS1"]);

        _bus.Ring("PS1");

        HasRung(screen).Should().BeFalse();
    }

    [Fact]
    public void The_officers_with_a_screen_are_known_while_they_have_one()
    {
        var first = _bus.Subscribe(Officer, ["PS1"]);
        var second = _bus.Subscribe(Officer, ["PS1"]);
        first.Dispose();
        _bus.Officers.Should().Equal(Officer);

        second.Dispose();

        _bus.Officers.Should().BeEmpty();
    }

    [Fact]
    public void What_has_unsubscribed_is_no_listener()
    {
        var gone = _bus.Subscribe(Officer, ["PS1", "PS2"]);
        using var stays = _bus.Subscribe(Officer, ["PS1"]);

        gone.Dispose();

        _bus.Listeners("PS1").Should().Equal(stays);
        _bus.Listeners("PS2").Should().BeEmpty();
        _bus.Subscribers.Should().Be(1);
    }

    private static bool HasRung(Subscription subscription) => subscription.Rings(CancellationToken.None).AsTask().IsCompleted;

    private async Task<List<string>> Take(int count)
    {
        var taken = new List<string>();
        await using var rung = _bus.Rung(CancellationToken.None).GetAsyncEnumerator();
        while (taken.Count < count && await Until.Done(rung.MoveNextAsync()))
            taken.Add(rung.Current.Log);
        return taken;
    }
}
