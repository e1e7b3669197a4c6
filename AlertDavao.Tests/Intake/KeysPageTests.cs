using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Intake;
using AlertDavao.Tests.Devices;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Intake;

/// <summary>The city desk gives programs their keys and takes them back.</summary>
public sealed partial class KeysPageTests(LoggedApp running) : IClassFixture<LoggedApp>
{
    private TestApp App => running.App;

    [Fact]
    public async Task A_key_is_shown_once_opens_the_intake_and_is_none_from_its_revocation_on()
    {
        using var desk = await App.SignedIn("hq");
        var page = await Make(desk, "Citizens' app <b>1</b>");
        var key = Key().Match(page).Value;
        key.Should().HaveLength("adk_".Length + 43);
        page.Should().NotContain("<b>1</b>", "a name is text");

        using var client = App.Intake(key);
        using (var accepted = await client.PostAsJsonAsync("/api/reports", A.ReportFor(App, "PS1", "By the new key")))
            accepted.StatusCode.Should().Be(HttpStatusCode.Created);

        var again = await desk.GetStringAsync("/keys");
        again.Should().NotContain(key).And.Contain("app &lt;b&gt;1&lt;/b&gt;");
        var made = Clients().Single(one => one.Name.StartsWith("Citizens", StringComparison.Ordinal));
        made.KeyHash.Should().Equal(IntakeKeys.Hash(key));
        running.Log.Lines.Should().NotContain(line => line.Contains(key, StringComparison.Ordinal));

        (await Revoke(desk, made.Id)).Should().Be(HttpStatusCode.Redirect);

        using (var refused = await client.PostAsJsonAsync("/api/reports", A.ReportFor(App, "PS1", "After it")))
            refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await Revoke(desk, made.Id)).Should().Be(HttpStatusCode.NotFound, "it is revoked already");
        (await desk.GetStringAsync("/keys")).Should().Contain("revoked");
        AuditOf(App.IdOf("hq")).Should().Contain([AuditActs.IntakeKeyMade, AuditActs.IntakeKeyRevoked]);
    }

    [Fact]
    public async Task A_limit_of_its_own_holds_for_that_key_alone()
    {
        using var desk = await App.SignedIn("hq");
        using var slow = App.Intake(Key().Match(await Make(desk, "Slow", "2")).Value);
        using var usual = App.Intake(Key().Match(await Make(desk, "Usual")).Value);

        var answers = new List<HttpStatusCode>();
        for (var at = 0; at < 3; at++)
        {
            using var answer = await slow.PostAsJsonAsync("/api/reports", A.ReportFor(App, "PS1", $"Slow {at}"));
            answers.Add(answer.StatusCode);
        }

        answers.Should().Equal(HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.TooManyRequests);
        using var other = await usual.PostAsJsonAsync("/api/reports", A.ReportFor(App, "PS1", "Usual"));
        other.StatusCode.Should().Be(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("", null, "1 to 80 characters")]
    [InlineData("an81an81an81an81an81an81an81an81an81an81an81an81an81an81an81an81an81an81an81an81!", null, "1 to 80 characters")]
    [InlineData("Zero", "0", "whole number")]
    [InlineData("Minus", "-5", "whole number")]
    [InlineData("Much", "100001", "whole number")]
    [InlineData("Word", "many", "whole number")]
    [InlineData("Huge", "99999999999999999999", "whole number")]
    public async Task What_is_wrong_is_said_and_no_key_is_made(string name, string? limit, string said)
    {
        using var desk = await App.SignedIn("hq");
        var before = Clients().Count;

        var page = await Make(desk, name, limit);

        page.Should().Contain(said).And.NotContain("adk_");
        Clients().Should().HaveCount(before);
    }

    [Theory]
    [InlineData("admin.ps1")]
    [InlineData("officer.ps1")]
    [InlineData("noduty")]
    public async Task Who_is_not_of_the_city_desk_sees_no_key_makes_none_and_revokes_none(string account)
    {
        using var desk = await App.SignedIn("hq");
        using var other = await App.SignedIn(account);
        var before = Clients();

        (await other.GetStringAsync("/keys")).Should().NotContain("make-key").And.NotContain("Demo");
        // With the desk's own form, as a page made by hand would send it.
        var fields = TestApp.HiddenFieldsOf(await other.GetStringAsync("/account"));
        fields["_handler"] = "make-key";
        fields["Key.Name"] = "By hand";
        using (await other.PostAsync("/keys", new FormUrlEncodedContent(fields))) { }
        (await Revoke(other, before.First(client => client.RevokedAt is null).Id)).Should().Be(HttpStatusCode.NotFound);

        Clients().Select(client => (client.Id, client.RevokedAt)).Should().BeEquivalentTo(before.Select(client => (client.Id, client.RevokedAt)));
    }

    [GeneratedRegex("adk_[A-Za-z0-9_-]{43}")]
    private static partial Regex Key();

    private List<IntakeClient> Clients()
    {
        using var db = App.Db();
        return db.IntakeClients.AsNoTracking().ToList();
    }

    private List<string> AuditOf(Guid officer)
    {
        using var db = App.Db();
        return db.Audit.AsNoTracking().Where(entry => entry.OfficerId == officer).Select(entry => entry.Act).ToList();
    }

    private static async Task<string> Make(HttpClient desk, string name, string? limit = null)
    {
        var fields = TestApp.HiddenFieldsOf(await desk.GetStringAsync("/keys"));
        fields["_handler"] = "make-key";
        fields["Key.Name"] = name;
        if (limit is not null)
            fields["Key.PerMinute"] = limit;
        using var answer = await desk.PostAsync("/keys", new FormUrlEncodedContent(fields));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpStatusCode> Revoke(HttpClient who, Guid client)
    {
        var fields = TestApp.HiddenFieldsOf(await who.GetStringAsync("/account"));
        using var answer = await who.PostAsync($"/keys/{client}/revoke", new FormUrlEncodedContent(fields));
        return answer.StatusCode;
    }
}
