using System.Net;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Reports;
using AlertDavao.Tests.Security;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Roster;

/// <summary>A station's admin gives reports out, several at once, and a shift hands over what it holds.</summary>
public sealed class StationWorkTests(LoggedApp running) : IClassFixture<LoggedApp>
{
    private TestApp App => running.App;

    [Fact]
    public async Task Several_reports_are_given_out_at_once_and_what_somebody_changed_meanwhile_keeps_no_other_back()
    {
        using var admin = await Hand.Of(App, "admin.ps3");
        using var officer = await Hand.Of(App, "officer.ps3");
        var reports = await App.Arrive("PS3", 3);
        await officer.Do(reports[2], "acknowledge", 1);

        var said = await Give(admin, "PS3", officer.Id, reports.Select(report => $"{report}:1"));

        said.Should().Contain("assigned=2").And.Contain("refused=1");
        Holders(reports).Should().Equal(officer.Id, officer.Id, null);
        var page = await admin.Client.GetStringAsync(said);
        page.Should().Contain("2 assigned. 1 not: ").And.Contain($"{officer.Name} (2 in hand)");
        (await admin.Client.GetStringAsync("/station?assigned=many&refused=%00")).Should().Contain("work-card").And.NotContain("assigned.", "an address may be made by hand");
    }

    [Fact]
    public async Task Who_is_no_admin_gives_nothing_out_and_a_form_made_by_hand_reaches_no_other_station()
    {
        using var admin = await Hand.Of(App, "admin.ps4");
        using var officer = await Hand.Of(App, "officer.ps4");
        var foreign = (await App.Arrive("PS5", 1))[0];
        var own = (await App.Arrive("PS4", 1))[0];

        (await Give(admin, "PS4", officer.Id, [$"{foreign}:1"])).Should().Contain("assigned=0").And.Contain("refused=1");
        (await Give(admin, "PS4", App.IdOf("officer.ps5"), [$"{own}:1"])).Should().Contain("refused=1", "that officer is not on duty here");
        (await Give(officer, "PS4", officer.Id, [$"{own}:1"])).Should().Contain("refused=1");
        (await Give(admin, "PS4", officer.Id, [])).Should().Contain("said=Nothing");
        (await Give(admin, "PS4", officer.Id, ["x", ":", $"{own}:-1", $"{own}:"])).Should().Contain("said=Nothing");

        Holders([foreign, own]).Should().OnlyContain(holder => holder == null);
        (await officer.Client.GetStringAsync("/station")).Should().NotContain("work-card");
    }

    [Fact]
    public async Task What_one_holds_goes_to_another_in_one_act_that_both_are_told_of()
    {
        using var admin = await Hand.Of(App, "admin.ps9");
        using var officer = await Hand.Of(App, "officer.ps9");
        var reports = await App.Arrive("PS9", 3);
        foreach (var report in reports)
            await officer.Do(report, "claim", 1);
        await officer.Do(reports[0], "status", 2, new { to = "Invalid", reason = "A test call" });

        (await admin.Client.GetStringAsync("/station")).Should().Contain("/station/hand-over");
        var said = await HandOver(officer, "PS9", officer.Id, admin.Id);

        said.Should().Contain("assigned=2");
        Holders(reports).Skip(1).Should().Equal(admin.Id, admin.Id);
        using var db = App.Db();
        db.Notices.AsNoTracking().Where(notice => notice.OfficerId == admin.Id && notice.Kind == NoticeKind.Assigned)
            .Select(notice => notice.ReportId).AsEnumerable().Should().BeEquivalentTo(reports.Skip(1).Select(report => (Guid?)report));
        db.Audit.AsNoTracking().Count(line => line.Act == AuditActs.HandedOver && line.OfficerId == officer.Id).Should().Be(1);
    }

    [Fact]
    public async Task Nobody_hands_over_what_another_holds_but_the_stations_admin_and_to_nobody_who_is_not_on_duty_there()
    {
        using var admin = await Hand.Of(App, "admin.ps10");
        using var officer = await Hand.Of(App, "officer.ps10");
        using var foreign = await Hand.Of(App, "admin.ps11");
        var report = (await App.Arrive("PS10", 1))[0];
        await admin.Do(report, "claim", 1);

        (await HandOver(officer, "PS10", admin.Id, officer.Id)).Should().Be("404");
        (await HandOver(foreign, "PS10", admin.Id, officer.Id)).Should().Be("404");
        (await HandOver(admin, "PS10", admin.Id, foreign.Id)).Should().Be("404");
        (await HandOver(admin, "PS10", admin.Id, admin.Id)).Should().Be("404");
        (await HandOver(admin, "CITY", admin.Id, officer.Id)).Should().Be("404");

        Holders([report]).Should().Equal(admin.Id);
    }

    private List<Guid?> Holders(IReadOnlyList<Guid> reports)
    {
        using var db = App.Db();
        return [.. reports.Select(id => db.Reports.AsNoTracking().Single(report => report.Id == id).ClaimedBy)];
    }

    private static Task<string> Give(Hand hand, string station, Guid to, IEnumerable<string> reports)
        => Act(hand, "/station/assign", [new("station", station), new("to", to.ToString()), .. reports.Select(report => KeyValuePair.Create("report", report))]);

    private static Task<string> HandOver(Hand hand, string station, Guid from, Guid to)
        => Act(hand, "/station/hand-over", [new("station", station), new("from", from.ToString()), new("to", to.ToString())]);

    /// <summary>Where the page goes after it, or the status of a refusal.</summary>
    private static async Task<string> Act(Hand hand, string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var token = TestApp.HiddenFieldsOf(await hand.Client.GetStringAsync("/account"))["__RequestVerificationToken"];
        using var answer = await hand.Client.PostAsync(path, new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields]));
        return answer.StatusCode == HttpStatusCode.Redirect
            ? answer.Headers.Location!.OriginalString
            : ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
