using System.Net;
using System.Net.Http.Json;

namespace AlertDavao.Tests;

public sealed class SmokeTests
{
    [Fact]
    public async Task A_report_over_http_stands_on_the_signed_in_officers_board()
    {
        using var app = TestApp.Start();
        using var intake = app.Intake();
        using var officer = await app.SignedIn("officer.ps1");

        var answer = await intake.PostAsJsonAsync("/api/reports", A.Report("Smoke test robbery"));

        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        (await officer.GetStringAsync("/")).Should().Contain("Smoke test robbery");
    }
}
