using System.Net;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Security;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Reports;

/// <summary>A station admin gives a report to an officer of the station.</summary>
[Collection(SecurityTests.Name)]
public sealed class AssignTests(LoggedApp running)
{
    private TestApp App => running.App;

    [Fact]
    public async Task The_officer_holds_it_from_then_on_and_is_told_and_so_is_who_held_it()
    {
        using var admin = await Hand.Of(App, "admin.ps1");
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = (await App.Arrive("PS1", 1))[0];

        var given = await admin.Do(report, "assign", 1, new { to = officer.Id });

        (given.Status, given.Version).Should().Be((HttpStatusCode.OK, 2));
        var stored = App.Stored(report);
        stored.ClaimedBy.Should().Be(officer.Id);
        stored.Since(1).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = ReportEventKind.Assigned, OfficerId = admin.Id, OtherOfficer = officer.Id });
        NoticesOf(report).Should().Equal((officer.Id, NoticeKind.Assigned));
        (await officer.Client.GetStringAsync($"/reports/{report}")).Should().Contain("Assigned to").And.NotContain("work-assign");
        (await admin.Client.GetStringAsync($"/reports/{report}")).Should().Contain("work-assign");

        (await admin.Do(report, "assign", 2, new { to = admin.Id })).Status.Should().Be(HttpStatusCode.OK);
        App.Stored(report).ClaimedBy.Should().Be(admin.Id);
        NoticesOf(report).Should().Equal((officer.Id, NoticeKind.Assigned), (officer.Id, NoticeKind.ClaimBroken));
    }

    [Fact]
    public async Task Who_may_not_and_to_whom_it_may_not_be_given_is_said_in_words_and_nothing_changes()
    {
        using var admin = await Hand.Of(App, "admin.ps1");
        using var officer = await Hand.Of(App, "officer.ps1");
        using var foreign = await Hand.Of(App, "admin.ps2");
        var report = (await App.Arrive("PS1", 1))[0];

        (await officer.Do(report, "assign", 1, new { to = officer.Id })).Status.Should().Be(HttpStatusCode.Conflict);
        (await foreign.Do(report, "assign", 1, new { to = foreign.Id })).Status.Should().Be(HttpStatusCode.NotFound);
        foreach (var to in new object?[] { null, "nobody", Guid.NewGuid(), foreign.Id })
        {
            var refused = await admin.Do(report, "assign", 1, new { to });
            (refused.Status, refused.Fields.Single()).Should().Be((HttpStatusCode.UnprocessableEntity, "to"));
        }

        App.Stored(report).Version.Should().Be(1);
        await admin.Do(report, "status", 1, new { to = "Invalid", reason = "A test call" });
        (await admin.Do(report, "assign", 2, new { to = officer.Id })).Status.Should().Be(HttpStatusCode.Conflict);
    }

    private List<(Guid Officer, NoticeKind Kind)> NoticesOf(Guid report)
    {
        using var db = App.Db();
        return [.. db.Notices.AsNoTracking().Where(notice => notice.ReportId == report).OrderBy(notice => notice.Id).Select(notice => new { notice.OfficerId, notice.Kind }).AsEnumerable().Select(notice => (notice.OfficerId, notice.Kind))];
    }
}
