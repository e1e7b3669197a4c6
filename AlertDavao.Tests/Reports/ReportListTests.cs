using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using AlertDavao.Tests.Board;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Reports;

/// <summary>The list over HTTP: what it shows, to whom, page by page, and what it answers to nonsense and to attacks.</summary>
[Collection(ListTests.Name)]
public sealed partial class ReportListTests(ListApp app)
{
    /// <summary>Fields that know their values: whatever else stands in them asks for nothing.</summary>
    private static readonly string[] Closed = ["status", "severity", "barangay", "station", "period", "from", "to", "before", "after", "since", "nosuch"];

    private static readonly string[] Injections =
    [
        "' OR 1=1 --", "\" OR 1=1 --", "'; DROP TABLE Reports; --", "1; SELECT * FROM Users", "') UNION SELECT Id,1,1 FROM Reports --",
        "\" OR \"", "\"", "\"\"", "*", "a*", "^a", "NEAR(a b)", "NEAR(", "a AND", "OR", "NOT a", "Title : a", "{Title} : a", "-Title : a", "(a", "a)", "+", "a + b",
        "\0", "a\0b", "%00", "\uD800", "a\uDFFFb", "\u202Ea", "𝟘", "٣", "ﬁ", "-1", "0", "999999999999999999999999", "1e308", "NaN", "0001-01-01", "9999-12-31", "2024-02-30",
        "../../etc/passwd", "<script>alert(1)</script>", "{0}", "%s%n", "=cmd|' /C calc'!A0", "00000000-0000-0000-0000-000000000000",
    ];

    [Fact]
    public async Task The_page_shows_what_the_query_finds_and_keeps_the_question_in_its_form()
    {
        string[] queries =
        [
            "", "?status=received", "?severity=critical&severity=high", "?type=Theft", "?text=pawnshop", "?period=30d&status=resolved", "?from=2024-02-28&to=2024-03-01",
        ];
        foreach (var (client, account) in new[] { (app.Desk, "hq"), (app.Officer, "officer.ps1") })
        {
            foreach (var query in queries)
            {
                var page = await client.GetStringAsync($"/reports{query}");

                ListApp.IdsOn(page).Should().Equal(app.Run(query, account).Rows.Select(row => row.Id), $"{account} {query}");
            }
        }

        var form = await app.Desk.GetStringAsync("/reports?status=received&severity=high&type=Theft&station=ps1&period=7d&text=near+%3Cb%3E");
        form.Should().MatchRegex("""value="received" checked""").And.MatchRegex("""value="high" checked""").And.Contain("value=\"Theft\"")
            .And.MatchRegex("""<option value="PS1" selected""").And.MatchRegex("""<option value="7d" selected""").And.Contain("value=\"near &lt;b&gt;\"");
    }

    [Fact]
    public async Task RT_23_list_count_board_and_export_agree_for_each_role()
    {
        foreach (var (client, account) in new[] { (app.Desk, "hq"), (app.Officer, "officer.ps1") })
        {
            var scope = app.ScopeOf(account);
            var own = app.Everything().Where(report => scope.Sees(report.Log)).Select(report => report.Id).ToHashSet();

            var listed = await Walk(client, "/reports");
            var file = Lines(await client.GetStringAsync("/reports/export.csv"));
            var page = await client.GetStringAsync("/reports");
            var board = await client.GetStringAsync("/");

            listed.Should().OnlyHaveUniqueItems();
            own.SetEquals(listed).Should().BeTrue(account);
            file.Count.Should().Be(own.Count + 1, account);
            CountOn(page).Should().Be(own.Count > SearchReports.CountUpTo ? "1,000+ reports" : $"{own.Count:N0} reports", account);
            BoardRows().Matches(board).Select(row => Guid.Parse(row.Groups["id"].Value)).Should().NotBeEmpty().And.OnlyContain(id => own.Contains(id), account);
        }
    }

    [Fact]
    public async Task A_station_that_is_not_in_scope_is_one_that_does_not_exist()
    {
        var foreign = await app.Officer.GetStringAsync("/reports?station=PS2");
        var unknown = await app.Officer.GetStringAsync("/reports?station=PS99");

        ListApp.IdsOn(foreign).Should().Equal(ListApp.IdsOn(unknown)).And.Equal(ListApp.IdsOn(await app.Officer.GetStringAsync("/reports")));
        foreach (var page in new[] { foreign, unknown })
            page.Should().MatchRegex("Left out, because it was not understood:\\s+Station");
        foreign.Should().NotContain("name=\"station\"", "there is nothing to choose");
        (await app.Desk.GetStringAsync("/reports")).Should().Contain("name=\"station\"");
    }

    [Fact]
    public async Task Without_a_duty_the_list_says_so_in_words_and_gives_nothing_away()
    {
        using var noDuty = await app.App.SignedIn("noduty");

        var page = await noDuty.GetStringAsync("/reports?text=theft");

        page.Should().Contain("You are not on duty at any station now.").And.NotContain("data-report-id").And.NotContain("report-filters");
        (await noDuty.GetAsync("/reports/export.csv")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await News(noDuty, "")).Should().Be((0, 0));
    }

    [Fact]
    public async Task What_nothing_matches_is_said_with_a_way_out_and_a_foreign_text_is_not_found()
    {
        var title = $"Only at PS2 {Guid.NewGuid():N}";
        await app.AddNow(title, ["Theft"], "PS2");

        var page = await app.Officer.GetStringAsync($"/reports?text={title[12..]}");

        page.Should().Contain("Nothing matches these filters.").And.Contain("Clear filters").And.NotContain(title);
        CountOn(page).Should().Be("No reports");
        (await app.Desk.GetStringAsync($"/reports?text={title[12..]}")).Should().Contain(title);
    }

    [Theory]
    [InlineData("/reports?type=zz-paged")]
    [InlineData("/reports?station=PS7")]
    public async Task Paging_is_complete_without_gap_or_double_while_reports_arrive(string address)
    {
        var type = address.Contains("zz", StringComparison.Ordinal) ? "zz-paged" : "Theft";
        for (var at = 0; at < 70; at++)
            await app.Add(_ => { }, TimeProvider.System.GetUtcNow(), $"Paged {at}", [type], "PS7");
        var before = app.Run(address.Split('?')[1]);
        var expected = app.Search.Next(app.Read(address.Split('?')[1], app.ScopeOf("hq")).Filter, null, app.ScopeOf("hq"), 5000).Select(row => row.Id).ToList();

        var walked = await Walk(app.Desk, address, async () => await app.AddNow("Arrived in between", [type], "PS7"));

        before.Count.Should().Be(expected.Count);
        walked.Should().Equal(expected);
    }

    [Fact]
    public async Task From_the_last_page_the_way_up_leads_over_the_same_reports_to_the_first_one()
    {
        var down = new List<string>();
        for (var address = "/reports?severity=critical"; address is not null;)
        {
            down.Add(await app.Desk.GetStringAsync(address));
            address = ListApp.LinkOn(down[^1], "next");
        }

        var up = new List<string> { down[^1] };
        while (ListApp.LinkOn(up[^1], "prev") is { } address)
            up.Add(await app.Desk.GetStringAsync(address));

        down.Should().HaveCountGreaterThan(2);
        ListApp.IdsOn(up[^1]).Should().Equal(ListApp.IdsOn(down[0]));
        up.Should().HaveCount(down.Count);
    }

    [Fact]
    public async Task A_page_beside_a_report_that_is_gone_foreign_or_never_was_is_the_first_one_and_says_so()
    {
        var foreign = app.Everything().First(report => report.Log == "PS2").Id;
        var first = ListApp.IdsOn(await app.Officer.GetStringAsync("/reports"));
        foreach (var query in new[] { $"before={foreign}", $"after={foreign}", $"before={Guid.NewGuid()}" })
        {
            var page = await app.Officer.GetStringAsync($"/reports?{query}");

            ListApp.IdsOn(page).Should().Equal(first);
            page.Should().Contain("this is the first one");
        }
    }

    [Fact]
    public async Task A_tracking_code_however_it_is_typed_brings_its_report_to_the_top_once()
    {
        var wanted = await app.AddNow("The one with the code", ["Theft"]);
        var later = await app.AddNow($"Mentions {wanted.TrackingCode}", ["Theft"]);
        foreach (var typed in new[] { wanted.TrackingCode, wanted.TrackingCode.ToLowerInvariant(), wanted.TrackingCode.Replace("-", "", StringComparison.Ordinal) })
            ListApp.IdsOn(await app.Officer.GetStringAsync($"/reports?text={typed}")).Should().Equal(wanted.Id, later.Id);
    }

    [Fact]
    [Trait("catalogue", "B2")]
    public async Task B2_no_parameter_is_ever_syntax()
    {
        var all = app.Everything().Select(report => report.Id).ToHashSet();
        var errors = app.Running.Log.Errors.Count();
        foreach (var attack in Injections)
        {
            var value = Uri.EscapeDataString(Wellformed(attack));
            foreach (var query in new[] { $"text={value}", $"type={value}", string.Join('&', Closed.Select(name => $"{name}={value}")) })
            {
                using var answer = await app.Desk.GetAsync($"/reports?{query}");
                var page = await answer.Content.ReadAsStringAsync();

                answer.StatusCode.Should().Be(HttpStatusCode.OK, query);
                page.Should().NotContain("<script>alert(1)");
                var ids = ListApp.IdsOn(page);
                ids.Should().OnlyHaveUniqueItems().And.BeSubsetOf(all);
                if (query.StartsWith("status", StringComparison.Ordinal))
                    ids.Should().HaveCount(SearchReports.PageSize, $"{attack} asks for nothing");
            }
        }

        app.Everything().Count.Should().BeGreaterThanOrEqualTo(all.Count);
        app.Running.Log.Errors.Count().Should().Be(errors);
    }

    [Fact]
    public async Task B2_news_and_export_take_the_same_attacks()
    {
        var errors = app.Running.Log.Errors.Count();
        foreach (var attack in Injections)
        {
            var value = Uri.EscapeDataString(Wellformed(attack));
            using var news = await app.Desk.GetAsync($"/reports/news?text={value}&since={value}");
            using var export = await app.Desk.GetAsync($"/reports/export.csv?text={value}&status={value}&before={value}&station=PS12");

            news.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.BadRequest);
            export.StatusCode.Should().Be(HttpStatusCode.OK);
            Lines(await export.Content.ReadAsStringAsync())[0].Should().StartWith("\"Tracking code\"");
        }

        app.Running.Log.Errors.Count().Should().Be(errors);
    }

    [Fact]
    public async Task Absurd_addresses_are_answered_in_words()
    {
        var page = await app.Desk.GetStringAsync($"/reports?status=nonsense&from=2024-05-02&to=2024-05-01&text={new string('x', 300)}&{string.Join('&', Enumerable.Repeat("severity=high", 300))}");

        page.Should().MatchRegex("Left out, because it was not understood:\\s+search words, Status, From, To<");
        page.Should().MatchRegex("""value="high" checked""");
    }

    [Fact]
    public async Task A_search_that_takes_too_long_says_so()
    {
        using var slow = LoggedApp.With(services => services.AddSingleton(new ListLimits(TimeSpan.Zero, 10)));
        using var desk = await slow.App.SignedIn("hq");

        var page = await desk.GetStringAsync("/reports?type=!!");

        page.Should().Contain("This search took too long and was stopped.").And.Contain("report-filters");
        slow.Log.Errors.Should().BeEmpty();
    }

    [Fact]
    [Trait("catalogue", "B1")]
    public async Task B1_typed_markup_is_text_in_the_list_and_in_the_file()
    {
        foreach (var (at, payload) in Hostile.Payloads.Index())
        {
            if (!string.IsNullOrWhiteSpace(payload) && PlainText.TryNormalise(payload, out var title) && title.Length > 0)
                await app.Add(_ => { }, TimeProvider.System.GetUtcNow(), title, ["zz-hostile"], "PS8", description: $"no. {at}");
        }

        var harmless = Elements(await app.Desk.GetStringAsync("/reports?station=PS9")).Except(["note"]).ToHashSet();
        for (var address = "/reports?type=zz-hostile"; address is not null;)
        {
            var page = await app.Desk.GetStringAsync(address);
            Elements(List(page)).Should().BeSubsetOf(harmless);
            Regex.Replace(List(page), "\"[^\"]*\"", "").Should().NotMatchRegex(@"<[^>]*\son\w+\s*=");
            address = ListApp.LinkOn(page, "next");
        }

        var file = await app.Desk.GetStringAsync("/reports/export.csv?type=zz-hostile");
        var titles = Table(file).Skip(1).Select(cells => cells[5]).ToList();
        titles.Should().HaveCountGreaterThan(80).And.Contain("<script>alert(1)</script>");
    }

    [Fact]
    [Trait("catalogue", "B13")]
    public async Task B13_no_cell_of_the_file_is_a_formula_and_quotes_and_lines_stay_in_their_cell()
    {
        string[] titles = ["=1+1", "+63 900", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "Said \"go, now\"", "One\nTwo", "Plain, with a comma"];
        foreach (var title in titles)
            await app.Add(_ => { }, TimeProvider.System.GetUtcNow(), title, ["=zz-formula"], "PS10");

        var table = Table(await app.Desk.GetStringAsync("/reports/export.csv?type=%3Dzz-formula"));

        table.Skip(1).Select(cells => cells[5]).Should().BeEquivalentTo(titles.Select(title => title[0] is '=' or '+' or '-' or '@' ? "'" + title : title));
        table.SelectMany(cells => cells).Should().OnlyContain(cell => cell.Length == 0 || !"=+-@\t\r".Contains(cell[0]));
        table.Should().OnlyContain(cells => cells.Length == 12);
        CsvLine.Of("\tx", "\rx", null, "x").Should().Be("\"'\tx\",\"'\rx\",\"\",\"x\"\r\n");
    }

    [Fact]
    public async Task The_file_is_named_kept_by_nobody_audited_and_never_longer_than_it_may_be()
    {
        using var answer = await app.Officer.GetAsync("/reports/export.csv?text=near&status=received");

        answer.Content.Headers.ContentType!.ToString().Should().Be("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        answer.Content.Headers.ContentDisposition.FileName.Should().MatchRegex(@"^reports-\d{8}-\d{4}\.csv$");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        (await answer.Content.ReadAsByteArrayAsync()).Should().StartWith(Encoding.UTF8.Preamble.ToArray());
        var officer = app.ScopeOf("officer.ps1").OfficerId;
        using (var db = app.App.Db())
        {
            var line = db.Audit.Where(entry => entry.OfficerId == officer && entry.Act == AuditActs.Export).OrderByDescending(entry => entry.Id).First();
            line.Subject.Should().Be("text status", "what was typed is not in the audit");
        }

        using var file = new MemoryStream();
        var small = new ExportReports(app.Search, app.The<Dashboard.Duty.ScopeDirectory>(), app.App.Writer(), new ListLimits(TimeSpan.FromSeconds(5), 7));
        await small.Write(app.ScopeOf("hq").OfficerId, ReportFilter.None, file, CancellationToken.None);
        var lines = Lines(Encoding.UTF8.GetString(file.ToArray()));
        lines.Should().HaveCount(9);
        lines[^1].Should().Contain("This file ends after 7 reports.");
    }

    [Fact]
    public async Task A_file_says_that_it_ends_early_only_when_there_was_more()
    {
        for (var at = 0; at < 4; at++)
            await app.AddNow($"zzcut {at}", ["Theft"]);
        var desk = app.ScopeOf("hq");
        var filter = app.Read("text=zzcut", desk).Filter;

        foreach (var (rows, ends) in new[] { (3, true), (4, false), (5, false) })
        {
            using var file = new MemoryStream();
            var export = new ExportReports(app.Search, app.The<Dashboard.Duty.ScopeDirectory>(), app.App.Writer(), new ListLimits(TimeSpan.FromSeconds(5), rows));
            await export.Write(desk.OfficerId, filter, file, CancellationToken.None);

            var lines = Lines(Encoding.UTF8.GetString(file.ToArray()));
            lines.Count(line => line.Contains("zzcut", StringComparison.Ordinal)).Should().Be(Math.Min(rows, 4));
            lines[^1].Contains($"This file ends after {rows} reports.", StringComparison.Ordinal).Should().Be(ends, $"4 reports into a file of {rows}");
        }
    }

    [Fact]
    public async Task RT_06_news_counts_what_came_since_the_page_was_drawn_inside_and_outside_its_filter()
    {
        var page = await app.Officer.GetStringAsync("/reports?text=zznews&severity=critical");
        var address = NewsAddress(page);
        (await News(app.Officer, address)).Should().Be((0, 0));

        await app.AddNow("zznews in", ["Robbery"]);
        await app.AddNow("zznews out, it is low", ["Others"]);
        await app.AddNow("zznews foreign", ["Robbery"], "PS2");
        (await News(app.Officer, address)).Should().Be((1, 1));
        await app.AddNow("another", ["Robbery"]);
        (await News(app.Officer, address)).Should().Be((1, 2));
        (await News(app.Officer, NewsAddress(await app.Officer.GetStringAsync("/reports")))).Should().Be((0, 0), "that page was drawn later");

        var plain = NewsAddress(await app.Desk.GetStringAsync("/reports?severity=critical"));
        await app.AddNow("zznews two", ["Robbery"], "PS3");
        await app.AddNow("zznews three", ["Others"], LogCode.City);
        (await News(app.Desk, plain)).Should().Be((1, 1));
        (await app.Desk.GetAsync("/reports/news?since=nonsense")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_list_is_where_one_is_on_the_list_and_the_board_beside_a_report()
    {
        var report = app.Everything().First(one => one.Log == "PS1").Id;

        Current(await app.Officer.GetStringAsync("/reports")).Should().Equal("/reports", "/reports");
        Current(await app.Officer.GetStringAsync("/")).Should().Equal("/", "/");
        Current(await app.Officer.GetStringAsync($"/reports/{report}")).Should().Equal("/", "/");
        Current(await app.Officer.GetStringAsync("/account")).Should().Equal("/account", "/account");
    }

    private static async Task<List<Guid>> Walk(HttpClient client, string address, Func<Task>? between = null)
    {
        var ids = new List<Guid>();
        for (var page = 0; page < 100; page++)
        {
            var html = await client.GetStringAsync(address);
            ids.AddRange(ListApp.IdsOn(html));
            if (ListApp.LinkOn(html, "next") is not { } next)
                return ids;
            address = next;
            if (between is not null)
                await between();
        }

        throw new InvalidOperationException("The list has no end.");
    }

    private static async Task<(int Inside, int Outside)> News(HttpClient client, string address)
    {
        var news = await client.GetFromJsonAsync<JsonElement>(address.Length == 0 ? "/reports/news" : address);
        return (news.GetProperty("inside").GetInt32(), news.GetProperty("outside").GetInt32());
    }

    private static string NewsAddress(string page) => WebUtility.HtmlDecode(NewsLine().Match(page).Groups["address"].Value);

    private static string CountOn(string page) => WebUtility.HtmlDecode(CountLine().Match(page).Groups["words"].Value);

    private static string[] Current(string page) => [.. CurrentLinks().Matches(page).Select(link => link.Groups["path"].Value)];

    private static string List(string page) => page[page.IndexOf("<ol class=\"found\"", StringComparison.Ordinal)..page.IndexOf("</ol>", StringComparison.Ordinal)];

    private static List<string> Elements(string html) => [.. Tags().Matches(html).Select(tag => tag.Groups["name"].Value)];

    private static List<string> Lines(string csv) => [.. csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];

    private static List<string[]> Table(string csv)
        => [.. Records().Matches(csv.TrimStart('\uFEFF')).Select(record => Cells().Matches(record.Value).Select(cell => cell.Groups["text"].Value.Replace("\"\"", "\"", StringComparison.Ordinal)).ToArray())];

    // A lone surrogate cannot be sent in an address; the replacement character arrives in its place.
    private static string Wellformed(string text) => string.Concat(text.EnumerateRunes());

    [GeneratedRegex("<li class=\"row[^>]*data-report-id=\"(?<id>[^\"]+)\"")]
    private static partial Regex BoardRows();

    [GeneratedRegex("id=\"report-news\"[^>]*data-address=\"(?<address>[^\"]+)\"")]
    private static partial Regex NewsLine();

    [GeneratedRegex("<a class=\"nav\" href=\"(?<path>[^\"]+)\" aria-current=\"page\"")]
    private static partial Regex CurrentLinks();

    [GeneratedRegex("id=\"report-count\"[^>]*>(?<words>[^<]*)<")]
    private static partial Regex CountLine();

    [GeneratedRegex("<(?<name>[a-z0-9]+)")]
    private static partial Regex Tags();

    [GeneratedRegex("""(?:"(?:[^"]|"")*",?)+\r\n""")]
    private static partial Regex Records();

    [GeneratedRegex("(?<=^|,)\"(?<text>(?:[^\"]|\"\")*)\"")]
    private static partial Regex Cells();
}
