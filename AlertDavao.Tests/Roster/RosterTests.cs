using System.Net;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Roster;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Officers;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Posting = AlertDavao.Domain.Officers.Duty;

namespace AlertDavao.Tests.Roster;

/// <summary>Who serves where, changed by a station's admin and by the city desk: what they may, and what it does at once.</summary>
public sealed class RosterTests(LoggedApp running) : IClassFixture<LoggedApp>
{
    private TestApp App => running.App;

    [Fact]
    public async Task An_officer_without_duty_sees_the_board_the_moment_one_is_given_and_nothing_the_moment_it_is_over()
    {
        using var admin = await Hand.Of(App, "admin.ps8");
        var officer = App.IdOf("officer.ps15");
        await End(officer);
        using var client = await App.SignedIn("officer.ps15");
        (await client.PollAll()).Entries().Should().BeEmpty();

        (await Post(admin, "PS8", officer)).Should().Be(nameof(DutyOutcome.Done));

        (await client.PollAll()).Entries().Should().NotBeEmpty().And.OnlyContain(entry => entry.Text("station") == "PS8");
        var duty = DutiesOf(officer).Should().ContainSingle().Which;
        (duty.Log, duty.Role, duty.Until).Should().Be(("PS8", DutyRole.Officer, null));
        (await admin.Client.GetStringAsync("/station")).Should().Contain(duty.Id.ToString());

        (await Act(admin, $"/station/duties/{duty.Id}/end")).Should().Be(nameof(DutyOutcome.Done));
        (await client.PollAll()).Entries().Should().BeEmpty();
        AuditOf(admin.Id).Should().Contain([AuditActs.DutyPosted, AuditActs.DutyEnded]);
    }

    [Fact]
    public async Task What_an_admin_may_not_is_refused_in_words_or_is_not_there_and_nothing_changes()
    {
        using var admin = await Hand.Of(App, "admin.ps16");
        using var officerHand = await Hand.Of(App, "officer.ps16");
        var officer = officerHand.Id;
        var before = AllDuties();

        (await Post(admin, "PS17", officer)).Should().Be("404", "it is another admin's station");
        (await Post(admin, "CITY", officer)).Should().Be("404");
        (await Post(admin, "PS16", Guid.NewGuid())).Should().Be("404");
        (await Post(admin, "PS16", admin.Id)).Should().Be(nameof(DutyOutcome.Oneself));
        (await Post(admin, "PS16", officer)).Should().Be(nameof(DutyOutcome.Overlaps));
        (await Post(admin, "PS16", App.IdOf("officer.ps17"), role: "StationAdmin")).Should().Be(nameof(DutyOutcome.AdminsByCityDesk));
        (await Post(admin, "PS16", App.IdOf("officer.ps17"), from: "2020-01-01T08:00")).Should().Be(nameof(DutyOutcome.InThePast));
        (await Post(admin, "PS16", App.IdOf("officer.ps17"), from: "2199-01-02T08:00", until: "2199-01-01T08:00")).Should().Be(nameof(DutyOutcome.EndsBeforeItStarts));
        (await Post(admin, "PS16", App.IdOf("officer.ps17"), from: "soon")).Should().Be("Time");
        (await Act(admin, $"/station/duties/{DutiesOf(App.IdOf("officer.ps17")).Single().Id}/end")).Should().Be("404");
        (await Act(admin, $"/station/duties/{DutiesOf(officer).Single().Id}/move", ("to", "PS17"))).Should().Be(nameof(DutyOutcome.NotYourStation));
        (await Act(admin, $"/station/duties/{DutiesOf(admin.Id).Single().Id}/end")).Should().Be(nameof(DutyOutcome.AdminsByCityDesk));
        (await Post(officerHand, "PS16", App.IdOf("officer.ps17"))).Should().Be("404", "an officer posts nobody");

        AllDuties().Should().BeEquivalentTo(before);
        (await officerHand.Client.GetStringAsync("/station")).Should().NotContain("/station/duties");
        (await admin.Client.GetStringAsync("/station?station=PS17")).Should().Contain("Who serves at PS16");
    }

    [Fact]
    public async Task The_city_desk_moves_an_officer_in_one_step_and_leaves_no_station_without_an_admin()
    {
        using var desk = await Hand.Of(App, "hq");
        var officer = App.IdOf("officer.ps18");
        using var client = await App.SignedIn("officer.ps18");

        (await Act(desk, $"/station/duties/{DutiesOf(officer).Single().Id}/move", ("to", "PS19"))).Should().Be(nameof(DutyOutcome.Done));

        DutiesOf(officer).Should().ContainSingle().Which.Log.Should().Be("PS19");
        (await client.PollAll()).Entries().Should().NotBeEmpty().And.OnlyContain(entry => entry.Text("station") == "PS19");
        (await Act(desk, $"/station/duties/{DutiesOf(App.IdOf("admin.ps18")).Single().Id}/end")).Should().Be(nameof(DutyOutcome.LastAdmin));
        (await Act(desk, $"/station/duties/{DutiesOf(App.IdOf("admin.ps18")).Single().Id}/move", ("to", "PS19"))).Should().Be(nameof(DutyOutcome.LastAdmin));
        (await Post(desk, "PS18", App.IdOf("officer.ps20"), role: "StationAdmin")).Should().Be(nameof(DutyOutcome.Done));
        (await Act(desk, $"/station/duties/{DutiesOf(App.IdOf("admin.ps18")).Single().Id}/end")).Should().Be(nameof(DutyOutcome.Done));
    }

    [Fact]
    public async Task A_planned_duty_begins_by_the_clock_and_can_be_taken_back()
    {
        using var admin = await Hand.Of(App, "admin.ps20");
        var officer = App.IdOf("officer.ps13");
        var from = ManilaTime.Of(TimeProvider.System.GetUtcNow()).AddDays(2).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);

        (await Post(admin, "PS20", officer, from: from)).Should().Be(nameof(DutyOutcome.Done));

        var planned = DutiesOf(officer).Single(duty => duty.Log == "PS20");
        App.Services.GetRequiredService<ScopeDirectory>().Of(officer).Sees("PS20").Should().BeFalse();
        App.Services.GetRequiredService<ScopeDirectory>().Of(officer).ValidUntil.Should().Be(planned.From, "from then on it says something else");
        (await Act(admin, $"/station/duties/{planned.Id}/end")).Should().Be(nameof(DutyOutcome.Done));
        DutiesOf(officer).Should().NotContain(duty => duty.Log == "PS20");
    }

    private Task End(Guid officer) => App.Writer().Run(unit =>
    {
        unit.Db.Duties.RemoveRange(unit.Db.Duties.Where(duty => duty.OfficerId == officer));
        unit.Db.Officers.Single(one => one.Id == officer).DutiesChanged();
        return true;
    }).ContinueWith(_ => App.Services.GetRequiredService<ScopeDirectory>().Forget(officer), TaskScheduler.Default);

    private List<Posting> DutiesOf(Guid officer) => [.. AllDuties().Where(duty => duty.OfficerId == officer && (duty.Until is null || duty.Until > TimeProvider.System.GetUtcNow()))];

    private List<Posting> AllDuties()
    {
        using var db = App.Db();
        return [.. db.Duties.AsNoTracking()];
    }

    private List<string> AuditOf(Guid officer)
    {
        using var db = App.Db();
        return [.. db.Audit.AsNoTracking().Where(line => line.OfficerId == officer).Select(line => line.Act)];
    }

    private static Task<string> Post(Hand hand, string station, Guid officer, string role = "Officer", string from = "", string until = "")
        => Act(hand, "/station/duties", ("station", station), ("officer", officer.ToString()), ("role", role), ("from", from), ("until", until));

    /// <summary>What the page says after it, or the status of a refusal.</summary>
    private static async Task<string> Act(Hand hand, string path, params (string Name, string Value)[] fields)
    {
        var form = fields.ToDictionary(field => field.Name, field => field.Value);
        form["__RequestVerificationToken"] = TestApp.HiddenFieldsOf(await hand.Client.GetStringAsync("/account"))["__RequestVerificationToken"];
        using var answer = await hand.Client.PostAsync(path, new FormUrlEncodedContent(form));
        return answer.StatusCode == HttpStatusCode.Redirect
            ? Regex.Match(answer.Headers.Location!.OriginalString, "said=(?<said>[A-Za-z]+)").Groups["said"].Value
            : ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
