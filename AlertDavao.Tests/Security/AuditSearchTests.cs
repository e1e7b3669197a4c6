using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Audit;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Geography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Security;

/// <summary>The audit searched by what an entry was about and when it was, and what is found as a file.</summary>
public sealed partial class AuditSearchTests(LoggedApp running) : IClassFixture<LoggedApp>
{
    private static readonly DateTimeOffset Midnight = new(2024, 2, 29, 0, 0, 0, ManilaTime.Offset);

    private TestApp App => running.App;

    [Fact]
    public async Task It_is_searched_by_report_by_officer_and_by_what_is_stored()
    {
        using var desk = await App.SignedIn("hq");
        const string code = "DVO-AUDITED1";
        var report = await App.Writer().Run(unit =>
        {
            var arrived = Data.Store.NewReport(unit, "To be looked for", "PS3", code);
            unit.Arrive(arrived);
            return arrived.Id;
        });
        var (actor, about) = (IdOf("admin.ps3"), IdOf("officer.ps3"));
        await Write(unit =>
        {
            unit.Audit(actor, AuditActs.CallBack, report);
            unit.Audit(actor, AuditActs.Assigned, report, about.ToString());
            unit.Audit(actor, AuditActs.DutyPosted, subject: $"{about} PS3");
            unit.Audit(actor, AuditActs.HandedOver, subject: $"{IdOf("officer.ps4")} {about}");
            unit.Audit(actor, AuditActs.Export, subject: "of_100% kept");
        });

        Acts(await Find(desk, $"about={code}")).Should().Equal(AuditActs.Assigned, AuditActs.CallBack);
        Acts(await Find(desk, $"about={code.ToLowerInvariant()}&act={AuditActs.CallBack}")).Should().Equal(AuditActs.CallBack);
        var named = await Find(desk, "about=officer.ps3@");
        Acts(named).Should().Equal(AuditActs.HandedOver, AuditActs.DutyPosted, AuditActs.Assigned);
        named.Should().Contain($"{NameOf(about)}, PS3").And.NotContain(about.ToString(), "people read names");
        Acts(await Find(desk, "about=OF_100%25")).Should().Equal(AuditActs.Export);
        Acts(await Find(desk, "about=of%25kept")).Should().BeEmpty("what is typed is no pattern");
        Acts(await Find(desk, "about=officer.ps3@&who=admin.ps3@")).Should().HaveCount(3);
        Acts(await Find(desk, "about=officer.ps3@&who=officer.ps3@")).Should().BeEmpty();
    }

    [Fact]
    public async Task It_is_searched_by_Manila_days_both_of_them_included()
    {
        using var desk = await App.SignedIn("hq");
        foreach (var (name, at) in new[] { ("before", -1), ("first", 0), ("last", 86_399_999), ("after", 86_400_000) })
            await Write(unit => new WriteUnit(unit.Db, Midnight.AddMilliseconds(at)).Audit(IdOf("hq"), AuditActs.Export, subject: $"zz-day {name}"));

        (await Days("from=2024-02-29&until=2024-02-29")).Should().Equal("last", "first");
        (await Days("from=2024-02-29")).Should().Equal("after", "last", "first");
        (await Days("until=2024-02-29")).Should().Equal("last", "first", "before");
        (await Days("from=2024-03-01&until=2024-02-29")).Should().BeEmpty();
        (await Find(desk, "about=zz-day&from=2024-02-29&until=2024-02-29")).Should().Contain("value=\"2024-02-29\"", "the form says what is shown");

        async Task<List<string>> Days(string query)
            => [.. DayOf().Matches(await Find(desk, "about=zz-day&" + query)).Select(found => found.Groups["day"].Value)];
    }

    [Fact]
    public async Task What_finds_nothing_says_so_and_how_to_go_on_and_offers_no_file()
    {
        using var desk = await App.SignedIn("hq");

        var page = await Find(desk, "who=nobody-is-called-that");

        page.Should().Contain("No entry matches these filters.").And.Contain("href=\"/audit\">Clear the filters").And.NotContain("export.csv");
    }

    [Fact]
    public async Task The_file_has_what_the_page_finds_and_all_of_its_pages_and_only_that()
    {
        using var desk = await App.SignedIn("hq");
        var actor = IdOf("officer.ps6");
        await Write(unit =>
        {
            for (var at = 0; at < ReadAudit.Page + 10; at++)
                unit.Audit(actor, AuditActs.Export, subject: $"zz-many {at}");
            unit.Audit(actor, AuditActs.Filed, subject: "zz-many no");
            unit.Audit(IdOf("officer.ps7"), AuditActs.Export, subject: "zz-many no");
        });
        var page = await Find(desk, $"about=zz-many&act={AuditActs.Export}&who=officer.ps6@");
        var address = WebUtility.HtmlDecode(ExportLink().Match(page).Groups["to"].Value);

        var table = Table(await desk.GetStringAsync(address)).Skip(1).ToList();

        table.Select(cells => cells[^1]).Should().Equal(Enumerable.Range(0, ReadAudit.Page + 10).Reverse().Select(at => $"zz-many {at}"));
        table.Should().OnlyContain(cells => cells.Length == 7 && cells[2] == NameOf(actor) && cells[3].StartsWith("officer.ps6@") && cells[4] == "Exported reports");
        Table(await desk.GetStringAsync(address + "&before=1")).Should().HaveCount(table.Count + 1, "a page's place is no filter");
    }

    [Fact]
    [Trait("catalogue", "B13")]
    public async Task B13_no_cell_of_the_file_is_a_formula_and_quotes_and_lines_stay_in_their_cell()
    {
        using var desk = await App.SignedIn("hq");
        string[] subjects = ["=cmd|' /C calc'!A0 zz-cell", "+1 zz-cell", "-1 zz-cell", "@SUM(A1) zz-cell", "\tzz-cell", "Said \"zz-cell, now\"", "One\nTwo zz-cell", "a, zz-cell"];
        await Write(unit =>
        {
            foreach (var subject in subjects)
                unit.Audit(IdOf("hq"), AuditActs.Export, subject: subject);
        });

        var table = Table(await desk.GetStringAsync($"{AuditFeature.Export}?about=zz-cell"));

        table.Skip(1).Select(cells => cells[^1]).Should().BeEquivalentTo(subjects.Select(subject => subject[0] is '=' or '+' or '-' or '@' or '\t' ? "'" + subject : subject));
        table.SelectMany(cells => cells).Should().OnlyContain(cell => cell.Length == 0 || !"=+-@\t\r".Contains(cell[0]));
        table.Should().OnlyContain(cells => cells.Length == 7);
    }

    [Fact]
    public async Task The_file_is_named_kept_by_nobody_and_audited_without_what_was_typed()
    {
        using var desk = await App.SignedIn("hq");

        using var answer = await desk.GetAsync($"{AuditFeature.Export}?who=hq@&from=2024-01-01&act=&about=zz-typed");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().Should().Be("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        answer.Content.Headers.ContentDisposition.FileName.Should().MatchRegex(@"^audit-\d{8}-\d{4}\.csv$");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        (await answer.Content.ReadAsByteArrayAsync()).Should().StartWith(Encoding.UTF8.Preamble.ToArray());
        using var db = App.Db();
        var line = db.Audit.AsNoTracking().Where(entry => entry.Act == AuditActs.AuditExport).OrderByDescending(entry => entry.Id).First();
        (line.OfficerId, line.Subject).Should().Be((IdOf("hq"), "who about from"));
    }

    [Theory]
    [InlineData("officer.ps1")]
    [InlineData("admin.ps1")]
    [InlineData("noduty")]
    public async Task Nobody_but_the_city_desk_takes_it_and_who_may_not_leaves_no_entry(string account)
    {
        using var client = await App.SignedIn(account);

        using var answer = await client.GetAsync(AuditFeature.Export);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("Signed in");
        var officer = IdOf(account);
        using var db = App.Db();
        db.Audit.Any(entry => entry.OfficerId == officer && entry.Act == AuditActs.AuditExport).Should().BeFalse();
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    public async Task A_file_ends_at_its_limit_and_says_so_only_when_there_was_more(int rows, bool ends)
    {
        var about = $"zz-limit-{rows}";
        await Write(unit =>
        {
            for (var at = 0; at < 4; at++)
                unit.Audit(IdOf("hq"), AuditActs.Export, subject: about);
        });

        var file = await Written(IdOf("hq"), AuditFilter.None with { About = about }, rows);

        Regex.Count(file, about).Should().Be(Math.Min(rows, 4));
        file.Contains($"This file ends after {rows} entries.", StringComparison.Ordinal).Should().Be(ends);
    }

    [Fact]
    public async Task A_file_is_written_to_its_end_over_many_parts()
    {
        await Write(unit =>
        {
            for (var at = 0; at < 1_203; at++)
                unit.Audit(IdOf("hq"), AuditActs.Export, subject: $"zz-parts {at}");
        });

        Table(await Written(IdOf("hq"), AuditFilter.None with { About = "zz-parts" }, 50_000)).Skip(1).Select(cells => cells[^1])
            .Should().Equal(Enumerable.Range(0, 1_203).Reverse().Select(at => $"zz-parts {at}"));
    }

    [Fact]
    public async Task Who_is_no_longer_of_the_city_desk_while_it_is_written_gets_no_further_entry()
        => (await Written(IdOf("admin.ps1"), AuditFilter.None, 100)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Should().HaveCount(2).And.HaveElementAt(1, "\"This file is not whole: your duty changed while it was written.\"");

    private async Task<string> Written(Guid officer, AuditFilter filter, int rows)
    {
        using var file = new MemoryStream();
        var export = new ExportAudit(App.Services.GetRequiredService<ReadAudit>(), App.Writer(), new AuditLimits(rows));
        await export.Write(officer, filter, file, CancellationToken.None);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private Task<bool> Write(Action<WriteUnit> write) => App.Writer().Run(unit =>
    {
        write(unit);
        return true;
    });

    private Guid IdOf(string account)
    {
        using var db = App.Db();
        return db.Users.Single(user => user.UserName == $"{account}@alertdavao.test").Id;
    }

    private string NameOf(Guid officer)
    {
        using var db = App.Db();
        return db.Officers.AsNoTracking().Single(one => one.Id == officer).Name;
    }

    private static Task<string> Find(HttpClient desk, string query) => desk.GetStringAsync("/audit?" + query);

    private static List<string> Acts(string page) => [.. ActOf().Matches(page).Select(found => found.Groups["act"].Value)];

    private static List<string[]> Table(string file)
        => [.. Records().Matches(file.TrimStart('\uFEFF')).Select(record => Cells().Matches(record.Value).Select(cell => cell.Groups["text"].Value.Replace("\"\"", "\"", StringComparison.Ordinal)).ToArray())];

    [GeneratedRegex("data-act=\"(?<act>[^\"]+)\"")]
    private static partial Regex ActOf();

    [GeneratedRegex("title=\"zz-day (?<day>[a-z]+)\"")]
    private static partial Regex DayOf();

    [GeneratedRegex("href=\"(?<to>/audit/export.csv[^\"]*)\"")]
    private static partial Regex ExportLink();

    [GeneratedRegex("""(?:"(?:[^"]|"")*",?)+\r\n""")]
    private static partial Regex Records();

    [GeneratedRegex("(?<=^|,)\"(?<text>(?:[^\"]|\"\")*)\"")]
    private static partial Regex Cells();
}
