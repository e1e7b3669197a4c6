using System.Net;
using System.Text.Json;
using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Log;
using AlertDavao.Tests.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Devices;

/// <summary>The board as it is asked for.</summary>
[Collection(DeviceTests.Name)]
public sealed class PollTests(LoggedApp app)
{
    private static readonly string[] Full =
    [
        "id", "tracking_code", "title", "types", "severity", "status", "barangay", "station", "occurred_at", "received_at", "version", "evidence", "claimed_by", "who",
    ];

    [Theory]
    [InlineData("officer.ps1", "PS1")]
    [InlineData("admin.ps1", "PS1")]
    [InlineData("hq", null)]
    public async Task Each_role_is_told_the_board_of_its_scope_in_the_same_words(string account, string? station)
    {
        using var client = await app.App.SignedIn(account);

        var page = await client.Poll();

        page.EnumerateObject().Select(field => field.Name).Should().Equal("cursor", "reset", "more", "entries");
        page.IsReset().Should().BeTrue();
        page.Cursor().Should().MatchRegex("^[A-Za-z0-9_-]{8,1024}$");
        page.Entries().Should().HaveCountGreaterThan(20).And.HaveCountLessThanOrEqualTo(200);
        foreach (var entry in page.Entries())
        {
            entry.EnumerateObject().Select(field => field.Name).Should().Equal("station", "number", "kind", "at", "report_id", "report");
            var report = entry.GetProperty("report");
            report.EnumerateObject().Select(field => field.Name).Should().BeEquivalentTo(Full);
            report.Text("station").Should().Be(entry.Text("station"));
            if (station is not null)
                entry.Text("station").Should().Be(station);
            foreach (var time in new[] { entry.Text("at"), report.Text("occurred_at"), report.Text("received_at") })
                time.Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$");
        }
    }

    [Fact]
    public async Task Who_has_no_duty_is_told_an_empty_board()
    {
        using var client = await app.App.SignedIn("noduty");

        var page = await client.Poll();

        (page.Cursor(), page.IsReset(), page.Entries().Count).Should().Be(("", true, 0));
        (await client.Poll("")).Entries().Should().BeEmpty();
    }

    [Fact]
    public async Task The_poll_tells_the_reports_that_a_circuit_draws()
    {
        using var client = await app.App.SignedIn("officer.ps2");
        var arrived = await app.App.Arrive("PS2", 3, "As a circuit draws it");
        await Eventually.Shows(client, "As a circuit draws it");

        var pages = await client.PollAll();

        var scope = app.App.Services.GetRequiredService<ScopeDirectory>().Of(app.App.IdOf("officer.ps2"));
        var drawn = app.App.Services.GetRequiredService<BoardReader>().Open(scope).Picture;
        pages.Entries().Select(entry => entry.ReportId()).Should().BeEquivalentTo(drawn.Rows.Select(row => row.Id)).And.Contain(arrived);
        pages[^1].Cursor().Should().Be(drawn.Cursor);
    }

    [Fact]
    public async Task What_came_after_a_cursor_is_told_once_and_then_nothing()
    {
        using var client = await app.App.SignedIn("officer.ps3");
        var before = await client.Now();
        var arrived = await app.App.Arrive("PS3", 2, "After the cursor");
        await Eventually.Shows(client, "After the cursor");

        var pages = await client.PollAll(before);

        pages.Should().OnlyContain(page => !page.IsReset());
        pages.Entries().Select(entry => (entry.ReportId(), entry.Text("kind"))).Should().Equal(arrived.Select(id => (id, "arrived")));
        var still = await client.Poll(pages[^1].Cursor());
        (still.Cursor(), still.IsReset(), still.Entries().Count).Should().Be((pages[^1].Cursor(), false, 0));
    }

    [Theory]
    [InlineData(450)]
    [InlineData(BoardPicture.MaxEntries + 300)]
    public async Task Hundreds_are_told_in_pages_from_the_tail_and_from_the_database_without_loss_or_double(int count)
    {
        using var client = await app.App.SignedIn("officer.ps4");
        var before = await client.Now();
        var arrived = await app.App.Arrive("PS4", count, $"One of {count}");
        await Settled("PS4");

        var pages = await client.PollAll(before);

        pages.Should().HaveCount((count + 199) / 200).And.OnlyContain(page => !page.IsReset());
        pages.SkipLast(1).Should().OnlyContain(page => page.Entries().Count == 200);
        pages.Entries().Select(entry => entry.ReportId()).Should().Equal(arrived);
        Numbers(pages).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task The_city_desk_that_is_behind_in_several_logs_misses_none_of_any()
    {
        using var client = await app.App.SignedIn("hq");
        var before = await client.Now();
        var arrived = new List<Guid>();
        foreach (var (log, count) in new[] { ("PS5", 550), ("PS6", 120), ("CITY", 30), ("PS5", 20) })
            arrived.AddRange(await app.App.Arrive(log, count, $"Behind in {log}"));
        foreach (var log in new[] { "PS5", "PS6", "CITY" })
            await Settled(log);

        var pages = await client.PollAll(before);

        pages.Should().OnlyContain(page => !page.IsReset());
        pages.Entries().Select(entry => entry.ReportId()).Should().BeEquivalentTo(arrived).And.OnlyHaveUniqueItems();
        foreach (var log in pages.Entries().GroupBy(entry => entry.Text("station")))
            log.Select(entry => entry.Place().Number).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task A_whole_board_of_more_than_one_page_loses_and_doubles_nothing_though_it_moves_on_meanwhile()
    {
        using var client = await app.App.SignedIn("officer.ps7");
        await app.App.Arrive("PS7", 400, "Of a long board");
        await Settled("PS7");
        var first = await client.Poll();
        first.GetProperty("more").GetBoolean().Should().BeTrue();
        var left = first.Entries()[0].ReportId();

        var meanwhile = await app.App.Arrive("PS7", 1, "While it is told");
        await app.App.Writer().Run(unit => House.Transferred(unit, left, "PS8"));
        app.App.Services.GetRequiredService<LiveBus>().Ring("PS7");
        await Settled("PS7");
        var rest = await client.PollAll(first.Cursor());

        rest.Should().OnlyContain(page => !page.IsReset());
        List<JsonElement> entries = [.. first.Entries(), .. rest.Entries()];
        entries.Where(entry => entry.Text("kind") == "arrived").Select(entry => entry.ReportId()).Should().OnlyHaveUniqueItems();
        var known = new HashSet<Guid>();
        foreach (var entry in entries)
        {
            if (entry.Text("kind") == "left")
                known.Remove(entry.ReportId());
            else
                known.Add(entry.ReportId());
        }

        var scope = app.App.Services.GetRequiredService<ScopeDirectory>().Of(app.App.IdOf("officer.ps7"));
        known.Should().BeEquivalentTo(app.App.Services.GetRequiredService<BoardReader>().Open(scope).Picture.Rows.Select(row => row.Id)).And.Contain(meanwhile);
    }

    [Fact]
    public async Task A_report_that_has_left_is_told_without_content_in_its_old_station_also_where_it_arrived()
    {
        const string title = "Nobody's business any more";
        using var old = await app.App.SignedIn("officer.ps9");
        using var now = await app.App.SignedIn("officer.ps10");
        var before = await old.Now();
        var id = (await app.App.Arrive("PS9", 1, title))[0];
        await app.App.Writer().Run(unit => House.Transferred(unit, id, "PS10"));
        foreach (var log in new[] { "PS9", "PS10" })
            app.App.Services.GetRequiredService<LiveBus>().Ring(log);
        await Settled("PS9");
        await Settled("PS10");

        using var answer = await old.GetAsync(Wire.At(Wire.Board, before));
        var body = await answer.Content.ReadAsStringAsync();

        var entries = JsonDocument.Parse(body).RootElement.Entries();
        entries.Should().HaveCount(2).And.OnlyContain(entry => entry.Text("kind") == "left" && entry.ReportId() == id);
        entries.Should().OnlyContain(entry => entry.EnumerateObject().All(field => field.Name != "report"));
        body.Should().NotContain("business");
        (await now.PollAll()).Entries().Should().Contain(entry => entry.ReportId() == id && entry.GetProperty("report").Text("title") == title);
    }

    [Fact]
    public async Task RT_22_nothing_of_another_station_is_on_the_wire()
    {
        using var client = await app.App.SignedIn("officer.ps15");
        var before = await client.Now();
        await app.App.Arrive("PS17", 1, "Foreign and secret");
        await app.App.Arrive("PS15", 1, "Of the own station");
        await Settled("PS17");
        await Settled("PS15");

        foreach (var after in new[] { null, before, await (await app.App.SignedIn("officer.ps17")).Now(), await (await app.App.SignedIn("hq")).Now() })
        {
            using var answer = await client.GetAsync(Wire.At(Wire.Board, after));
            (await answer.Content.ReadAsStringAsync()).Should().Contain("Of the own station").And.NotContain("Foreign and secret").And.NotContain("PS17");
        }
    }

    [Theory]
    [InlineData("' OR 1=1 --")]
    [InlineData("1; DROP TABLE Reports")]
    [InlineData("AAAA")]
    [InlineData("../../etc/passwd")]
    [InlineData("%00")]
    [InlineData("huge")]
    [InlineData("twice")]
    public async Task What_is_no_cursor_is_refused_by_name(string after)
    {
        using var client = await app.App.SignedIn("officer.ps1");
        var known = await client.Now();
        var query = after switch
        {
            "huge" => $"?after={new string('A', Cursor.MaxTextLength + 1)}",
            "twice" => $"?after={known}&after={known}",
            _ => $"?after={Uri.EscapeDataString(after)}",
        };
        foreach (var path in new[] { Wire.Board, Wire.Feed })
        {
            using var answer = await client.GetAsync(path + query, HttpCompletionOption.ResponseHeadersRead);

            answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
            answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
            var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            problem.GetProperty("errors").EnumerateObject().Select(field => field.Name).Should().Equal("after");
            problem.GetProperty("success").GetBoolean().Should().BeFalse();
        }
    }

    [Fact]
    public async Task A_cursor_of_another_database_of_other_logs_or_from_ahead_begins_anew()
    {
        using var client = await app.App.SignedIn("officer.ps1");
        Cursor.TryParse(await client.Now(), out var known).Should().BeTrue();
        Cursor[] strange =
        [
            Cursor.At(known.Epoch + 1, [new("PS1", known.Of("PS1"))]),
            Cursor.At(known.Epoch, [new("PS2", 1)]),
            Cursor.At(known.Epoch, [new("PS1", 1), new("PS2", 1)]),
            known.With("PS1", known.Of("PS1") + 1),
            known.With("PS1", long.MaxValue),
            known.With("rPS2", 1),
            known.With("r", 1),
            Cursor.At(known.Epoch, [new("t", 1), new("rPS1", 1)]),
        ];

        foreach (var cursor in strange)
        {
            var page = await client.Poll(cursor.ToString());
            page.IsReset().Should().BeTrue(string.Join('+', cursor.Logs));
            page.Entries().Should().OnlyContain(entry => entry.Text("station") == "PS1");
        }

        (await client.Poll(known.ToString())).IsReset().Should().BeFalse();
    }

    [Fact]
    public void What_a_passer_by_may_see_is_less_and_kept_apart()
    {
        var frames = app.App.Services.GetRequiredService<BoardFrames>();
        var scope = app.App.Services.GetRequiredService<ScopeDirectory>().Of(app.App.IdOf("officer.ps20"));
        var picture = app.App.Services.GetRequiredService<BoardReader>().Look(scope);

        var locked = JsonDocument.Parse(frames.Of(picture, locked: true, "").Body).RootElement;
        var full = JsonDocument.Parse(frames.Of(picture, locked: false, "").Body).RootElement;

        locked.Entries().Should().NotBeEmpty().And.OnlyContain(entry => entry.GetProperty("report").EnumerateObject().Select(field => field.Name)
            .SequenceEqual(new[] { "id", "version", "station", "severity", "title", "barangay", "received_at" }));
        full.Entries()[0].GetProperty("report").EnumerateObject().Select(field => field.Name).Should().BeEquivalentTo(Full);
        frames.Of(picture, locked: true, "").Should().BeSameAs(frames.Of(picture, locked: true, ""));
    }

    private async Task Settled(string log)
    {
        var tails = app.App.Services.GetRequiredService<StationTails>();
        var scope = Board.Rows.Scope(log);
        await Eventually.Holds(() =>
        {
            using var db = app.App.Db();
            return tails.Of(scope).NumberOf(log) == db.StationLogs.AsNoTracking().Single(l => l.Code == log).LastNumber;
        }, "the tail is up to date");
    }

    private static IEnumerable<long> Numbers(IEnumerable<JsonElement> pages) => pages.Entries().Select(entry => entry.Place().Number);
}
