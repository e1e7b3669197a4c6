using System.Net;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Reports;

/// <summary>A report goes from PS5 to PS6: who is told, what each station sees of it and when, and who may decide.</summary>
[Collection(SecurityTests.Name)]
public sealed class TransferCommandTests(LoggedApp running)
{
    private const string Why = "Across the bridge it is yours";

    private TestApp App => running.App;

    [Fact]
    public async Task The_station_that_is_asked_is_told_in_person_and_its_list_shows_no_word_of_the_report()
    {
        using var asking = await Hand.Of(App, "officer.ps5");
        using var asked = await Hand.Of(App, "officer.ps6");
        using var admin = await Hand.Of(App, "admin.ps6");
        var (report, code, title) = await Arrived();

        (await Ask(asking, report)).Status.Should().Be(HttpStatusCode.OK);

        (await asked.Transfers()).Should().Contain(code).And.Contain(Why).And.Contain("PS5");
        var page = await asked.Client.GetStringAsync("/transfers");
        page.Should().NotContain(title).And.NotContain("Told in confidence");
        NoticesOf(report).Should().BeEquivalentTo([(asked.Id, NoticeKind.TransferAsked), (admin.Id, NoticeKind.TransferAsked)]);
        var told = App.Services.GetRequiredService<OfficerNotices>().Of(asked.Id).Single(notice => notice.Notice.ReportId == report).Words;
        told.Should().Contain(code).And.Contain("PS5").And.NotContain(title);
        (await asked.Client.PollAll()).Entries().Should().NotContain(entry => entry.ReportId() == report, "it stands where it stood");
        (await asking.Transfers()).Should().Contain(code);
    }

    [Fact]
    public async Task No_other_station_is_shown_a_transfer()
    {
        using var asking = await Hand.Of(App, "officer.ps5");
        using var other = await Hand.Of(App, "officer.ps7");
        var (report, code, _) = await Arrived();
        await Ask(asking, report);

        (await other.Client.GetStringAsync("/transfers")).Should().NotContain(code).And.NotContain(Why);
        NoticesOf(report).Should().NotContain(notice => notice.Officer == other.Id);
    }

    [Fact]
    public async Task Accepting_takes_it_off_one_board_and_puts_it_on_the_other_as_new()
    {
        using var asking = await Hand.Of(App, "officer.ps5");
        using var colleague = await Hand.Of(App, "admin.ps5");
        using var asked = await Hand.Of(App, "officer.ps6");
        var (report, code, title) = await Arrived();
        await asking.Do(report, "acknowledge", 1);
        await asking.Do(report, "claim", 2);
        (await Ask(asking, report, 3)).Status.Should().Be(HttpStatusCode.OK);
        var (there, here) = (await Settled(asking, report, 4), await asked.Client.Now());

        var answer = await asked.Decide(TransferOf(report).Id, "accept");

        answer.Status.Should().Be(HttpStatusCode.OK);
        var left = await asking.Told(report, there, "left");
        left.TryGetProperty("report", out _).Should().BeFalse();
        left.ToString().Should().NotContain(title).And.NotContain(code);
        var arrived = (await asked.Told(report, here, "arrived")).GetProperty("report");
        (arrived.Text("title"), arrived.Text("status"), arrived.Text("station")).Should().Be((title, "Received", "PS6"));
        var stored = App.Stored(report);
        (stored.Log, stored.Status, stored.ClaimedBy, stored.AcknowledgedBy, stored.TransferAskedTo, stored.Version).Should().Be(("PS6", ReportStatus.Received, null, null, null, 5));
        stored.Since(4).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = ReportEventKind.Transferred, OfficerId = asked.Id, FromLog = "PS5", ToLog = "PS6" });
        var entries = App.EntriesOf(report);
        entries.Select(entry => (entry.Log, entry.Kind)).Should().BeEquivalentTo(
            [("PS5", EntryKind.Arrived), ("PS5", EntryKind.Changed), ("PS5", EntryKind.Changed), ("PS5", EntryKind.Changed), ("PS5", EntryKind.Left), ("PS6", EntryKind.Arrived)]);
        entries.Where(entry => entry.Version == 5).Select(entry => entry.At).Distinct().Should().ContainSingle("it is one step");
        stored.LogNumber.Should().Be(entries.Single(entry => entry.Log == "PS6").Number);
        TransferOf(report).Should().BeEquivalentTo(new { State = TransferState.Accepted, DecidedBy = asked.Id, LeftAs = entries.Single(entry => entry.Kind == EntryKind.Left).Number });
        NoticesOf(report).Where(notice => notice.Kind == NoticeKind.TransferAccepted).Select(notice => notice.Officer).Should().BeEquivalentTo([asking.Id, colleague.Id]);
        Filed.AuditOf(App, report).Should().ContainSingle(line => line.Act == AuditActs.ReportMoved && line.OfficerId == asked.Id);
    }

    [Fact]
    public async Task What_is_left_at_the_old_station_is_number_code_to_whom_and_when_and_never_what_came_later()
    {
        using var asking = await Hand.Of(App, "officer.ps5");
        using var asked = await Hand.Of(App, "officer.ps6");
        var (report, code, title) = await Arrived();
        await Ask(asking, report);
        await asked.Decide(TransferOf(report).Id, "accept");
        await asked.Do(report, "severity", 3, new { to = "High", reason = "Heard afterwards: nobody hurt" });
        await asked.Do(report, "note", 4, new { text = "Heard afterwards: a blue van" });
        await asked.Do(report, "status", 5, new { to = "Invalid", reason = "Heard afterwards: a prank" });
        await Renamed(report, "Heard afterwards: a canoe");
        App.Stored(report).Version.Should().Be(6);

        var transfer = TransferOf(report);
        var stub = Regex.Match(await asking.Transfers(), $"<li>\\s*<p><b>{code}</b>.*?</li>", RegexOptions.Singleline).Value;

        stub.Should().Contain($"left PS5 as no. {transfer.LeftAs}, to PS6, ").And.NotContain(report.ToString());
        foreach (var address in new[] { "/transfers", $"/reports/{report}", "/", "/reports" })
        {
            using var page = await asking.Client.GetAsync(address);
            (await page.Content.ReadAsStringAsync()).Should().NotContain(title).And.NotContain("Heard afterwards").And.NotContain("Told in confidence", address);
        }

        (await asking.Do(report, "note", 6, new { text = "From afar" })).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Refusing_says_why_and_the_report_stays()
    {
        using var asking = await Hand.Of(App, "officer.ps5");
        using var asked = await Hand.Of(App, "officer.ps6");
        var (report, _, _) = await Arrived();
        await Ask(asking, report);

        var answer = await asked.Decide(TransferOf(report).Id, "refuse", new { reason = "The bridge is yours" });

        answer.Status.Should().Be(HttpStatusCode.OK);
        var stored = App.Stored(report);
        (stored.Log, stored.TransferAskedTo, stored.Version).Should().Be(("PS5", null, 3));
        App.EntriesOf(report).Select(entry => (entry.Log, entry.Kind)).Should().Equal(("PS5", EntryKind.Arrived), ("PS5", EntryKind.Changed), ("PS5", EntryKind.Changed));
        TransferOf(report).Should().BeEquivalentTo(new { State = TransferState.Refused, DecidedBy = asked.Id, Answer = "The bridge is yours", LeftAs = (long?)null });
        NoticesOf(report).Should().Contain((asking.Id, NoticeKind.TransferRefused));
        (await asking.Transfers()).Should().Contain("The bridge is yours");
    }

    [Fact]
    public async Task Refusing_takes_a_reason()
    {
        using var asking = await Hand.Of(App, "officer.ps5");
        using var asked = await Hand.Of(App, "officer.ps6");
        var (report, _, _) = await Arrived();
        await Ask(asking, report);

        foreach (var body in new object?[] { null, new { reason = " " }, new { reason = new string('x', Report.MaxReason + 1) } })
        {
            var answer = await asked.Decide(TransferOf(report).Id, "refuse", body);

            answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
            answer.Fields.Should().Equal("reason");
        }

        TransferOf(report).State.Should().Be(TransferState.Asked);
    }

    [Theory]
    [InlineData("officer.ps7")]
    [InlineData("noduty")]
    [InlineData("officer.ps5")]
    [Trait("catalogue", "A7")]
    public async Task Who_does_not_serve_where_it_was_asked_to_does_not_decide_and_is_answered_as_about_nothing(string account)
    {
        using var asking = await Hand.Of(App, "admin.ps5");
        using var other = await Hand.Of(App, account);
        var (report, _, _) = await Arrived();
        await Ask(asking, report);

        foreach (var decision in new[] { "accept", "refuse" })
        {
            var foreign = await other.Decide(TransferOf(report).Id, decision, new { reason = "so" });
            var none = await other.Decide(Guid.CreateVersion7(), decision, new { reason = "so" });

            foreign.Status.Should().Be(HttpStatusCode.NotFound);
            (none.Status, none.Message).Should().Be((foreign.Status, foreign.Message));
        }

        (TransferOf(report).State, App.Stored(report).Log).Should().Be((TransferState.Asked, "PS5"));
    }

    [Fact]
    public async Task The_city_desk_moves_a_report_at_once_and_its_old_station_is_told()
    {
        using var desk = await Hand.Of(App, "hq");
        using var old = await Hand.Of(App, "officer.ps5");
        var (report, code, title) = await Arrived();

        var answer = await desk.Do(report, "transfer", 1, new { to = "ps6" });

        (answer.Status, answer.Version).Should().Be((HttpStatusCode.OK, 2));
        App.Stored(report).Log.Should().Be("PS6");
        var entries = App.EntriesOf(report);
        entries.Select(entry => (entry.Log, entry.Kind)).Should().BeEquivalentTo([("PS5", EntryKind.Arrived), ("PS5", EntryKind.Left), ("PS6", EntryKind.Arrived)]);
        TransferOf(report).Should().BeEquivalentTo(new { State = TransferState.Accepted, AskedBy = desk.Id, DecidedBy = desk.Id, LeftAs = entries.Single(entry => entry.Kind == EntryKind.Left).Number });
        NoticesOf(report).Should().Contain((old.Id, NoticeKind.MovedAway));
        (await old.Transfers()).Should().Contain(code).And.NotContain(title);
        Filed.AuditOf(App, report).Should().ContainSingle(line => line.Act == AuditActs.ReportMoved);
    }

    [Fact]
    public async Task The_city_desk_gives_an_unrouted_report_to_a_station()
    {
        using var desk = await Hand.Of(App, "hq");
        using var officer = await Hand.Of(App, "officer.ps6");
        var before = await officer.Client.Now();
        var report = (await App.Arrive("CITY", 1, "Nowhere yet"))[0];

        (await desk.Do(report, "transfer", 1, new { to = "PS6", reason = "by its street" })).Status.Should().Be(HttpStatusCode.OK);

        (await officer.Told(report, before, "arrived")).GetProperty("report").Text("station").Should().Be("PS6");
    }

    [Fact]
    public async Task What_was_asked_is_void_when_the_city_desk_moves_it_elsewhere()
    {
        using var asking = await Hand.Of(App, "officer.ps5");
        using var asked = await Hand.Of(App, "officer.ps6");
        using var desk = await Hand.Of(App, "hq");
        var (report, _, _) = await Arrived();
        await Ask(asking, report);
        var first = TransferOf(report).Id;

        (await desk.Do(report, "transfer", 2, new { to = "PS7" })).Status.Should().Be(HttpStatusCode.OK);

        (await asked.Decide(first, "accept")).Status.Should().Be(HttpStatusCode.Conflict);
        App.Stored(report).Log.Should().Be("PS7");
        using var db = App.Db();
        db.Transfers.AsNoTracking().Single(transfer => transfer.Id == first).State.Should().Be(TransferState.Void);
    }

    [Theory]
    [InlineData("PS5", "so")]
    [InlineData("PS99", "so")]
    [InlineData("PS7", null)]
    public async Task A_move_of_the_city_desk_that_is_refused_leaves_what_was_asked_as_it_is(string to, string? reason)
    {
        using var asking = await Hand.Of(App, "officer.ps5");
        using var asked = await Hand.Of(App, "officer.ps6");
        using var desk = await Hand.Of(App, "hq");
        var (report, _, _) = await Arrived();
        await Ask(asking, report);

        var refused = await desk.Do(report, "transfer", 2, new { to, reason = reason ?? new string('x', Report.MaxReason + 1) });

        refused.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        (App.Stored(report).Version, TransferOf(report).State).Should().Be((2, TransferState.Asked));
        (await asked.Decide(TransferOf(report).Id, "accept")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_report_that_is_finished_is_asked_away_no_longer()
    {
        using var asking = await Hand.Of(App, "officer.ps5");
        using var asked = await Hand.Of(App, "officer.ps6");
        var (report, code, _) = await Arrived();
        await Ask(asking, report);

        await asking.Do(report, "status", 2, new { to = "Invalid", reason = "a test call" });

        TransferOf(report).State.Should().Be(TransferState.Void);
        (await asked.Decide(TransferOf(report).Id, "accept")).Status.Should().Be(HttpStatusCode.Conflict);
        App.Stored(report).Log.Should().Be("PS5");
        (await asked.Transfers()).Should().NotContain(code);
    }

    [Theory]
    [InlineData("accept", "refuse")]
    [InlineData("refuse", "accept")]
    [InlineData("accept", "accept")]
    public async Task A_transfer_is_decided_once(string first, string second)
    {
        using var asking = await Hand.Of(App, "officer.ps5");
        using var asked = await Hand.Of(App, "officer.ps6");
        using var admin = await Hand.Of(App, "admin.ps6");
        var (report, _, _) = await Arrived();
        await Ask(asking, report);
        var transfer = TransferOf(report).Id;

        (await asked.Decide(transfer, first, new { reason = "so" })).Status.Should().Be(HttpStatusCode.OK);
        var again = await admin.Decide(transfer, second, new { reason = "so" });

        again.Status.Should().Be(HttpStatusCode.Conflict);
        App.Stored(report).Version.Should().Be(3);
    }

    [Fact]
    public async Task Of_two_who_decide_in_the_same_moment_one_does()
    {
        using var asking = await Hand.Of(App, "officer.ps5");
        using var asked = await Hand.Of(App, "officer.ps6");
        using var admin = await Hand.Of(App, "admin.ps6");
        for (var round = 0; round < 5; round++)
        {
            var (report, _, _) = await Arrived();
            await Ask(asking, report);
            var transfer = TransferOf(report).Id;

            var answers = await Task.WhenAll(asked.Decide(transfer, "accept"), admin.Decide(transfer, "refuse", new { reason = "so" }));

            answers.Select(answer => answer.Status).Should().BeEquivalentTo([HttpStatusCode.OK, HttpStatusCode.Conflict]);
            var isAccepted = answers[0].Status == HttpStatusCode.OK;
            (App.Stored(report).Log, TransferOf(report).State).Should().Be(isAccepted ? ("PS6", TransferState.Accepted) : ("PS5", TransferState.Refused));
        }
    }

    [Fact]
    public async Task One_station_is_asked_at_a_time()
    {
        using var asking = await Hand.Of(App, "officer.ps5");
        var (report, _, _) = await Arrived();
        await Ask(asking, report);

        var answer = await asking.Do(report, "transfer", 2, new { to = "PS7", reason = "or they" });

        answer.Status.Should().Be(HttpStatusCode.Conflict);
        TransferOf(report).ToLog.Should().Be("PS6");
    }

    private async Task<(Guid Id, string Code, string Title)> Arrived()
    {
        var sent = A.ReportFor(App, "PS5", $"Stolen boat {Guid.NewGuid():N}");
        sent["description"] = "Told in confidence";
        var (id, code, _) = await Filed.In(App, sent);
        return (id, code, (string)sent["title"]!);
    }

    private static Task<Answer> Ask(Hand hand, Guid report, int version = 1) => hand.Do(report, "transfer", version, new { to = "PS6", reason = Why });

    /// <summary>The cursor of a board that has come to that version of the report.</summary>
    private static async Task<string> Settled(Hand hand, Guid report, int version)
    {
        var pages = await Eventually.Reads(
            () => hand.Client.PollAll(),
            pages => pages.Entries().Any(entry => entry.ReportId() == report && entry.GetProperty("report").GetProperty("version").GetInt32() == version),
            $"the board shows version {version}");
        return pages[^1].Cursor();
    }

    // No command changes a title; whatever does some day shall not show at the old station.
    private Task<int> Renamed(Guid report, string title)
        => App.Writer().Run(unit => unit.Db.Reports.Where(one => one.Id == report).ExecuteUpdate(set => set.SetProperty(one => one.Title, title)));

    private Transfer TransferOf(Guid report)
    {
        using var db = App.Db();
        return db.Transfers.AsNoTracking().Single(transfer => transfer.ReportId == report);
    }

    private IReadOnlyList<(Guid Officer, NoticeKind Kind)> NoticesOf(Guid report)
    {
        using var db = App.Db();
        return [.. db.Notices.AsNoTracking().Where(notice => notice.ReportId == report).AsEnumerable().Select(notice => (notice.OfficerId, notice.Kind))];
    }
}
