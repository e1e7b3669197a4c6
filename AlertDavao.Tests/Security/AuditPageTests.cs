using System.Net;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Audit;
using AlertDavao.Dashboard.Data;

namespace AlertDavao.Tests.Security;

/// <summary>The audit as the city desk reads it.</summary>
[Collection(SecurityTests.Name)]
public sealed partial class AuditPageTests(LoggedApp app)
{
    [Fact]
    public void Every_act_has_words_of_its_own()
    {
        AuditWords.All.Should().OnlyHaveUniqueItems(act => act.Words).And.HaveCount(typeof(AuditActs).GetFields().Length);
        AuditWords.All.Should().OnlyContain(act => act.Words.Contains(' ', StringComparison.Ordinal), "a name of the code is no sentence");
        AuditWords.Of("of another version").Should().Be("of another version");
    }

    [Theory]
    [InlineData("officer.ps1")]
    [InlineData("admin.ps1")]
    [InlineData("noduty")]
    public async Task Nobody_but_the_city_desk_reads_it(string account)
    {
        using var client = await app.App.SignedIn(account);

        (await client.GetStringAsync("/audit")).Should().NotContain("audit-list").And.NotContain("Signed in");
    }

    [Fact]
    public async Task It_says_who_did_what_the_newest_first()
    {
        using var officer = await app.App.SignedIn("officer.ps18");
        using var desk = await app.App.SignedIn("hq");

        var page = await desk.GetStringAsync("/audit");

        Acts(page)[..2].Should().Equal(AuditActs.SignedIn, AuditActs.SignedIn);
        page.IndexOf("C. Lim", StringComparison.Ordinal).Should().BePositive("the city desk has signed in last");
    }

    [Fact]
    public async Task It_is_filtered_by_act_and_officer_and_pages_to_the_end_without_a_gap()
    {
        using var desk = await app.App.SignedIn("hq");
        for (var more = 0; more < ReadAudit.Page + 5; more++)
            await app.App.Writer().Run(unit => { unit.Audit(Guid.NewGuid(), AuditActs.Filed); return true; });

        Acts(await desk.GetStringAsync($"/audit?act={AuditActs.SignedIn}&who=hq@")).Should().NotBeEmpty().And.OnlyContain(act => act == AuditActs.SignedIn);
        (await desk.GetStringAsync("/audit?who=nobody-is-called-that")).Should().Contain("No entry matches these filters.").And.Contain("Clear the filters");
        var (count, address) = (0, "/audit");
        while (address.Length > 0)
        {
            var page = await desk.GetStringAsync(address);
            count += Acts(page).Count;
            address = WebUtility.HtmlDecode(OlderLink().Match(page).Groups["to"].Value);
        }

        await using var db = app.App.Db();
        count.Should().Be(db.Audit.Count());
    }

    [Theory]
    [InlineData("act=' OR 1=1 --")]
    [InlineData("before=99999999999999999999")]
    [InlineData("before=-1")]
    [InlineData("who=%25_%27%22%3Cscript%3E")]
    [InlineData("about=%25_%27%22%3Cscript%3E%5C")]
    [InlineData("from=2026-02-30&until=yesterday")]
    [InlineData("from=0001-01-01&until=9999-12-31")]
    [InlineData("from=2026-05-02&until=2026-05-01")]
    public async Task What_cannot_be_asked_for_is_no_fault(string query)
    {
        using var desk = await app.App.SignedIn("hq");

        using var answer = await desk.GetAsync("/audit?" + query);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("<script>");
    }

    [Fact]
    public async Task P1_the_chain_is_verified_from_the_page()
    {
        using var desk = await app.App.SignedIn("hq");

        (await desk.GetStringAsync("/audit?verify=true")).Should().Contain("data-verdict=\"holds\"");
    }

    [GeneratedRegex("data-act=\"(?<act>[^\"]+)\"")]
    private static partial Regex ActOf();

    [GeneratedRegex("href=\"(?<to>/audit[^\"]+before=[^\"]+)\"")]
    private static partial Regex OlderLink();

    private static List<string> Acts(string page) => [.. ActOf().Matches(page).Select(found => found.Groups["act"].Value)];
}
