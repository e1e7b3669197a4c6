using System.Globalization;
using System.Net;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Roster;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Officers;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Reports;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Posting = AlertDavao.Domain.Officers.Duty;

namespace AlertDavao.Tests.Roster;

/// <summary>A duty that is planned anew: what may be changed of it and by whom, and whose screens it concerns at once.</summary>
public sealed class ChangeDutyTests(LoggedApp running) : IClassFixture<LoggedApp>
{
    private TestApp App => running.App;

    [Fact]
    public async Task A_planned_duty_goes_to_another_day_and_officer_and_both_are_asked_anew()
    {
        using var admin = await Hand.Of(App, "admin.ps2");
        var (before, after) = (App.IdOf("officer.ps2"), App.IdOf("officer.ps16"));
        await End(before);
        var duty = await Plan(before, "PS2", day: 2);
        var scopes = App.Services.GetRequiredService<ScopeDirectory>();
        var (old, other) = (scopes.Of(before), scopes.Of(after));

        var said = await Change(admin, "PS2", duty, after, Day(3, 15), Day(3, 23));

        said["said"].Should().Be(nameof(DutyOutcome.Done));
        said["station"].Should().Be("PS2");
        said["week"].Should().Be("2026-11-23", "the page goes back to the week it was on");
        said.Should().NotContainKey("officer", "what was done is not filled in again");
        var stored = Stored(duty.Id);
        (stored.OfficerId, stored.From, stored.Until, stored.Log).Should().Be((after, Day(3, 15), (DateTimeOffset?)Day(3, 23), "PS2"));
        scopes.IsLive(old).Should().BeFalse();
        scopes.IsLive(other).Should().BeFalse();
        scopes.Of(after).ValidUntil.Should().Be(Day(3, 15));
        await using var db = App.Db();
        db.Audit.Single(entry => entry.Act == AuditActs.DutyChanged && entry.OfficerId == admin.Id).Subject.Should().Be($"{before} {after} PS2");
        (await admin.Client.GetStringAsync("/station")).Should().Contain("data-act=\"duty.changed\"");
    }

    [Fact]
    public async Task Of_a_duty_that_is_in_force_the_end_alone_moves()
    {
        using var admin = await Hand.Of(App, "admin.ps3");
        var officer = App.IdOf("officer.ps3");
        var running = Of(officer, "PS3");

        (await Change(admin, "PS3", running, App.IdOf("noduty"), null, null))["said"].Should().Be(nameof(DutyOutcome.HasBegun));
        (await Change(admin, "PS3", running, officer, Day(1, 7), null))["said"].Should().Be(nameof(DutyOutcome.HasBegun));
        (await Change(admin, "PS3", running, null, null, Day(-1, 7)))["said"].Should().Be(nameof(DutyOutcome.InThePast));
        Stored(running.Id).Should().BeEquivalentTo(running);

        (await Change(admin, "PS3", running, null, null, Day(1, 7)))["said"].Should().Be(nameof(DutyOutcome.Done));

        (Stored(running.Id).From, Stored(running.Id).Until).Should().Be((running.From, (DateTimeOffset?)Day(1, 7)));
        App.Services.GetRequiredService<ScopeDirectory>().Of(officer).ValidUntil.Should().Be(Day(1, 7));
    }

    [Fact]
    public async Task What_may_not_be_is_refused_in_words_and_changes_nothing()
    {
        using var admin = await Hand.Of(App, "admin.ps4");
        var (officer, other) = (App.IdOf("officer.ps4"), App.IdOf("officer.ps5"));
        var duty = await Plan(other, "PS4", day: 2);
        var second = await Plan(other, "PS4", day: 3);
        var own = await Plan(admin.Id, "PS4", day: 2);
        var lead = await Plan(App.IdOf("noduty"), "PS4", day: 2, DutyRole.StationAdmin);
        var over = await Plan(other, "PS4", day: -3);
        var before = All();

        (await Change(admin, "PS4", duty, null, Day(-1, 7), Day(2, 15)))["said"].Should().Be(nameof(DutyOutcome.InThePast));
        (await Change(admin, "PS4", over, null, null, Day(2, 15)))["said"].Should().Be(nameof(DutyOutcome.InThePast));
        (await Change(admin, "PS4", duty, null, Day(2, 15), Day(2, 7)))["said"].Should().Be(nameof(DutyOutcome.EndsBeforeItStarts));
        (await Change(admin, "PS4", duty, admin.Id, null, Day(2, 15)))["said"].Should().Be(nameof(DutyOutcome.Oneself));
        (await Change(admin, "PS4", own, officer, null, Day(2, 15)))["said"].Should().Be(nameof(DutyOutcome.Oneself));
        (await Change(admin, "PS4", lead, officer, null, Day(2, 15)))["said"].Should().Be(nameof(DutyOutcome.AdminsByCityDesk));
        (await Change(admin, "PS4", duty, Guid.NewGuid(), null, Day(2, 15)))["said"].Should().Be("404");
        (await Act(admin, duty.Id, ("station", "PS4"), ("officer", "me")))["said"].Should().Be("Officer");
        (await Act(admin, duty.Id, ("station", "PS4"), ("from", "soon")))["said"].Should().Be("Time");
        (await Change(admin, "PS4", duty, officer, null, Day(2, 15)))["said"].Should().Be(nameof(DutyOutcome.Overlaps), "that officer serves here all the time");

        var said = await Change(admin, "PS4", duty, null, Day(3, 8), Day(3, 12));
        said["said"].Should().Be(nameof(DutyOutcome.Overlaps));
        said["duty"].Should().Be(duty.Id.ToString());
        (await admin.Client.GetStringAsync(QueryHelpers.AddQueryString("/station", said)))
            .Should().Contain($"Overlaps a duty at PS4 {ShortName("PS4")}, {Words(second)}. End that one, or choose other hours.");
        All().Should().BeEquivalentTo(before);
    }

    [Fact]
    public async Task Nobody_changes_a_duty_of_a_station_whose_admin_they_are_not()
    {
        using var foreign = await Hand.Of(App, "admin.ps6");
        using var officer = await Hand.Of(App, "officer.ps7");
        var duty = await Plan(App.IdOf("officer.ps8"), "PS7", day: 2);
        await using var db = App.Db();
        var desk = db.Duties.AsNoTracking().Single(one => one.OfficerId == App.IdOf("hq"));

        (await Change(foreign, "PS7", duty, null, null, Day(4, 15)))["said"].Should().Be("404");
        (await Change(foreign, "PS6", duty, null, null, Day(4, 15)))["said"].Should().Be("404", "the form's station decides nothing");
        (await Change(officer, "PS7", duty, null, null, Day(4, 15)))["said"].Should().Be("404");
        (await Change(foreign, "PS6", desk, null, null, Day(4, 15)))["said"].Should().Be("404");
        (await Act(foreign, Guid.NewGuid(), ("station", "PS6")))["said"].Should().Be("404");

        Stored(duty.Id).Should().BeEquivalentTo(duty);
    }

    [Fact]
    public async Task The_last_admins_duty_gets_no_end_and_one_of_two_does()
    {
        using var desk = await Hand.Of(App, "hq");
        var duty = Of(App.IdOf("admin.ps9"), "PS9");

        (await Change(desk, "PS9", duty, null, null, Day(2, 15)))["said"].Should().Be(nameof(DutyOutcome.LastAdmin));

        var second = await Plan(App.IdOf("noduty"), "PS9", day: 1, DutyRole.StationAdmin);
        (await Change(desk, "PS9", duty, null, null, Day(2, 15)))["said"].Should().Be(nameof(DutyOutcome.LastAdmin), "the other's is over by then");
        (await Change(desk, "PS9", second, null, null, null))["said"].Should().Be(nameof(DutyOutcome.Done));
        (await Change(desk, "PS9", duty, null, null, Day(2, 15)))["said"].Should().Be(nameof(DutyOutcome.Done));
    }

    [Fact]
    public async Task Who_posts_is_told_which_duty_stands_in_the_way_and_types_nothing_twice()
    {
        using var admin = await Hand.Of(App, "admin.ps10");
        var officer = App.IdOf("officer.ps11");
        var planned = await Plan(officer, "PS10", day: 2);

        var said = await Act(admin, "/station/duties", ("station", "PS10"), ("officer", officer.ToString()), ("from", Field(Day(2, 8))), ("until", Field(Day(2, 9))));

        said["said"].Should().Be(nameof(DutyOutcome.Overlaps));
        var page = await admin.Client.GetStringAsync(QueryHelpers.AddQueryString("/station", said));
        page.Should().Contain($"Overlaps a duty at PS10 {ShortName("PS10")}, {Words(planned)}.").And.Contain($"value=\"{Field(Day(2, 8))}\"");
        page.Should().MatchRegex($"<option value=\"{officer}\" selected");
        (await Act(admin, "/station/duties", ("station", "PS11"), ("officer", officer.ToString())))["said"].Should().Be("404");
    }

    [Theory]
    [InlineData("week=soon")]
    [InlineData("week=0001-01-01&officer=x&duty=y")]
    [InlineData("week=9999-12-31&from=%00&until=2199-99-99T00:00")]
    [InlineData("said=Overlaps&officer=%27&from=now")]
    public async Task A_week_that_makes_no_sense_is_this_one(string query)
    {
        using var admin = await Hand.Of(App, "admin.ps12");

        var page = await admin.Client.GetStringAsync("/station?" + query);

        page.Should().Contain("class=\"today\"").And.Contain("rel=\"prev\"").And.Contain("rel=\"next\"");
    }

    [Fact]
    public async Task A_year_is_as_far_as_the_weeks_go()
    {
        using var admin = await Hand.Of(App, "admin.ps12");
        var last = RosterWeek.MondayOf(RosterWeek.DayOf(TimeProvider.System.GetUtcNow())).AddDays(7 * RosterFeature.MostWeeks);

        var page = await admin.Client.GetStringAsync($"/station?week={last:yyyy-MM-dd}");

        page.Should().Contain($"name=\"week\" value=\"{last:yyyy-MM-dd}\"").And.Contain("rel=\"prev\"").And.NotContain("rel=\"next\"");
    }

    [Fact]
    public async Task The_page_says_in_plain_words_who_is_planned_twice_and_when_nobody_is()
    {
        using var admin = await Hand.Of(App, "admin.ps13");
        var officer = App.IdOf("officer.ps13");
        await End(officer);
        var here = await Plan(officer, "PS13", day: 9);
        await Plan(officer, "PS15", day: 9);
        var monday = RosterWeek.MondayOf(RosterWeek.DayOf(here.From));

        var page = await admin.Client.GetStringAsync($"/station?week={monday:yyyy-MM-dd}");

        page.Should().Contain("id=\"needs\"").And.Contain($"is planned at PS13 and at PS15 {ShortName("PS15")}, {Words(here)}.").And.Contain("Nobody is planned for ");
        page.Should().Contain(">21 things need you.</b>", "twenty shifts are without anybody").And.Contain("And 17 more.");
        page.Should().Contain("by-day twice").And.Contain(">23: nobody</div>");
        (await admin.Client.GetStringAsync($"/station?week={monday.AddDays(14):yyyy-MM-dd}")).Should().NotContain("id=\"needs\"", "nothing is planned there");
    }

    private string ShortName(string station) => App.Services.GetRequiredService<CityBook>().Stations[station].ShortName;

    private static string Words(Posting duty) => $"{RosterWeek.DayOf(duty.From).ToString("ddd d MMM", CultureInfo.InvariantCulture)} 07:00-15:00";

    /// <summary>From 07:00 to 15:00 of that day.</summary>
    private async Task<Posting> Plan(Guid officer, string station, int day, DutyRole role = DutyRole.Officer)
    {
        var duty = new Posting(Guid.CreateVersion7(), officer, station, role, Day(day, 7), Day(day, 15));
        await App.Writer().Run(unit =>
        {
            unit.Db.Duties.Add(duty);
            unit.Db.Officers.Single(one => one.Id == officer).DutiesChanged();
            unit.AfterCommit(() => App.Services.GetRequiredService<ScopeDirectory>().Forget(officer));
            return true;
        });
        return duty;
    }

    private Task<bool> End(Guid officer) => App.Writer().Run(unit =>
    {
        unit.Db.Duties.RemoveRange(unit.Db.Duties.Where(duty => duty.OfficerId == officer));
        unit.Db.Officers.Single(one => one.Id == officer).DutiesChanged();
        unit.AfterCommit(() => App.Services.GetRequiredService<ScopeDirectory>().Forget(officer));
        return true;
    });

    private List<Posting> All()
    {
        using var db = App.Db();
        return [.. db.Duties.AsNoTracking()];
    }

    private Posting Stored(Guid duty) => All().Single(one => one.Id == duty);

    private Posting Of(Guid officer, string station) => All().Single(duty => duty.OfficerId == officer && duty.Log == station);

    private static Task<Dictionary<string, string?>> Change(Hand hand, string station, Posting duty, Guid? officer, DateTimeOffset? from, DateTimeOffset? until)
        => Act(hand, duty.Id, ("station", station), ("week", "2026-11-23"), ("officer", $"{officer}"), ("from", Field(from)), ("until", Field(until)));

    private static Task<Dictionary<string, string?>> Act(Hand hand, Guid duty, params (string Name, string Value)[] fields)
        => Act(hand, $"/station/duties/{duty}/change", fields);

    /// <summary>What the page is asked for after it; of a refusal its status alone.</summary>
    private static async Task<Dictionary<string, string?>> Act(Hand hand, string path, params (string Name, string Value)[] fields)
    {
        var form = fields.ToDictionary(field => field.Name, field => field.Value);
        form["__RequestVerificationToken"] = TestApp.HiddenFieldsOf(await hand.Client.GetStringAsync("/account"))["__RequestVerificationToken"];
        using var answer = await hand.Client.PostAsync(path, new FormUrlEncodedContent(form));
        if (answer.StatusCode != HttpStatusCode.Redirect)
            return new() { ["said"] = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture) };
        var target = answer.Headers.Location!.OriginalString;
        return QueryHelpers.ParseQuery(target[target.IndexOf('?', StringComparison.Ordinal)..]).ToDictionary(one => one.Key, one => (string?)one.Value.ToString());
    }

    private static string Field(DateTimeOffset? at) => at is { } one ? ManilaTime.Of(one).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) : "";

    /// <param name="days">From today on.</param>
    private static DateTimeOffset Day(int days, int hour) => ManilaTime.StartOfDay(TimeProvider.System.GetUtcNow()).AddDays(days).AddHours(hour);
}
