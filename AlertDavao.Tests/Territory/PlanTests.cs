using System.Net;
using System.Net.Http.Json;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Territory;

/// <summary>Stations and boundaries are planned, rehearsed and published; reports follow when somebody says so.</summary>
public sealed class PlanTests : IDisposable
{
    private const string Plan = "/city/plan";

    private readonly TestApp _app = TestApp.Start();
    private readonly HttpClient _intake;

    public PlanTests() => _intake = _app.Intake();

    private CityBook City => _app.Services.GetRequiredService<CityBook>();

    [Fact]
    public async Task A_plan_changes_nothing_until_it_is_published_and_says_before_what_it_would_have_done()
    {
        using var desk = await _app.SignedIn("hq");
        var moved = City.Barangays.Values.First(barangay => barangay.StationCode == "PS1");
        var version = City.Now.Version;
        for (var at = 0; at < 3; at++)
            await Report(moved, $"Before {at}");
        var expected = RoutesIn(moved.Psgc);
        expected.Should().BeGreaterThanOrEqualTo(3);

        (await Give(desk, "PS2", moved.Psgc)).Should().Be("said=done");
        City.Barangays[moved.Psgc].StationCode.Should().Be("PS1");
        (await Report(moved, "While it is planned")).Log.Should().Be("PS1");

        var rehearsal = await desk.GetStringAsync($"{Plan}?rehearse=1");
        rehearsal.Should().Contain($"{expected + 1} reports would have moved").And.Contain("PS2 San Pedro");
        (await Act(desk, "/publish", [new("plan", "an older one")])).Should().Be("said=Plan.Stale");
        (await Act(desk, "/publish", [new("plan", Fingerprint(rehearsal))])).Should().Be("said=published");

        City.Now.Version.Should().NotBe(version);
        City.Barangays[moved.Psgc].StationCode.Should().Be("PS2");
        var after = await Report(moved, "After it");
        (after.Log, after.BoundaryVersion).Should().Be(("PS2", City.Now.Version));
        (await Act(desk, "/publish", [new("plan", Fingerprint(rehearsal))])).Should().Be("said=Plan.Empty");
        AuditOf("hq").Should().ContainInOrder(AuditActs.PlanStepAdded, AuditActs.BoundariesPublished);
        using var db = _app.Db();
        CityBook.Read(_app.Services.GetRequiredService<IDbContextFactory<AlertDavaoDb>>()).Now.Should().BeEquivalentTo(
            new { City.Now.Version, City.Now.Logs }, "the next start reads what is in force now");
        db.PlanSteps.AsNoTracking().Should().OnlyContain(step => step.PublishedIn == City.Now.Version);
    }

    [Fact]
    public async Task Open_reports_follow_when_the_desk_says_so_once_and_without_what_a_person_sent_somewhere()
    {
        using var desk = await Hand.Of(_app, "hq");
        using var officer = await Hand.Of(_app, "officer.ps1");
        var ground = City.Barangays.Values.First(barangay => barangay.StationCode == "PS1");
        var (waiting, held, finished, sent) = (await Report(ground, "Waits"), await Report(ground, "Held"), await Report(ground, "Finished"), await Report(ground, "Sent by hand"));
        await officer.Do(held.Id, "claim", 1);
        await officer.Do(finished.Id, "status", 1, new { to = "Invalid", reason = "A test call" });
        await desk.Do(sent.Id, "transfer", 1, new { to = "PS9", reason = "Theirs" });
        var before = (Last("PS1"), Last("PS3"));

        await Give(desk.Client, "PS3", ground.Psgc);
        await Publish(desk.Client);
        Reroute.Count().All.Should().Be(Expected(ground.Psgc), "the dry run counts the open ones that nobody sent elsewhere");
        var dry = await desk.Client.GetStringAsync(Plan);
        dry.Should().Contain("Open reports elsewhere").And.Contain("to PS3 Talomo");
        (Last("PS1"), Last("PS3")).Should().Be(before, "a dry run writes nothing");

        var all = Reroute.Count();
        (await Act(desk.Client, "/reroute", [])).Should().Be($"moved={all.All - all.Held}");

        Now(waiting.Id).Should().BeEquivalentTo(new { Log = "PS3", Status = ReportStatus.Received, BoundaryVersion = City.Now.Version });
        Now(held.Id).Log.Should().Be("PS1", "somebody works on it");
        Now(finished.Id).Log.Should().Be("PS1");
        Now(sent.Id).Log.Should().Be("PS9");
        Entries(waiting.Id).Should().Equal(("PS1", EntryKind.Arrived), ("PS1", EntryKind.Left), ("PS3", EntryKind.Arrived));
        (await officer.Transfers()).Should().Contain(waiting.TrackingCode, "its old station has a stub of it");

        (await Act(desk.Client, "/reroute", [])).Should().Be("moved=0", "twice is once");
        (await Act(desk.Client, "/reroute", [new("held", "true")])).Should().Be($"moved={all.Held}");
        Now(held.Id).Should().BeEquivalentTo(new { Log = "PS3", ClaimedBy = (Guid?)null });
        using var db = _app.Db();
        db.Notices.AsNoTracking().Count(notice => notice.OfficerId == officer.Id && notice.ReportId == held.Id && notice.Kind == NoticeKind.MovedAway).Should().Be(1);
        Reroute.Count().All.Should().Be(0);
    }

    [Fact]
    public async Task A_new_station_has_a_board_as_soon_as_it_is_published_and_reports_of_its_ground_arrive_there()
    {
        using var desk = await _app.SignedIn("hq");
        var ground = City.Barangays.Values.First(barangay => barangay.StationCode == "PS13");
        (await Station(desk, "PS14", "Buhangin North")).Should().Be("said=done");
        (await Give(desk, "PS14", ground.Psgc)).Should().Be("said=done");
        City.Stations.Should().NotContainKey("PS14");
        await Publish(desk);

        var posted = await Act(desk, "/station/duties", [new("station", "PS14"), new("officer", _app.IdOf("noduty").ToString()), new("role", "StationAdmin")], isWhole: true);
        posted.Should().Contain("said=Done");
        using var admin = await _app.SignedIn("noduty");
        (await admin.GetStringAsync("/station")).Should().Contain("PS14 Buhangin North");
        var cursor = (await admin.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/board")).GetProperty("cursor").GetString()!;
        var report = await Report(ground, "The first of PS14");

        report.Log.Should().Be("PS14");
        report.LogNumber.Should().Be(1);
        (await admin.PollAll(cursor)).Entries().Select(entry => entry.ReportId()).Should().Contain(report.Id);
        (await desk.GetStringAsync("/city")).Should().Contain("PS14");
        (await _intake.GetStringAsync("/api/stations")).Should().Contain("Buhangin North");
    }

    [Fact]
    public async Task Steps_are_taken_back_one_or_all_and_a_bad_one_is_refused_with_what_was_typed()
    {
        using var desk = await _app.SignedIn("hq");
        var ground = City.Barangays.Values.First();
        await Station(desk, "PS21", "Twenty-one");
        await Give(desk, "PS21", ground.Psgc);
        var steps = Steps();
        steps.Should().HaveCount(2);

        (await Act(desk, $"/steps/{steps[0].Id}/remove", [])).Should().Be("said=done");
        (await desk.GetStringAsync(Plan)).Should().Contain("There is no such station", "what was built on it does not hold any more");
        (await Act(desk, "/publish", [new("plan", "whatever")])).Should().Be("said=Plan.Faulty");
        (await Act(desk, $"/steps/{steps[0].Id}/remove", [])).Should().Be("404");
        (await Act(desk, "/clear", [])).Should().Be("said=done");
        Steps().Should().BeEmpty();

        var refused = await Form(desk, "plan-ground", [new("Piece.Psgc", ground.Psgc), new("Piece.Corners", "7.1, 125.6\n<script>")]);
        refused.Should().Contain("no piece of ground").And.NotContain("125.6&#xA;<script>").And.NotContain("125.6\n<script>");
        WebUtility.HtmlDecode(refused).Should().Contain("7.1, 125.6\n<script></textarea>", "what was typed stands there");
        (await Form(desk, "plan-station", [new("Place.Code", "XX1"), new("Place.Name", "Kept \"as typed\"")])).Should().Contain("PS and a number").And.Contain("Kept &quot;as typed&quot;");
        (await Form(desk, "plan-mapping", [new("Mapping.Station", "PS1"), .. City.Barangays.Keys.Select(psgc => KeyValuePair.Create("Mapping.Psgcs", psgc))])).Should().Be("said=done", "all of the city at once");
        (await Act(desk, "/clear", [])).Should().Be("said=done");
    }

    [Fact]
    public async Task Nobody_but_the_city_desk_plans_publishes_or_routes_anew()
    {
        using var desk = await _app.SignedIn("hq");
        var ground = City.Barangays.Values.First(barangay => barangay.StationCode == "PS1");
        await Give(desk, "PS2", ground.Psgc);
        var fingerprint = Fingerprint(await desk.GetStringAsync($"{Plan}?rehearse=1"));
        var (version, steps) = (City.Now.Version, Steps());
        foreach (var account in new[] { "admin.ps1", "officer.ps1", "noduty" })
        {
            using var other = await _app.SignedIn(account);
            (await other.GetStringAsync(Plan)).Should().NotContain("data-plan");
            (await Act(other, "/publish", [new("plan", fingerprint)])).Should().Be("404");
            (await Act(other, "/clear", [])).Should().Be("404");
            (await Act(other, $"/steps/{steps[0].Id}/remove", [])).Should().Be("404");
            (await Act(other, "/reroute", [])).Should().Be("404");
            var hand = _app.Services.GetRequiredService<Dashboard.Territory.AddPlanStep>();
            (await hand.Run(_app.IdOf(account), new GiveBarangays("PS3", [ground.Psgc]))).Should().Be(Dashboard.Territory.AddPlanStep.NotYours);
        }

        (City.Now.Version, Steps().Count).Should().Be((version, steps.Count));
    }

    public void Dispose()
    {
        _intake.Dispose();
        _app.Dispose();
    }

    private RerouteReports Reroute => _app.Services.GetRequiredService<RerouteReports>();

    private async Task<Report> Report(Barangay ground, string title)
    {
        var sent = A.Report(title);
        (sent["latitude"], sent["longitude"]) = (ground.Boundary.InteriorPoint.Y, ground.Boundary.InteriorPoint.X);
        using var answer = await _intake.PostAsJsonAsync("/api/reports", sent);
        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        using var db = _app.Db();
        return db.Reports.AsNoTracking().Single(report => report.Title == title);
    }

    // Counted by hand, not by the router: what stands with that barangay. Cyber reports go by their type.
    private int RoutesIn(string psgc)
    {
        using var db = _app.Db();
        return db.Reports.AsNoTracking().Count(report => report.BarangayPsgc == psgc && report.RouteRule == RouteRule.Boundary);
    }

    private int Expected(string psgc)
    {
        using var db = _app.Db();
        return db.Reports.AsNoTracking().Where(report => report.BarangayPsgc == psgc && report.Log == "PS1" && report.RouteRule == RouteRule.Boundary)
            .AsEnumerable().Count(report => report.Status.IsOpen());
    }

    private Report Now(Guid id)
    {
        using var db = _app.Db();
        return db.Reports.AsNoTracking().Single(report => report.Id == id);
    }

    private List<(string, EntryKind)> Entries(Guid id)
    {
        using var db = _app.Db();
        return [.. db.StationEntries.AsNoTracking().Where(entry => entry.ReportId == id).AsEnumerable().OrderBy(entry => entry.At).ThenBy(entry => entry.Kind == EntryKind.Arrived && entry.Log != "PS1")
            .Select(entry => (entry.Log, entry.Kind))];
    }

    private long Last(string log)
    {
        using var db = _app.Db();
        return db.StationLogs.AsNoTracking().Single(one => one.Code == log).LastNumber;
    }

    private List<PlanStep> Steps()
    {
        using var db = _app.Db();
        return [.. db.PlanSteps.AsNoTracking().Where(step => step.PublishedIn == null).AsEnumerable().OrderBy(step => step.Id)];
    }

    private List<string> AuditOf(string account)
    {
        var officer = _app.IdOf(account);
        using var db = _app.Db();
        return [.. db.Audit.AsNoTracking().Where(entry => entry.OfficerId == officer).OrderBy(entry => entry.Id).Select(entry => entry.Act)];
    }

    private static Task<string> Give(HttpClient desk, string station, params string[] psgcs)
        => Form(desk, "plan-mapping", [new("Mapping.Station", station), .. psgcs.Select(psgc => KeyValuePair.Create("Mapping.Psgcs", psgc))]);

    private static Task<string> Station(HttpClient desk, string code, string name)
        => Form(desk, "plan-station", [new("Place.Code", code), new("Place.Name", $"Police Station {name}"), new("Place.ShortName", name)]);

    private static async Task Publish(HttpClient desk)
        => (await Act(desk, "/publish", [new("plan", Fingerprint(await desk.GetStringAsync($"{Plan}?rehearse=1")))])).Should().Be("said=published");

    private static string Fingerprint(string page) => TestApp.HiddenFieldsOf(page)["plan"];

    /// <summary>What the page says after it, or the page that asks again.</summary>
    private static async Task<string> Form(HttpClient who, string form, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var token = TestApp.HiddenFieldsOf(await who.GetStringAsync(Plan))["__RequestVerificationToken"];
        using var answer = await who.PostAsync(Plan, new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("_handler", form), .. fields]));
        return answer.StatusCode == HttpStatusCode.Redirect ? answer.Headers.Location!.OriginalString.Split('?')[^1] : await answer.Content.ReadAsStringAsync();
    }

    /// <summary>What the page says after it, or the status of a refusal.</summary>
    private static async Task<string> Act(HttpClient who, string path, IEnumerable<KeyValuePair<string, string>> fields, bool isWhole = false)
    {
        var token = TestApp.HiddenFieldsOf(await who.GetStringAsync("/account"))["__RequestVerificationToken"];
        using var answer = await who.PostAsync(isWhole ? path : Plan + path, new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields]));
        return answer.StatusCode == HttpStatusCode.Redirect
            ? answer.Headers.Location!.OriginalString.Split('?')[^1]
            : ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
