using AlertDavao.Dashboard.Meters;
using AlertDavao.Tests.Data;
using AlertDavao.Tests.Live;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace AlertDavao.Tests.Meters;

/// <summary>Each meter moves when the thing happens; the live path and the writer, without a web server.</summary>
public sealed class MeterTests
{
    [Fact]
    public async Task A_delivery_to_a_screen_is_one_and_a_ring_that_brings_nothing_is_none()
    {
        await using var house = await House.Open();
        await using var screen = await Screen.Open(house, await house.Officer("PS1"));
        var before = Screens(house);
        await house.Commit("PS1");
        house.Advance("PS1");

        house.Bus.Wake("PS1");
        await Until.True(() => screen.Last!.Rows.Any(), "the report is drawn");
        await Until.True(() => Screens(house) == before + 1, "it is counted");
        house.Bus.Wake("PS1");
        await house.Commit("PS1");
        house.Advance("PS1");
        house.Bus.Wake("PS1");

        await Until.True(() => Screens(house) >= before + 2, "the second one is counted");
        Screens(house).Should().Be(before + 2);
    }

    [Fact]
    public void A_delivery_allocates_nothing()
    {
        var deliveries = new Deliveries();
        deliveries.ToScreen();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var more = 0; more < 10_000; more++)
        {
            deliveries.ToScreen();
            deliveries.ToFeed();
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        deliveries.Observe().Select(sum => sum.Value).Should().Equal(10_001, 10_000);
    }

    [Fact]
    public async Task What_is_committed_and_not_yet_told_is_the_lag_and_the_fan_out_takes_it_in()
    {
        await using var house = await House.Open();
        using var lag = new MetricCollector<long>(house.Get<ProductMeter>().Meter, ProductMeter.FeedLag);
        using var took = new MetricCollector<double>(house.Get<ProductMeter>().Meter, ProductMeter.CommitToFanOut);
        house.Tails.Lag().Should().Be(0);
        await house.Commit("PS1");
        await house.Commit("PS1");
        await house.Commit("PS2");
        house.Tails.Lag().Should().Be(2, "the worst log counts");

        await house.StartFanOut();
        house.Bus.Ring("PS1");
        house.Bus.Ring("PS2");
        await Until.True(() => took.GetMeasurementSnapshot().Count == 3, "each entry is measured");

        lag.RecordObservableInstruments();
        lag.LastMeasurement!.Value.Should().Be(0);
        took.GetMeasurementSnapshot().Should().OnlyContain(one => one.Value >= 0 && one.Value < 60 && one.Tags.Count == 0);
    }

    [Fact]
    public async Task The_writer_says_what_waits_how_many_go_together_and_how_long_the_disk_took()
    {
        using var store = new Store();
        using var queue = new MetricCollector<long>(store.Meter.Meter, ProductMeter.WriterQueue);
        using var group = new MetricCollector<int>(store.Meter.Meter, ProductMeter.WriterGroup);
        using var commit = new MetricCollector<double>(store.Meter.Meter, ProductMeter.WriterCommit);
        using var gate = await Gate.Close(store.Writer);
        var waiting = Enumerable.Range(0, 3).Select(at => store.Store1($"Report {at}")).ToList();

        queue.RecordObservableInstruments();
        queue.LastMeasurement!.Value.Should().Be(3);
        gate.Open();
        await Task.WhenAll(waiting);

        await Until.True(() => group.GetMeasurementSnapshot().Sum(one => one.Value) == 4, "both groups are measured");
        group.GetMeasurementSnapshot().Select(one => one.Value).Should().Equal(1, 3);
        commit.GetMeasurementSnapshot().Should().HaveCount(2).And.OnlyContain(one => one.Value > 0);
    }

    private static long Screens(House house) => house.Get<ProductMeter>().Deliveries.Observe().First().Value;
}
