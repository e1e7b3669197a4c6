using System.Net;
using AlertDavao.Tests.Intake;
using AlertDavao.Tests.Security;

namespace AlertDavao.Tests.Reports;

/// <summary>The report beside the board: who sees it, and what it says.</summary>
[Collection(SecurityTests.Name)]
public sealed class ReportPageTests(LoggedApp app)
{
    [Theory]
    [InlineData("officer.ps1")]
    [InlineData("admin.ps1")]
    [InlineData("hq")]
    public async Task A_report_opens_for_its_station_and_the_city_desk(string account)
    {
        var id = await Post(A.Report("Opened beside the list"));
        using var client = await app.App.SignedIn(account);

        var answer = await client.GetAsync($"/reports/{id}");
        var page = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        page.Should().Contain("class=\"detail\"").And.Contain("Two men inside.").And.Contain("id=\"report-board\"");
    }

    [Theory]
    [InlineData("officer.ps2")]
    [InlineData("noduty")]
    public async Task A_foreign_report_does_not_exist_for_others(string account)
    {
        var id = await Post(A.Report("Not theirs to open"));
        using var client = await app.App.SignedIn(account);

        var foreign = await client.GetAsync($"/reports/{id}");
        var page = await foreign.Content.ReadAsStringAsync();

        foreign.StatusCode.Should().Be(HttpStatusCode.NotFound);
        page.Should().Contain("This report is not on your board.").And.NotContain("Not theirs to open");
        (await client.GetAsync($"/reports/{Guid.NewGuid()}")).StatusCode.Should().Be(HttpStatusCode.NotFound, "it looks like one that never was");
    }

    [Fact]
    public async Task What_the_intake_noted_stands_on_the_timeline_and_typed_markup_is_text()
    {
        var report = A.Report("Where is this?").Without("latitude");
        report["description"] = "<script>alert(1)</script>";
        var id = await Post(report);
        using var desk = await app.App.SignedIn("hq");

        var page = await desk.GetStringAsync($"/reports/{id}");

        page.Should().Contain("Only one of latitude and longitude was sent.").And.Contain("&lt;script&gt;alert(1)&lt;/script&gt;");
        page.Should().NotContain("<script>alert(1)");
    }

    private async Task<string> Post(Dictionary<string, object?> report)
        => (await app.Client.Accepted(report)).GetProperty("report_id").GetString()!;
}
