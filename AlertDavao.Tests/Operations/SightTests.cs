using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Meters;
using AlertDavao.Dashboard.Operations;
using AlertDavao.Domain.Log;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertDavao.Tests.Operations;

/// <summary>What is kept of the receipts: when a report was first painted and first seen, and by whom.</summary>
public sealed class SightTests : IDisposable
{
    private readonly ShiftedTime _time = new();
    private readonly TestApp _app;

    public SightTests() => _app = TestApp.Start(services: services => services.AddSingleton<TimeProvider>(_time));

    private Sights Sights => _app.Services.GetRequiredService<Sights>();

    private long Epoch => _app.Services.GetRequiredService<CityBook>().Epoch;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task What_was_painted_and_seen_is_kept_with_when_and_by_whom_and_only_the_first_time()
    {
        using var officer = await _app.SignedIn("officer.ps1");
        using var admin = await _app.SignedIn("admin.ps1");
        var report = (await _app.Arrive("PS1", 1))[0];
        _time.Advance(TimeSpan.FromSeconds(20));
        var (version, number) = Standing(report);

        var before = _time.GetUtcNow();
        await Tell(officer, At("PS1"), paintedAgo: 4000, seen: [report], seenAgo: 1000);
        var after = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMinutes(1));
        await Tell(admin, At("PS1"), paintedAgo: 0, seen: [report], seenAgo: 0);

        var sight = SightOf(report).Should().ContainSingle().Subject;
        sight.Log.Should().Be("PS1");
        sight.FirstPaintedAt.Should().BeOnOrAfter(Whole(before.AddSeconds(-4))).And.BeOnOrBefore(after.AddSeconds(-4));
        sight.FirstSeenAt.Should().BeOnOrAfter(Whole(before.AddSeconds(-1))).And.BeOnOrBefore(after.AddSeconds(-1));
        sight.FirstSeenBy.Should().Be(_app.IdOf("officer.ps1"));
        Standing(report).Should().Be((version, number), "nothing of the report changes and nobody is rung");
    }

    [Fact]
    public async Task No_look_at_a_report_is_older_than_its_commit()
    {
        using var officer = await _app.SignedIn("officer.ps1");
        var report = (await _app.Arrive("PS1", 1))[0];

        await Tell(officer, At("PS1"), paintedAgo: 60_000, seen: [report], seenAgo: 60_000);

        using var db = _app.Db();
        var committed = db.StationEntries.Single(entry => entry.ReportId == report).At;
        var sight = SightOf(report).Single();
        (sight.FirstPaintedAt, sight.FirstSeenAt).Should().Be((committed, committed));
    }

    [Fact]
    public async Task Of_a_log_the_officer_does_not_see_nothing_is_kept_and_the_answer_is_the_same()
    {
        using var officer = await _app.SignedIn("officer.ps1");
        var foreign = (await _app.Arrive("PS2", 1))[0];
        var own = (await _app.Arrive("PS1", 1))[0];

        await Tell(officer, At("PS2"), seen: [foreign, Guid.NewGuid()]);
        SightOf(foreign).Should().BeEmpty();
        await Tell(officer, At("PS1", "PS2", "CITY"), seen: [foreign]);

        SightOf(foreign).Should().BeEmpty();
        SightOf(own).Should().ContainSingle(sight => sight.FirstPaintedAt != null && sight.FirstSeenAt == null);
    }

    [Fact]
    public async Task One_who_may_not_see_a_report_does_not_stand_for_one_who_may()
    {
        using var officer = await _app.SignedIn("officer.ps1");
        using var desk = await _app.SignedIn("hq");
        var report = (await _app.Arrive("PS2", 1))[0];

        (await Send(officer, At("PS1"), seen: [report])).Should().Be(HttpStatusCode.NoContent);
        (await Send(desk, At("PS1"), seen: [report])).Should().Be(HttpStatusCode.NoContent);
        await Sights.Store();

        SightOf(report).Single().FirstSeenBy.Should().Be(_app.IdOf("hq"));
    }

    [Fact]
    public async Task A_cursor_of_another_database_or_from_ahead_is_passed_over_and_hides_nothing()
    {
        using var officer = await _app.SignedIn("officer.ps1");
        var report = (await _app.Arrive("PS1", 1))[0];

        await Tell(officer, Cursor.At(Epoch + 1, [new("PS1", NumberOf("PS1"))]));
        await Tell(officer, Cursor.At(Epoch, [new("PS1", NumberOf("PS1") + 1)]));
        await Tell(officer, Cursor.At(Epoch, [new("PS1", long.MaxValue)]));
        SightOf(report).Should().BeEmpty();

        await Tell(officer, At("PS1"));
        SightOf(report).Should().ContainSingle();
        var next = (await _app.Arrive("PS1", 1))[0];
        await Tell(officer, At("PS1"));
        SightOf(next).Should().ContainSingle("the log goes on");
    }

    [Fact]
    public async Task A_locked_screen_paints_and_nobody_sees()
    {
        using var officer = await _app.SignedIn("officer.ps1");
        var report = (await _app.Arrive("PS1", 1))[0];
        _time.Advance(TimeSpan.FromMinutes(30));

        await Tell(officer, At("PS1"), seen: [report]);

        SightOf(report).Should().ContainSingle(sight => sight.FirstPaintedAt != null && sight.FirstSeenAt == null);
    }

    [Theory]
    [InlineData(200, HttpStatusCode.NoContent)]
    [InlineData(201, HttpStatusCode.UnprocessableEntity)]
    public async Task One_names_at_most_two_hundred_reports(int count, HttpStatusCode status)
    {
        using var officer = await _app.SignedIn("officer.ps1");

        (await Send(officer, At("PS1"), seen: [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid())])).Should().Be(status);
    }

    [Theory]
    [InlineData("\"seen\":7", "seen")]
    [InlineData("\"seen\":[7]", "seen")]
    [InlineData("\"seen\":[\"no report\"]", "seen")]
    [InlineData("\"seen\":[]", "latencies")]
    [InlineData("\"painted_ms_ago\":-1", "painted_ms_ago")]
    [InlineData("\"painted_ms_ago\":60001", "painted_ms_ago")]
    [InlineData("\"painted_ms_ago\":\"1\"", "painted_ms_ago")]
    [InlineData("\"seen_ms_ago\":1.5", "seen_ms_ago")]
    public async Task What_is_none_is_a_422_that_names_the_field(string field, string named)
    {
        using var officer = await _app.SignedIn("officer.ps1");
        var body = $"{{\"painted\":\"{At("PS1")}\",\"latencies\":{JsonSerializer.Serialize(new int[LatencyBuckets.Count])},{field}}}";

        using var answer = await Post(officer, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        problem.RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(named);
    }

    [Fact]
    public async Task What_a_whole_station_says_is_one_unit_and_nothing_is_written_twice()
    {
        await _app.Arrive("PS1", 3);
        var seen = await _app.Arrive("PS1", 1);
        var scope = _app.Services.GetRequiredService<ScopeDirectory>().Of(_app.IdOf("officer.ps1"));
        var (cursor, sights) = (At("PS1"), Sights);
        for (var screen = 0; screen < 1000; screen++)
        {
            sights.Painted(scope, cursor, _time.GetUtcNow());
            sights.Seen(scope, seen, _time.GetUtcNow());
        }

        await sights.Store();
        await Eventually.Holds(() => sights.Units > 0, "it was written, by whoever came first");
        var units = sights.Units;
        sights.Painted(scope, cursor, _time.GetUtcNow());
        sights.Seen(scope, seen, _time.GetUtcNow());
        await sights.Store();

        units.Should().BeLessThanOrEqualTo(2);
        sights.Units.Should().Be(units, "what is known costs nothing");
    }

    [Fact]
    public async Task What_the_writer_could_not_take_is_written_the_next_time()
    {
        await using var house = await House.Open();
        var scope = house.Scopes.Of(await house.Officer("PS1"));
        var report = await house.Commit("PS1");
        var sights = Collector(house);
        sights.Painted(scope, Cursor.At(house.City.Epoch, [new("PS1", 1)]), house.Time.GetUtcNow());
        sights.Seen(scope, [report], house.Time.GetUtcNow());

        house.Database.IsDown = true;
        await sights.Awaiting(one => one.Store()).Should().ThrowAsync<Exception>();
        house.Database.IsDown = false;
        await sights.Store();

        await using var db = house.Db();
        db.Sights.Single().Should().BeEquivalentTo(new { ReportId = report, Log = "PS1", FirstSeenBy = (Guid?)scope.OfficerId });
        db.Sights.Single().FirstPaintedAt.Should().NotBeNull();
    }

    [Fact]
    public async Task After_a_restart_what_is_written_down_is_not_written_again()
    {
        await using var house = await House.Open();
        var scope = house.Scopes.Of(await house.Officer("PS1"));
        var first = await house.Commit("PS1");
        var cursor = Cursor.At(house.City.Epoch, [new("PS1", 1)]);
        var before = Collector(house);
        before.Painted(scope, cursor, house.Time.GetUtcNow());
        await before.Store();
        await house.Writer.Run(unit => unit.Db.Sights.ExecuteDelete());

        var after = Collector(house);
        after.Painted(scope, cursor, house.Time.GetUtcNow());
        await after.Store();
        after.Units.Should().Be(0, "the log itself says up to where it is known");
        var second = await house.Commit("PS1");
        after.Painted(scope, cursor.With("PS1", 2), house.Time.GetUtcNow());
        await after.Store();

        await using var db = house.Db();
        db.Sights.Select(sight => sight.ReportId).Should().Equal(second).And.NotContain(first);
    }

    [Fact]
    public async Task Each_report_counts_as_painted_when_the_first_screen_that_had_it_said_so()
    {
        await using var house = await House.Open();
        var scope = house.Scopes.Of(await house.Officer("PS1"));
        Guid[] reports = [await house.Commit("PS1"), await house.Commit("PS1"), await house.Commit("PS1")];
        var sights = Collector(house);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(house.Time.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds());

        foreach (var (number, second) in new[] { (3, 9), (1, 2), (2, 9), (2, 5), (1, 4) })
            sights.Painted(scope, Cursor.At(house.City.Epoch, [new("PS1", number)]), now.AddSeconds(second));
        await sights.Store();

        await using var db = house.Db();
        db.Sights.AsEnumerable().OrderBy(sight => Array.IndexOf(reports, sight.ReportId)).Select(sight => sight.FirstPaintedAt)
            .Should().Equal(now.AddSeconds(2), now.AddSeconds(5), now.AddSeconds(9));
    }

    private static Sights Collector(House house) => new(
        house.Get<IDbContextFactory<AlertDavaoDb>>(), house.City, house.Writer, house.Time, NullLogger<Sights>.Instance);

    private Task Tell(HttpClient officer, Cursor painted, int paintedAgo = 0, Guid[]? seen = null, int seenAgo = 0)
        => Tell(officer, painted.ToString(), paintedAgo, seen, seenAgo);

    // The collector may be quicker than the test: then this waits for it.
    private async Task Tell(HttpClient officer, string painted, int paintedAgo = 0, Guid[]? seen = null, int seenAgo = 0)
    {
        (await Send(officer, painted, paintedAgo, seen, seenAgo)).Should().Be(HttpStatusCode.NoContent);
        await Sights.Store();
    }

    private Task<HttpStatusCode> Send(HttpClient officer, Cursor painted, Guid[] seen) => Send(officer, painted.ToString(), 0, seen, 0);

    private async Task<HttpStatusCode> Send(HttpClient officer, string painted, int paintedAgo, Guid[]? seen, int seenAgo)
    {
        using var answer = await Post(officer, JsonContent.Create(new
        {
            painted,
            painted_ms_ago = paintedAgo,
            latencies = new int[LatencyBuckets.Count],
            seen = seen ?? [],
            seen_ms_ago = seenAgo,
        }));
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> Post(HttpClient officer, HttpContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ReceiptRules.Path) { Content = body };
        request.Headers.Add("Origin", _app.Address.GetLeftPart(UriPartial.Authority));
        return await officer.SendAsync(request);
    }

    // What a screen of these logs has when it is up to date.
    private Cursor At(params string[] logs) => Cursor.At(Epoch, logs.Select(log => KeyValuePair.Create(log, NumberOf(log))));

    private long NumberOf(string log)
    {
        using var db = _app.Db();
        return db.StationLogs.AsNoTracking().Single(row => row.Code == log).LastNumber;
    }

    private (int Version, long Number) Standing(Guid report)
    {
        using var db = _app.Db();
        return (db.Reports.AsNoTracking().Single(row => row.Id == report).Version, NumberOf("PS1"));
    }

    private List<ReportSight> SightOf(Guid report)
    {
        using var db = _app.Db();
        return [.. db.Sights.AsNoTracking().Where(sight => sight.ReportId == report)];
    }

    private static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
