using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Devices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Reported = System.Collections.Generic.Dictionary<string, object?>;

namespace AlertDavao.Tests.Reports;

/// <summary>The clock of the running product, with the domain's own times for what is critical.</summary>
public sealed class EscalationClockTests(EscalationClockTests.Product product) : IClassFixture<EscalationClockTests.Product>
{
    [Fact]
    public async Task A_critical_report_that_nobody_acknowledges_is_told_one_level_after_the_other_an_entry_each()
    {
        var report = await product.File("PS1", "Three levels");
        foreach (var (seconds, level) in new[] { (15, EscalationLevel.Station), (15, EscalationLevel.Admins), (30, EscalationLevel.CityDesk) })
        {
            product.Time.Advance(TimeSpan.FromSeconds(seconds));
            await product.Tells(report, level);
        }

        var stored = product.App.Stored(report);
        var told = stored.Since(1);
        told.Select(e => (e.Kind, e.Level, e.OfficerId)).Should().Equal(
            (ReportEventKind.Escalated, EscalationLevel.Station, null),
            (ReportEventKind.Escalated, EscalationLevel.Admins, null),
            (ReportEventKind.Escalated, EscalationLevel.CityDesk, null));
        told.Zip([15, 30, 60], (e, seconds) => e.At >= stored.WaitsSince!.Value.AddSeconds(seconds)).Should().OnlyContain(inTime => inTime);
        (stored.Version, stored.Status, stored.EscalatesAt).Should().Be((4, ReportStatus.Received, null));
        product.App.EntriesOf(report).Select(entry => (entry.Kind, entry.Version)).Should().Equal(
            (EntryKind.Arrived, 1), (EntryKind.Changed, 2), (EntryKind.Changed, 3), (EntryKind.Changed, 4));
    }

    [Fact]
    public async Task An_escalation_reaches_the_stations_board()
    {
        using var officer = await Hand.Of(product.App, "officer.ps2");
        var report = await product.File("PS2", "Told to the board");
        var before = await officer.Client.Now();

        product.Time.Advance(TimeSpan.FromSeconds(15));

        var told = await officer.Told(report, before, "changed");
        told.GetProperty("report").GetProperty("version").GetInt32().Should().Be(2);
    }

    [Fact]
    public async Task Those_due_at_one_station_go_as_one_unit_and_another_stations_go_in_its_own_log()
    {
        var here = new List<Guid>();
        for (var at = 0; at < 4; at++)
            here.Add(await product.File("PS3", $"Due together {at}"));
        var there = await product.File("PS4", "Due elsewhere");

        product.Time.Advance(TimeSpan.FromSeconds(15));
        foreach (var report in here.Append(there))
            await product.Tells(report, EscalationLevel.Station);

        var entries = here.Select(report => product.App.EntriesOf(report)[1]).OrderBy(entry => entry.Number).ToList();
        entries.Select(entry => entry.At).Distinct().Should().ContainSingle("one unit has one moment");
        entries.Select(entry => entry.Number).Should().Equal(Enumerable.Range(0, here.Count).Select(at => entries[0].Number + at));
        entries.Should().OnlyContain(entry => entry.Log == "PS3");
        product.App.EntriesOf(there)[1].Log.Should().Be("PS4");
    }

    [Fact]
    public async Task What_was_acknowledged_is_told_to_nobody()
    {
        using var officer = await Hand.Of(product.App, "officer.ps5");
        var (seen, waiting) = (await product.File("PS5", "Seen"), await product.File("PS5", "Waiting"));
        (await officer.Do(seen, "acknowledge", 1)).Status.Should().Be(HttpStatusCode.OK);

        product.Time.Advance(TimeSpan.FromSeconds(60));
        await product.Tells(waiting, EscalationLevel.CityDesk);

        var stored = product.App.Stored(seen);
        (stored.Version, stored.Escalated).Should().Be((2, EscalationLevel.None));
        product.App.Stored(waiting).Since(1).Should().ContainSingle("the levels it passed meanwhile are one entry");
    }

    [Fact]
    public async Task A_report_of_the_demo_is_told_to_its_station_alone()
    {
        var demo = await product.File("PS6", "From the demo", isDemo: true);
        var real = await product.File("PS6", "From the city");

        product.Time.Advance(TimeSpan.FromSeconds(60));
        await product.Tells(real, EscalationLevel.CityDesk);

        var stored = product.App.Stored(demo);
        (stored.Source, stored.Escalated, stored.EscalatesAt).Should().Be((ReportSource.Demo, EscalationLevel.Station, null));
    }

    [Fact]
    public async Task A_report_that_was_moved_waits_anew_at_its_new_station()
    {
        using var desk = await Hand.Of(product.App, "hq");
        var report = await product.File("PS7", "Moved while it waits");
        product.Time.Advance(TimeSpan.FromSeconds(60));
        await product.Tells(report, EscalationLevel.CityDesk);
        (await desk.Do(report, "transfer", 2, new { to = "PS8", reason = "their side" })).Status.Should().Be(HttpStatusCode.OK);

        product.Time.Advance(TimeSpan.FromSeconds(15));
        await product.Tells(report, EscalationLevel.Station);

        product.App.EntriesOf(report).Select(entry => (entry.Log, entry.Kind)).Should().Equal(
            ("PS7", EntryKind.Arrived), ("PS7", EntryKind.Changed), ("PS7", EntryKind.Left), ("PS8", EntryKind.Arrived), ("PS8", EntryKind.Changed));
    }

    [Fact]
    public async Task What_came_due_while_the_product_was_down_is_told_after_its_start_at_the_highest_level_it_reached()
    {
        var time = new ShiftedTime();
        using var first = Product.Start(time);
        var key = first.NewIntakeKey("city");
        var (waiting, seen) = (await Product.File(first, key, "PS1", "Waits through a restart"), await Product.File(first, key, "PS1", "Seen before it"));
        using (var officer = await Hand.Of(first, "officer.ps1"))
            (await officer.Do(seen, "acknowledge", 1)).Status.Should().Be(HttpStatusCode.OK);
        first.Stop();
        time.Advance(TimeSpan.FromSeconds(35));

        using var again = Product.Start(time, first.Storage);
        await Eventually.Holds(() => again.Stored(waiting).Version > 1, "the report is told");

        var stored = again.Stored(waiting);
        stored.Since(1)[0].Should().BeEquivalentTo(new { Kind = ReportEventKind.Escalated, Level = EscalationLevel.Admins });
        again.Stored(seen).Version.Should().Be(2);
    }

    /// <summary>A running product whose clock is set forward by the tests; each files reports of its own.</summary>
    public sealed class Product : IDisposable
    {
        private readonly string _key;

        public Product()
        {
            App = Start(Time);
            _key = App.NewIntakeKey("city");
        }

        public TestApp App { get; }

        internal ShiftedTime Time { get; } = new();

        internal static TestApp Start(ShiftedTime time, string? storage = null)
        {
            var settings = new Dictionary<string, string> { ["Escalation:CriticalSeconds:0"] = "15" };
            void With(IServiceCollection services) => services.AddSingleton<TimeProvider>(time);
            if (storage is null)
                return TestApp.Start(settings, With);

            var app = new TestApp(settings, With, storage);
            app.UseKestrel();
            app.StartServer();
            return app;
        }

        internal Task<Guid> File(string station, string title, bool isDemo = false) => File(App, isDemo ? null : _key, station, title);

        internal static async Task<Guid> File(TestApp app, string? key, string station, string title)
        {
            using var client = key is null ? app.Intake() : app.Intake(key);
            using var answer = await client.PostAsJsonAsync("/api/reports", Robbery(app, station, title));
            answer.StatusCode.Should().Be(HttpStatusCode.Created);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("report_id").GetGuid();
        }

        internal Task Tells(Guid report, EscalationLevel level)
            => Eventually.Holds(() => App.Stored(report).Escalated == level, $"{level} is told");

        public void Dispose() => App.Dispose();

        private static Reported Robbery(TestApp app, string station, string title) => A.ReportFor(app, station, title);
    }
}
