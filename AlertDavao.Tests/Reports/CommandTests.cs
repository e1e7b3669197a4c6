using System.Net;
using System.Text;
using System.Text.Json;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Security;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Reports;

/// <summary>Working a report over plain HTTP: what each command does once, and what it refuses.</summary>
[Collection(SecurityTests.Name)]
public sealed class CommandTests(LoggedApp running)
{
    private static readonly Dictionary<string, string> Faultless = new()
    {
        ["acknowledge"] = "{}",
        ["claim"] = "{}",
        ["release"] = """{"reason":"end of the shift"}""",
        ["status"] = """{"to":"Acknowledged"}""",
        ["severity"] = """{"to":"High","reason":"two are hurt"}""",
        ["note"] = """{"text":"The witness calls back."}""",
        ["transfer"] = """{"to":"PS3","reason":"their side"}""",
    };

    public static TheoryData<string> Commands() => new(Faultless.Keys);

    private TestApp App => running.App;

    [Theory]
    [InlineData("acknowledge", ReportEventKind.StatusChanged)]
    [InlineData("claim", ReportEventKind.Claimed)]
    [InlineData("status", ReportEventKind.StatusChanged)]
    [InlineData("severity", ReportEventKind.SeverityChanged)]
    [InlineData("note", ReportEventKind.Remarked)]
    [InlineData("transfer", ReportEventKind.TransferAsked)]
    public async Task One_command_is_one_version_one_event_and_one_entry_and_reaches_another_officers_board(string command, ReportEventKind kind)
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        using var admin = await Hand.Of(App, "admin.ps1");
        var report = await Arrived();
        var before = await admin.Client.Now();

        var answer = await Send(officer, report, command, 1);

        (answer.Status, answer.Version).Should().Be((HttpStatusCode.OK, 2));
        var stored = App.Stored(report);
        stored.Version.Should().Be(2);
        stored.Since(1).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = kind, OfficerId = officer.Id, Version = 2, Part = 0 });
        App.EntriesOf(report).Select(entry => (entry.Kind, entry.Version)).Should().Equal((EntryKind.Arrived, 1), (EntryKind.Changed, 2));
        var told = await admin.Told(report, before, "changed");
        told.GetProperty("report").GetProperty("version").GetInt32().Should().Be(2);
    }

    [Fact]
    public async Task A_holder_lets_go_and_the_board_shows_nobody()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        using var admin = await Hand.Of(App, "admin.ps1");
        var report = await Arrived();
        await Send(officer, report, "claim", 1);
        var before = await Claimed(admin, report);

        var answer = await officer.Do(report, "release", 2);

        (answer.Status, answer.Version).Should().Be((HttpStatusCode.OK, 3));
        App.Stored(report).Since(2).Should().ContainSingle().Which.Kind.Should().Be(ReportEventKind.Released);
        var told = await admin.Told(report, before, "changed");
        told.GetProperty("report").GetProperty("claimed_by").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task Of_two_who_claim_in_the_same_moment_one_has_it_and_the_other_is_told_who()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        using var admin = await Hand.Of(App, "admin.ps1");
        for (var round = 0; round < 5; round++)
        {
            var report = await Arrived();

            var answers = await Task.WhenAll(officer.Do(report, "claim", 1), admin.Do(report, "claim", 1));

            answers.Select(answer => answer.Status).Should().BeEquivalentTo([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed]);
            var winner = answers[0].Status == HttpStatusCode.OK ? officer : admin;
            answers.Single(answer => answer.Status != HttpStatusCode.OK).Message.Should().StartWith($"{winner.Name} ");
            var stored = App.Stored(report);
            (stored.ClaimedBy, stored.Version).Should().Be((winner.Id, 2));
            App.EntriesOf(report).Should().HaveCount(2);
        }
    }

    [Fact]
    public async Task On_a_version_that_a_colleague_has_changed_nothing_is_done_and_it_is_said_who_and_how_it_stands()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        using var admin = await Hand.Of(App, "admin.ps1");
        var report = await Arrived();
        await Send(admin, report, "acknowledge", 1);

        var answer = await Send(officer, report, "severity", 1);

        answer.Status.Should().Be(HttpStatusCode.PreconditionFailed);
        answer.Message.Should().StartWith($"{admin.Name} ").And.Contain("Acknowledged");
        var stored = App.Stored(report);
        (stored.Version, stored.Severity).Should().Be((2, Severity.Medium));
        App.EntriesOf(report).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_version_that_there_is_not_yet_is_none()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();

        var answer = await Send(officer, report, "note", 2);

        answer.Status.Should().Be(HttpStatusCode.PreconditionFailed);
        App.Stored(report).Version.Should().Be(1);
    }

    [Fact]
    public async Task What_the_product_noted_by_itself_makes_no_version_old()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        using var admin = await Hand.Of(App, "admin.ps1");
        var report = await Arrived();
        await Send(officer, report, "claim", 1);
        await Noted(report, (one, now) =>
        {
            one.StartClock(EscalationTimes.Standard, now.AddHours(-1));
            one.Escalate(EscalationTimes.Standard, now);
        });
        await Noted(report, (one, now) => one.Lapse(now.AddMinutes(-1), now));

        var answer = await Send(admin, report, "note", 2);

        (answer.Status, answer.Version).Should().Be((HttpStatusCode.OK, 5));
    }

    [Fact]
    public async Task A_colleagues_change_is_not_hidden_by_what_the_product_noted_after_it()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        using var admin = await Hand.Of(App, "admin.ps1");
        var report = await Arrived();
        await Send(officer, report, "claim", 1);
        await Noted(report, (one, now) => one.Lapse(now.AddMinutes(-1), now));

        var answer = await Send(admin, report, "note", 1);

        answer.Status.Should().Be(HttpStatusCode.PreconditionFailed);
        answer.Message.Should().StartWith($"{officer.Name} ");
    }

    [Theory]
    [InlineData("Responding")]
    [InlineData("Investigating")]
    [InlineData("Resolved")]
    [InlineData("received")]
    public async Task A_move_that_the_table_does_not_have_is_a_conflict(string to)
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();

        var answer = await officer.Do(report, "status", 1, new { to, reason = "so" });

        answer.Status.Should().Be(HttpStatusCode.Conflict);
        App.Stored(report).Version.Should().Be(1);
    }

    [Fact]
    public async Task What_is_finished_is_not_claimed_and_not_triaged()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();
        await officer.Do(report, "status", 1, new { to = "Invalid", reason = "a test call" });

        (await Send(officer, report, "claim", 2)).Status.Should().Be(HttpStatusCode.Conflict);
        (await Send(officer, report, "severity", 2)).Status.Should().Be(HttpStatusCode.Conflict);
        (await Send(officer, report, "transfer", 2)).Status.Should().Be(HttpStatusCode.Conflict);

        App.Stored(report).Version.Should().Be(2);
    }

    [Theory]
    [InlineData("status", """{"to":"Invalid"#}""")]
    [InlineData("severity", """{"to":"High"#}""")]
    [InlineData("transfer", """{"to":"PS3"#}""")]
    public async Task A_reason_that_is_missing_or_too_long_is_named(string command, string body)
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();
        string With(string more) => body.Replace("#", more, StringComparison.Ordinal);

        foreach (var reason in new[] { "", ",\"reason\":null", ",\"reason\":\"  \\n \"", $",\"reason\":\"{new string('x', Report.MaxReason + 1)}\"" })
        {
            var answer = await Send(officer, report, command, 1, With(reason));

            answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity, reason);
            answer.Fields.Should().Equal("reason");
        }

        App.Stored(report).Version.Should().Be(1);
        (await Send(officer, report, command, 1, With($",\"reason\":\"{new string('x', Report.MaxReason)}\""))).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_note_is_measured_in_what_people_see_as_characters_and_kept_whole()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();
        var note = string.Concat(Enumerable.Repeat("👩‍🚒", Report.MaxNote));

        var tooLong = await officer.Do(report, "note", 1, new { text = note + "x" });
        var longest = await officer.Do(report, "note", 1, new { text = note });

        tooLong.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        tooLong.Fields.Should().Equal("text");
        longest.Status.Should().Be(HttpStatusCode.OK);
        App.Stored(report).Since(1).Single().Reason.Should().Be(note);
    }

    [Theory]
    [InlineData("note", "not json", 400)]
    [InlineData("note", "[]", 400)]
    [InlineData("note", "\"text\"", 400)]
    [InlineData("note", "7", 400)]
    [InlineData("note", "null", 400)]
    [InlineData("note", """{"text":"x""", 400)]
    [InlineData("note", """{"text":"x"} {}""", 400)]
    [InlineData("note", """{"a":{"a":{"a":{"a":{"a":1}}}},"text":"x"}""", 400)]
    [InlineData("note", """{"\ud800":1,"text":"x"}""", 400)]
    [InlineData("note", """{"text":"x","\ud800":1}""", 400)]
    [InlineData("note", "{}", 422, "text")]
    [InlineData("note", "", 422, "text")]
    [InlineData("note", """{"text":7}""", 422, "text")]
    [InlineData("note", """{"text":["x"]}""", 422, "text")]
    [InlineData("note", """{"text":{"x":1}}""", 422, "text")]
    [InlineData("note", """{"text":true}""", 422, "text")]
    [InlineData("note", """{"text":"\ud800"}""", 422, "text")]
    [InlineData("note", """{"text":"\u0000\u200b"}""", 422, "text")]
    [InlineData("status", "{}", 422, "to")]
    [InlineData("status", """{"to":"Vanished"}""", 422, "to")]
    [InlineData("status", """{"to":"1"}""", 422, "to")]
    [InlineData("status", """{"to":1}""", 422, "to")]
    [InlineData("status", """{"to":"Acknowledged,Invalid"}""", 422, "to")]
    [InlineData("severity", """{"to":"Worst","reason":"so"}""", 422, "to")]
    [InlineData("severity", """{"to":"Medium","reason":"so"}""", 422, "to")]
    [InlineData("claim", """{"take_over":"yes"}""", 422, "take_over")]
    [InlineData("claim", """{"take_over":1}""", 422, "take_over")]
    [InlineData("transfer", """{"reason":"so"}""", 422, "to")]
    [InlineData("transfer", """{"to":"PS99","reason":"so"}""", 422, "to")]
    [InlineData("transfer", """{"to":"CITY","reason":"so"}""", 422, "to")]
    [InlineData("transfer", """{"to":"PS1","reason":"so"}""", 422, "to")]
    public async Task A_body_that_is_not_understood_changes_nothing_and_names_its_field(string command, string body, int status, string? field = null)
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();

        var answer = await Send(officer, report, command, 1, body);

        ((int)answer.Status).Should().Be(status);
        answer.Message.Should().NotBeNullOrEmpty();
        answer.Fields.Should().Equal(field is null ? [] : [field]);
        App.Stored(report).Version.Should().Be(1);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_change_nothing()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();

        var answer = await officer.Send($"/api/reports/{report}/note", 1, new ByteArrayContent([.. "{\"text\":\""u8, 0xff, 0xfe, .. "\"}"u8]));

        ((int)answer.Status).Should().BeInRange(400, 422);
        App.Stored(report).Version.Should().Be(1);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('x')]
    public async Task A_body_of_a_megabyte_is_too_large_whatever_stands_in_it(char filler)
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();

        var answer = await Send(officer, report, "note", 1, $"{{\"text\":\"{new string(filler, 1024 * 1024)}\"}}");

        answer.Status.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        App.Stored(report).Version.Should().Be(1);
    }

    [Fact]
    public async Task A_depth_bomb_within_the_size_is_malformed()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();

        var answer = await Send(officer, report, "note", 1, "{\"text\":" + new string('[', 60_000));

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_it_does_not_know_in_a_body_is_passed_over_and_control_characters_are_not_kept()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();

        var answer = await Send(officer, report, "note", 1, """{"version":99,"officer":"me","status":"Resolved","log":"PS2","text":" a\u0000b\u0007\r\nc "}""");

        answer.Status.Should().Be(HttpStatusCode.OK);
        var stored = App.Stored(report);
        (stored.Version, stored.Status, stored.Log).Should().Be((2, ReportStatus.Received, "PS1"));
        stored.Since(1).Single().Reason.Should().Be("ab\nc");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    [Trait("catalogue", "A7")]
    public async Task What_stands_on_another_board_is_answered_as_what_there_is_not(string command)
    {
        using var officer = await Hand.Of(App, "officer.ps2");
        using var nobody = await Hand.Of(App, "noduty");
        var report = await Arrived();

        foreach (var hand in new[] { officer, nobody })
        {
            var foreign = await Send(hand, report, command, 1);
            var none = await Send(hand, Guid.CreateVersion7(), command, 1);

            foreign.Status.Should().Be(HttpStatusCode.NotFound);
            WithoutTrace(foreign).Should().Be(WithoutTrace(none));
        }

        App.Stored(report).Version.Should().Be(1);
        App.EntriesOf(report).Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_takes_a_version(string command)
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();

        var answer = await officer.Send($"/api/reports/{report}/{command}", null, Json(Faultless[command]));

        answer.Status.Should().Be(HttpStatusCode.PreconditionRequired);
        App.Stored(report).Version.Should().Be(1);
    }

    [Fact]
    public async Task What_a_colleague_holds_is_neither_claimed_nor_taken_over_nor_released_by_an_officer()
    {
        using var holder = await Hand.Of(App, "admin.ps1");
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();
        await Send(holder, report, "claim", 1);

        foreach (var (command, body) in new[] { ("claim", "{}"), ("claim", """{"take_over":true,"reason":"I am nearer"}"""), ("release", """{"reason":"so"}""") })
        {
            var answer = await Send(officer, report, command, 2, body);

            answer.Status.Should().Be(HttpStatusCode.Conflict);
            answer.Message.Should().StartWith($"{holder.Name} ");
        }

        App.Stored(report).ClaimedBy.Should().Be(holder.Id);
    }

    [Fact]
    public async Task An_admin_takes_over_with_a_reason_it_is_audited_and_the_holder_is_told()
    {
        using var holder = await Hand.Of(App, "officer.ps1");
        using var admin = await Hand.Of(App, "admin.ps1");
        var report = await Arrived();
        await Send(holder, report, "claim", 1);

        var without = await Send(admin, report, "claim", 2, """{"take_over":true}""");
        var with = await Send(admin, report, "claim", 2, """{"take_over":true,"reason":"I am nearer"}""");

        without.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        without.Fields.Should().Equal("reason");
        with.Status.Should().Be(HttpStatusCode.OK);
        App.Stored(report).ClaimedBy.Should().Be(admin.Id);
        Filed.AuditOf(App, report).Select(line => (line.Act, line.OfficerId)).Should().Equal((AuditActs.ClaimTakenOver, admin.Id));
        NoticesOn(report).Should().Equal((holder.Id, NoticeKind.TakenOver));
    }

    [Fact]
    public async Task Anybody_takes_over_from_a_holder_who_is_gone()
    {
        using var holder = await Hand.Of(App, "admin.ps1");
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();
        await Send(holder, report, "claim", 1);
        await Noted(report, (one, now) => one.Lapse(now.AddMinutes(-1), now));

        var answer = await Send(officer, report, "claim", 3, """{"take_over":true}""");

        answer.Status.Should().Be(HttpStatusCode.OK);
        var stored = App.Stored(report);
        (stored.ClaimedBy, stored.HolderOfflineSince).Should().Be((officer.Id, null));
        Filed.AuditOf(App, report).Should().ContainSingle(line => line.Act == AuditActs.ClaimTakenOver);
        NoticesOn(report).Should().Equal((holder.Id, NoticeKind.TakenOver));
    }

    [Fact]
    public async Task An_admin_breaks_a_claim_with_a_reason_it_is_audited_and_the_holder_is_told()
    {
        using var holder = await Hand.Of(App, "officer.ps1");
        using var admin = await Hand.Of(App, "admin.ps1");
        var report = await Arrived();
        await Send(holder, report, "claim", 1);

        var without = await Send(admin, report, "release", 2, "{}");
        var with = await Send(admin, report, "release", 2);

        without.Fields.Should().Equal("reason");
        with.Status.Should().Be(HttpStatusCode.OK);
        App.Stored(report).ClaimedBy.Should().BeNull();
        Filed.AuditOf(App, report).Select(line => (line.Act, line.OfficerId)).Should().Equal((AuditActs.ClaimBroken, admin.Id));
        NoticesOn(report).Should().Equal((holder.Id, NoticeKind.ClaimBroken));
    }

    [Fact]
    public async Task What_nobody_holds_is_neither_released_nor_taken_over()
    {
        using var admin = await Hand.Of(App, "admin.ps1");
        var report = await Arrived();

        (await Send(admin, report, "release", 1)).Status.Should().Be(HttpStatusCode.Conflict);
        (await Send(admin, report, "claim", 1, """{"take_over":true,"reason":"so"}""")).Status.Should().Be(HttpStatusCode.Conflict);

        App.Stored(report).Version.Should().Be(1);
    }

    [Fact]
    public async Task Claiming_what_one_holds_answers_well_and_changes_nothing()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();
        await Send(officer, report, "claim", 1);

        var answer = await Send(officer, report, "claim", 2);

        (answer.Status, answer.Version).Should().Be((HttpStatusCode.OK, 2));
        App.EntriesOf(report).Should().HaveCount(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_report_becomes_a_duplicate_of_one_that_is_named_by_id_or_by_tracking_code(bool byId)
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();
        var (other, code, _) = await Filed.In(App, A.ReportFor(App, "PS1", "The same bag"));

        var answer = await Duplicate(officer, report, byId ? other.ToString() : $" {code.ToLowerInvariant()} ");

        answer.Status.Should().Be(HttpStatusCode.OK);
        var stored = App.Stored(report);
        (stored.Status, stored.DuplicateOf).Should().Be((ReportStatus.Duplicate, other));
    }

    [Fact]
    public async Task A_duplicate_that_is_reopened_is_none_any_more()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var (report, other) = (await Arrived(), await Arrived());
        await Duplicate(officer, report, other.ToString());

        var answer = await officer.Do(report, "status", 2, new { to = "Investigating", reason = "another bag" });

        answer.Status.Should().Be(HttpStatusCode.OK);
        App.Stored(report).DuplicateOf.Should().BeNull();
    }

    [Fact]
    public async Task A_report_is_a_duplicate_neither_of_itself_nor_of_a_duplicate_nor_of_nothing()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var (report, code, _) = await Filed.In(App, A.ReportFor(App, "PS1", "The same bag"));
        var (duplicate, other) = (await Arrived(), await Arrived());
        await Duplicate(officer, duplicate, other.ToString());

        foreach (var of in new[] { report.ToString(), code, duplicate.ToString(), "", null })
        {
            var answer = await Duplicate(officer, report, of);

            answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity, of);
            answer.Fields.Should().Equal("duplicate_of");
        }

        App.Stored(report).Version.Should().Be(1);
    }

    [Fact]
    public async Task A_report_on_another_board_is_no_duplicate_to_name_and_is_answered_as_what_there_is_not()
    {
        using var officer = await Hand.Of(App, "officer.ps1");
        var report = await Arrived();
        var (foreign, code, _) = await Filed.In(App, A.ReportFor(App, "PS2", "Of another station"));

        var none = await Duplicate(officer, report, Guid.CreateVersion7().ToString());
        foreach (var of in new[] { foreign.ToString(), code })
        {
            var answer = await Duplicate(officer, report, of);

            answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
            WithoutTrace(answer).Should().Be(WithoutTrace(none));
        }
    }

    private async Task<Guid> Arrived() => (await App.Arrive("PS1", 1, "To be worked"))[0];

    private static async Task<string> Claimed(Hand hand, Guid report)
    {
        var cursor = "";
        await Eventually.Reads(
            async () =>
            {
                var pages = await hand.Client.PollAll();
                cursor = pages[^1].Cursor();
                return pages.Entries().Last(entry => entry.ReportId() == report).GetProperty("report").GetProperty("claimed_by").ValueKind;
            },
            kind => kind == JsonValueKind.String,
            "the board shows who holds it");
        return cursor;
    }

    private static Task<Answer> Send(Hand hand, Guid report, string command, int version, string? body = null)
        => hand.Send($"/api/reports/{report}/{command}", version, Json(body ?? Faultless[command]));

    private static Task<Answer> Duplicate(Hand hand, Guid report, string? of)
        => hand.Do(report, "status", 1, new { to = "Duplicate", reason = "the same bag", duplicate_of = of });

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private Task<bool> Noted(Guid id, Action<Report, DateTimeOffset> note) => App.Writer().Run(unit =>
    {
        var report = unit.Db.Reports.Single(r => r.Id == id);
        note(report, unit.Now);
        unit.Append(report, EntryKind.Changed);
        return true;
    });

    private IReadOnlyList<(Guid, NoticeKind)> NoticesOn(Guid report)
    {
        using var db = App.Db();
        return [.. db.Notices.AsNoTracking().Where(notice => notice.ReportId == report).OrderBy(notice => notice.Id).AsEnumerable().Select(notice => (notice.OfficerId, notice.Kind))];
    }

    private static string WithoutTrace(Answer answer)
        => string.Join('\n', answer.Body.EnumerateObject().Where(field => field.Name != "traceId").Select(field => field.ToString()));
}
