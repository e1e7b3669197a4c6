using System.Net.Http.Json;
using AlertDavao.Dashboard.Meters;
using AlertDavao.Tests.Data;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Intake;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace AlertDavao.Tests.Meters;

/// <summary>Each meter moves when the thing happens; what comes in over HTTP.</summary>
[Collection(SecurityTests.Name)]
public sealed class MeterOverHttpTests(LoggedApp app)
{
    private ProductMeter Meter => app.App.Services.GetRequiredService<ProductMeter>();

    [Fact]
    public async Task Each_outcome_of_the_intake_is_counted_as_what_it_was()
    {
        using var outcomes = new MetricCollector<long>(Meter.Meter, ProductMeter.Intake);
        using var durations = new MetricCollector<double>(Meter.Meter, ProductMeter.IntakeDuration);
        using var nobody = app.App.Intake("not-a-key");
        var report = A.Report("Counted");

        (await app.Client.Post(report, "counted-once")).Dispose();
        (await app.Client.Post(report, "counted-once")).Dispose();
        (await app.Client.Post(new Dictionary<string, object?> { ["title"] = "" })).Dispose();
        (await nobody.PostAsJsonAsync("/api/reports", report)).Dispose();

        Said(outcomes).Should().Equal(IntakeOutcomes.Accepted, IntakeOutcomes.Repeated, IntakeOutcomes.Invalid, IntakeOutcomes.Unauthorised);
        durations.GetMeasurementSnapshot().Should().ContainSingle().Which.Value.Should().BePositive();
    }

    [Fact]
    public async Task Too_many_are_limited_and_what_cannot_be_stored_is_our_fault()
    {
        var database = new FaultyDatabase();
        using var limited = TestApp.Start(new() { ["Limits:IntakePerKeyPerMinute"] = "1" }, database.AddTo);
        using var outcomes = new MetricCollector<long>(limited.Services.GetRequiredService<ProductMeter>().Meter, ProductMeter.Intake);
        using var client = limited.Intake(limited.NewIntakeKey("one a minute"));
        using var demo = limited.Intake();

        (await client.PostAsJsonAsync("/api/reports", A.Report())).Dispose();
        (await client.PostAsJsonAsync("/api/reports", A.Report())).Dispose();
        database.BreakAt(3);
        (await demo.PostAsJsonAsync("/api/reports", A.Report())).Dispose();
        database.Mend();

        Said(outcomes).Should().Equal(IntakeOutcomes.Accepted, IntakeOutcomes.Limited, IntakeOutcomes.Failed);
    }

    [Fact]
    public async Task A_full_queue_is_busy()
    {
        using var full = TestApp.Start();
        using var outcomes = new MetricCollector<long>(full.Services.GetRequiredService<ProductMeter>().Meter, ProductMeter.Intake);
        using var demo = full.Intake();
        using var gate = await Gate.Close(full.Writer());
        var waiting = Enumerable.Range(0, Dashboard.Data.Writer.QueueLimit).Select(_ => full.Writer().Run(_ => true)).ToList();

        (await demo.PostAsJsonAsync("/api/reports", A.Report())).Dispose();
        gate.Open();
        await Task.WhenAll(waiting);

        Said(outcomes).Should().Equal(IntakeOutcomes.Busy);
    }

    [Fact]
    public async Task A_feed_is_a_subscriber_and_what_it_is_told_is_a_delivery()
    {
        using var subscribers = new MetricCollector<int>(Meter.Meter, ProductMeter.Subscribers);
        using var device = await app.App.DeviceOf("officer.ps9");
        var before = Meter.Deliveries.Observe().Last().Value;

        using (var feed = await FeedReader.Open(device))
        {
            await feed.CatchUp();
            await Eventually.Holds(() => Meter.Deliveries.Observe().Last().Value > before, "the board is a delivery");
            await Eventually.Holds(() => Feeds(subscribers) == 1, "the feed is counted");
        }

        await Eventually.Holds(() => Feeds(subscribers) == 0, "it is gone");
    }

    [Fact]
    public async Task The_write_ahead_log_has_a_size_and_a_circuit_is_counted()
    {
        using var wal = new MetricCollector<long>(Meter.Meter, ProductMeter.WalBytes);
        using var circuits = new MetricCollector<long>(Meter.Meter, ProductMeter.Circuits);
        (await app.Client.Post(A.Report("In the log"))).Dispose();

        wal.RecordObservableInstruments();
        circuits.RecordObservableInstruments();

        wal.LastMeasurement!.Value.Should().BePositive();
        circuits.LastMeasurement!.Value.Should().BeGreaterThanOrEqualTo(0);
    }

    private static IEnumerable<string> Said(MetricCollector<long> outcomes)
        => outcomes.GetMeasurementSnapshot().Select(one => (string)one.Tags[IntakeOutcomes.Tag]!);

    private static int Feeds(MetricCollector<int> subscribers)
    {
        subscribers.RecordObservableInstruments();
        return subscribers.GetMeasurementSnapshot().Last(one => (string)one.Tags[ProductMeter.Kind]! == ProductMeter.Feed).Value;
    }
}
