using System.Net;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Security;

namespace AlertDavao.Tests.Reports;

/// <summary>Two reports that belong together stay two: each with its reporter, its evidence and its work.</summary>
[Collection(SecurityTests.Name)]
public sealed class LinkTests(LoggedApp running)
{
    private TestApp App => running.App;

    [Fact]
    public async Task A_link_stands_on_both_timelines_changes_nothing_else_and_is_taken_away_from_either_side()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        using var colleague = await Hand.Of(App, "admin.ps1");
        var reports = await App.Arrive("PS1", 2);
        var before = await colleague.Client.Now();

        var linked = await officer.Do(reports[0], "link", 1, new { to = reports[1] });

        (linked.Status, linked.Version).Should().Be((HttpStatusCode.OK, 2));
        foreach (var (one, other) in new[] { (reports[0], reports[1]), (reports[1], reports[0]) })
        {
            var stored = App.Stored(one);
            stored.Since(1).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = ReportEventKind.Linked, OtherReport = other, OfficerId = officer.Id });
            (stored.Status, stored.DuplicateOf).Should().Be((ReportStatus.Received, null));
            App.EntriesOf(one).Select(entry => entry.Kind).Should().Equal(EntryKind.Arrived, EntryKind.Changed);
            (await colleague.Told(one, before, "changed")).GetProperty("report").GetProperty("version").GetInt32().Should().Be(2);
            (await colleague.Client.GetStringAsync($"/reports/{one}")).Should().Contain("Linked with").And.Contain($"data-unlink=\"{other}\"");
        }

        (await colleague.Do(reports[1], "unlink", 2, new { to = reports[0] })).Status.Should().Be(HttpStatusCode.OK);

        foreach (var one in reports)
        {
            App.Stored(one).Since(2).Should().ContainSingle().Which.Kind.Should().Be(ReportEventKind.Unlinked);
            (await officer.Client.GetStringAsync($"/reports/{one}")).Should().NotContain("data-unlink");
        }
    }

    [Fact]
    public async Task What_cannot_be_linked_is_refused_in_words_and_nothing_changes()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var reports = await App.Arrive("PS1", 2);
        var foreign = (await App.Arrive("PS2", 1))[0];
        (await officer.Do(reports[0], "link", 1, new { to = reports[1] })).Status.Should().Be(HttpStatusCode.OK);

        foreach (var (command, to, status, field) in new (string, object?, HttpStatusCode, string?)[]
                 {
                     ("link", null, HttpStatusCode.UnprocessableEntity, "to"),
                     ("link", reports[0], HttpStatusCode.UnprocessableEntity, "to"),
                     ("link", foreign, HttpStatusCode.UnprocessableEntity, "to"),
                     ("link", Guid.NewGuid(), HttpStatusCode.UnprocessableEntity, "to"),
                     ("link", reports[1], HttpStatusCode.Conflict, null),
                     ("unlink", foreign, HttpStatusCode.UnprocessableEntity, "to"),
                 })
        {
            var refused = await officer.Do(reports[0], command, 2, new { to });

            refused.Status.Should().Be(status, $"{command} {to}");
            refused.Fields.Should().Equal(field is null ? [] : [field]);
            refused.Message.Should().NotBeNullOrWhiteSpace();
        }

        App.Stored(reports[0]).Version.Should().Be(2);
        App.Stored(foreign).Version.Should().Be(1, "of another station's report nothing is said or changed");
        (await officer.Do(reports[0], "unlink", 2, new { to = reports[1] })).Status.Should().Be(HttpStatusCode.OK);
        (await officer.Do(reports[0], "unlink", 3, new { to = reports[1] })).Status.Should().Be(HttpStatusCode.Conflict);
    }
}
