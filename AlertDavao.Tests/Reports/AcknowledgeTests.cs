using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Security;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Reports;

/// <summary>Acknowledging over plain HTTP: who may, on which version, and what the one who came second is told.</summary>
[Collection(SecurityTests.Name)]
public sealed class AcknowledgeTests(LoggedApp app)
{
    [Fact]
    public async Task An_officer_of_the_station_acknowledges_and_the_log_and_the_timeline_have_it_once()
    {
        var (id, log) = await Filed("To acknowledge");
        using var officer = await app.App.SignedIn("officer.ps1");

        using var answer = await Acknowledge(officer, id, "\"1\"");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        var data = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
        data.GetProperty("version").GetInt32().Should().Be(2);
        data.GetProperty("status").GetString().Should().Be(nameof(ReportStatus.Acknowledged));
        using var db = app.App.Db();
        var report = db.Reports.AsNoTracking().Include(r => r.Events).Single(r => r.Id == id);
        report.AcknowledgedBy.Should().Be(IdOf("officer.ps1"));
        report.Events.Where(e => e.To == ReportStatus.Acknowledged).Should().ContainSingle().Which.OfficerId.Should().Be(report.AcknowledgedBy);
        db.StationEntries.AsNoTracking().Where(e => e.ReportId == id && e.Log == log).Select(e => e.Kind).AsEnumerable().Should().Equal(EntryKind.Arrived, EntryKind.Changed);
    }

    [Fact]
    public async Task Of_two_who_acknowledge_in_the_same_moment_one_does_and_the_other_is_told_by_whom()
    {
        var (id, _) = await Filed("Twice at once");
        using var officer = await app.App.SignedIn("officer.ps1");
        using var admin = await app.App.SignedIn("admin.ps1");

        var answers = await Task.WhenAll(Acknowledge(officer, id, "1"), Acknowledge(admin, id, "1"));

        answers.Select(answer => answer.StatusCode).Should().BeEquivalentTo([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed]);
        var told = await answers.Single(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed).Content.ReadFromJsonAsync<JsonElement>();
        using var db = app.App.Db();
        var winner = db.Reports.AsNoTracking().Where(r => r.Id == id).Select(r => r.AcknowledgedBy).Single();
        told.GetProperty("message").GetString().Should().StartWith(db.Officers.AsNoTracking().Single(o => o.Id == winner).Name);
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Theory]
    [InlineData("officer.ps2")]
    [InlineData("noduty")]
    [Trait("catalogue", "A7")]
    public async Task What_one_does_not_see_is_not_found_and_stays_as_it_is(string account)
    {
        var (id, _) = await Filed($"Not of {account}");
        using var officer = await app.App.SignedIn(account);

        using var foreign = await Acknowledge(officer, id, "\"1\"");
        using var none = await Acknowledge(officer, Guid.CreateVersion7(), "\"1\"");

        foreign.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await Words(foreign)).Should().Be(await Words(none));
        app.Stored($"Not of {account}").Status.Should().Be(ReportStatus.Received);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("\"x\"")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    public async Task Without_a_version_nothing_is_done(string? version)
    {
        var (id, _) = await Filed($"Without a version {version ?? "at all"}.");
        using var officer = await app.App.SignedIn("officer.ps1");

        using var answer = await Acknowledge(officer, id, version);

        answer.StatusCode.Should().Be(HttpStatusCode.PreconditionRequired);
        app.Stored($"Without a version {version ?? "at all"}.").Version.Should().Be(1);
    }

    [Theory]
    [InlineData(null, true, HttpStatusCode.Forbidden)]
    [InlineData("https://evil.example", true, HttpStatusCode.Forbidden)]
    [InlineData("own", false, HttpStatusCode.BadRequest)]
    [Trait("catalogue", "A11")]
    public async Task It_takes_a_page_of_ours_and_its_token(string? origin, bool hasToken, HttpStatusCode status)
    {
        var title = $"From {origin} {hasToken}";
        var (id, _) = await Filed(title);
        using var officer = await app.App.SignedIn("officer.ps1");

        using var answer = await Acknowledge(officer, id, "\"1\"", origin, hasToken);

        answer.StatusCode.Should().Be(status);
        app.Stored(title).Status.Should().Be(ReportStatus.Received);
    }

    [Fact]
    [Trait("catalogue", "A17")]
    public async Task Neither_an_intake_key_nor_nobody_may()
    {
        var (id, _) = await Filed("With a key");

        using var key = await app.Client.PostAsync($"/api/reports/{id}/acknowledge", null);
        using var nobody = app.App.Anonymous();
        using var anonymous = await nobody.PostAsync($"/api/reports/{id}/acknowledge", null);

        key.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        anonymous.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private async Task<(Guid Id, string Log)> Filed(string title)
    {
        using var answer = await app.Client.PostAsJsonAsync("/api/reports", A.ReportFor(app.App, "PS1", title));
        var data = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
        return (data.GetProperty("report_id").GetGuid(), data.GetProperty("station_id").GetString()!);
    }

    private async Task<HttpResponseMessage> Acknowledge(HttpClient officer, Guid id, string? version, string? origin = "own", bool hasToken = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/reports/{id}/acknowledge");
        if (origin is not null)
            request.Headers.Add("Origin", origin == "own" ? app.App.Address.GetLeftPart(UriPartial.Authority) : origin);
        if (hasToken)
            request.Headers.Add("RequestVerificationToken", TestApp.HiddenFieldsOf(await officer.GetStringAsync("/account"))["__RequestVerificationToken"]);
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        return await officer.SendAsync(request);
    }

    private static async Task<string?> Words(HttpResponseMessage answer)
        => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message").GetString();

    private Guid IdOf(string account)
    {
        var email = DemoSeed.Email(account);
        using var db = app.App.Db();
        return db.Users.Single(user => user.Email == email).Id;
    }
}
