using System.Net;
using AlertDavao.Dashboard.Data;
using AlertDavao.Tests.Intake;
using AlertDavao.Tests.Security;
using Microsoft.AspNetCore.DataProtection;

namespace AlertDavao.Tests.Reports;

/// <summary>Name and phone of who reported: one click for who serves there, on the record, and for nobody else.</summary>
[Collection(SecurityTests.Name)]
public sealed class CallBackTests(LoggedApp app)
{
    private static readonly Reporter Caller = new("ref-callback", "Canary Callback", "0917 555 0188");

    [Theory]
    [InlineData("officer.ps1")]
    [InlineData("hq")]
    public async Task One_post_opens_name_and_phone_and_is_audited_once(string account)
    {
        var filed = await Filed.In(app.App, A.Report("Wants a call"), reporter: Caller);
        using var client = await app.App.SignedIn(account);
        var before = await client.GetStringAsync(filed.Page);
        before.Should().Contain("Call back").And.NotContainAny("Canary Callback", "0917 555 0188", "ref-callback");

        using var answer = await client.PostAsync(filed.Page, new FormUrlEncodedContent(TestApp.HiddenFieldsOf(before)));

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        var page = await answer.Content.ReadAsStringAsync();
        page.Should().Contain("Canary Callback").And.Contain("0917 555 0188").And.Contain("Name and phone opened").And.NotContain("ref-callback");
        Filed.AuditOf(app.App, filed.Id).Should().ContainSingle().Which.Act.Should().Be(AuditActs.CallBack);
        app.Log.Mentioning("Canary Callback", "0917 555 0188").Should().BeEmpty();
    }

    [Fact]
    public async Task Reading_the_page_again_opens_nothing()
    {
        var filed = await Filed.In(app.App, A.Report("Once"), reporter: Caller);
        using var client = await app.App.SignedIn("officer.ps1");
        await client.PostAsync(filed.Page, new FormUrlEncodedContent(TestApp.HiddenFieldsOf(await client.GetStringAsync(filed.Page))));

        var again = await client.GetStringAsync(filed.Page);

        again.Should().NotContainAny("Canary Callback", "0917 555 0188").And.Contain("Name and phone opened").And.Contain("Call back");
        Filed.AuditOf(app.App, filed.Id).Should().ContainSingle();
    }

    [Theory]
    [InlineData("officer.ps2")]
    [InlineData("noduty")]
    public async Task A_forged_post_of_another_station_gets_not_found_and_no_line(string account)
    {
        var filed = await Filed.In(app.App, A.Report("Theirs alone"), reporter: Caller);
        using var client = await app.App.SignedIn(account);

        using var answer = await Forge(client, filed);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).Should().NotContainAny("Canary Callback", "0917 555 0188");
        Filed.AuditOf(app.App, filed.Id).Should().BeEmpty();
    }

    [Fact]
    public async Task An_anonymous_report_has_no_button_and_a_forged_post_opens_nothing()
    {
        var filed = await Filed.In(app.App, A.Report("Nameless").With("is_anonymous", true), reporter: Caller);
        using var client = await app.App.SignedIn("officer.ps1");
        (await client.GetStringAsync(filed.Page)).Should().Contain("Anonymous").And.NotContain("Call back");

        using var answer = await Forge(client, filed);

        answer.IsSuccessStatusCode.Should().BeFalse();
        (await answer.Content.ReadAsStringAsync()).Should().NotContainAny("Canary Callback", "0917 555 0188");
        Filed.AuditOf(app.App, filed.Id).Should().BeEmpty();
    }

    [Fact]
    public async Task A11_without_the_page_s_own_token_nothing_is_opened()
    {
        var filed = await Filed.In(app.App, A.Report("No token"), reporter: Caller);
        using var client = await app.App.SignedIn("officer.ps1");

        using var answer = await client.PostAsync(filed.Page, new FormUrlEncodedContent([new("_handler", "call-back")]));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        Filed.AuditOf(app.App, filed.Id).Should().BeEmpty();
    }

    [Fact]
    public async Task When_the_keys_are_gone_the_page_says_so()
    {
        var lost = new ReporterSeal(new EphemeralDataProtectionProvider()).Seal(Caller);
        var filed = await Filed.In(app.App, A.Report("Keys gone"), sealedReporter: lost);
        using var client = await app.App.SignedIn("officer.ps1");

        using var answer = await client.PostAsync(filed.Page, new FormUrlEncodedContent(TestApp.HiddenFieldsOf(await client.GetStringAsync(filed.Page))));

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("Name and phone cannot be opened any more");
    }

    // With a token of the caller's own session, as a page of ours would send it.
    private static async Task<HttpResponseMessage> Forge(HttpClient client, Filed filed)
    {
        var token = TestApp.HiddenFieldsOf(await client.GetStringAsync("/account"))["__RequestVerificationToken"];
        return await client.PostAsync(filed.Page, new FormUrlEncodedContent([new("_handler", "call-back"), new("__RequestVerificationToken", token)]));
    }
}
