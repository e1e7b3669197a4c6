using System.Net;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AlertDavao.Tests.Security;

/// <summary>What a session is good for, and that it is good for nothing once it has ended.</summary>
[Collection(SecurityTests.Name)]
public sealed class SessionTests(LoggedApp app)
{
    private const string Probe = "/api/session";

    [Fact]
    public async Task The_cookie_carries_a_key_and_nothing_else_and_the_database_only_its_hash()
    {
        var cookie = (await Socket.SignedIn(app.App, "officer.ps2")).Split("alertdavao=")[1].Split(';')[0];

        var ticket = app.App.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(SessionCookie.Scheme).TicketDataFormat.Unprotect(cookie)!;

        var key = ticket.Principal.Claims.Should().ContainSingle().Subject.Value;
        var hash = SessionDirectory.Hash(key);
        await using var db = app.App.Db();
        db.Sessions.AsNoTracking().Single(session => session.KeyHash == hash).Stamp.Should().NotContain(key);
    }

    [Fact]
    public async Task A1_a_session_that_was_signed_out_opens_nothing_whoever_kept_its_cookie()
    {
        using var officer = await app.App.SignedIn("officer.ps2");
        using var elsewhere = await app.App.SignedIn("officer.ps2");
        using var thief = Copy(officer);
        (await Status(thief)).Should().Be(HttpStatusCode.OK, "until then it is a copy of the session");

        await Send(officer, "/account", "/account/logout");

        (await Status(thief)).Should().Be(HttpStatusCode.Unauthorized);
        (await thief.GetAsync("/")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await Status(elsewhere)).Should().Be(HttpStatusCode.OK, "another session is another one");
    }

    [Fact]
    public async Task Signing_in_again_takes_a_new_key_and_ends_the_session_before()
    {
        using var officer = await app.App.SignedIn("officer.ps2");
        using var before = Copy(officer);

        await TestApp.SignIn(officer, "officer.ps4", TestApp.Password);

        (await Status(before)).Should().Be(HttpStatusCode.Unauthorized);
        (await officer.GetStringAsync("/account")).Should().Contain("officer.ps4@");
    }

    [Fact]
    public async Task A2_a_new_password_ends_every_session_and_is_the_only_one_that_opens_the_next()
    {
        const string wanted = "four quiet words here";
        using var officer = await app.App.SignedIn("admin.ps17");
        using var stolen = Copy(officer);
        using var tablet = await app.App.SignedIn("admin.ps17");

        var answer = await ChangePassword(officer, TestApp.Password, wanted);

        answer.Headers.Location!.ToString().Should().EndWith("/account/login?changed=true");
        foreach (var session in new[] { officer, stolen, tablet })
            (await Status(session)).Should().Be(HttpStatusCode.Unauthorized);
        using var old = app.App.Anonymous();
        (await TestApp.SignIn(old, "admin.ps17", TestApp.Password)).StatusCode.Should().Be(HttpStatusCode.OK, "the form is shown again");
        using var anew = await app.App.SignedIn("admin.ps17", wanted);
        (await Status(anew)).Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("not the password", "four quiet words here", "The current password is wrong")]
    [InlineData(TestApp.Password, "2short", "at least 12 characters")]
    [InlineData("", "", "The current password is wrong")]
    public async Task A_password_that_may_not_be_changed_says_why_and_ends_nothing(string current, string wanted, string why)
    {
        using var officer = await app.App.SignedIn("officer.ps15");

        var answer = await ChangePassword(officer, current, wanted);

        (await answer.Content.ReadAsStringAsync()).Should().Contain(why).And.NotContain(wanted.Length > 0 ? wanted : "no such text");
        (await Status(officer)).Should().Be(HttpStatusCode.OK);
        using var again = await app.App.SignedIn("officer.ps15");
    }

    [Fact]
    public async Task A4_sign_out_everywhere_ends_all_of_an_officers_sessions_and_no_one_elses()
    {
        using var desk = await app.App.SignedIn("officer.ps5");
        using var tablet = await app.App.SignedIn("officer.ps5");
        using var colleague = await app.App.SignedIn("admin.ps5");

        await Send(desk, "/account", "/account/sessions/end");

        (await Status(desk)).Should().Be(HttpStatusCode.Unauthorized);
        (await Status(tablet)).Should().Be(HttpStatusCode.Unauthorized);
        (await Status(colleague)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_of_ones_own_sessions_is_ended_from_the_account_page_and_another_officers_is_not_found()
    {
        using var officer = await app.App.SignedIn("officer.ps6");
        using var lost = await app.App.SignedIn("officer.ps6");
        using var colleague = await app.App.SignedIn("admin.ps6");
        var (own, others) = (SessionsOf("officer.ps6"), SessionsOf("admin.ps6"));

        (await Send(officer, "/account", $"/account/sessions/{others[0]}/end")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await Send(officer, "/account", $"/account/sessions/{Guid.NewGuid()}/end")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await Status(colleague)).Should().Be(HttpStatusCode.OK);

        (await Send(officer, "/account", $"/account/sessions/{own[^1]}/end")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await Status(lost)).Should().Be(HttpStatusCode.Unauthorized);
        (await Status(officer)).Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/account/logout")]
    [InlineData("/account/sessions/end")]
    [InlineData("/account/sessions/00000000-0000-0000-0000-000000000001/end")]
    public async Task A11_no_session_ends_by_a_form_of_another_site(string path)
    {
        using var officer = await app.App.SignedIn("officer.ps2");

        using var answer = await officer.PostAsync(path, new FormUrlEncodedContent([]));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await Status(officer)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A3_an_account_that_is_locked_from_outside_is_out_by_the_next_sweep_and_does_not_come_in()
    {
        using var officer = await app.App.SignedIn("admin.ps16");
        await using (var db = app.App.Db())
            await db.Users.Where(user => user.UserName == "admin.ps16@alertdavao.test").ExecuteUpdateAsync(set => set.SetProperty(user => user.LockedAt, TimeProvider.System.GetUtcNow()));

        await Eventually.Reads(() => Status(officer), status => status == HttpStatusCode.Unauthorized, "the session has ended");

        using var client = app.App.Anonymous();
        var refused = await TestApp.SignIn(client, "admin.ps16", TestApp.Password);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("E-mail or password is wrong, or the account is locked.");
    }

    [Fact]
    public async Task Sign_ins_and_ends_stand_in_the_audit()
    {
        using var officer = await app.App.SignedIn("officer.ps7");
        var session = SessionsOf("officer.ps7")[^1].ToString();

        await Send(officer, "/account", "/account/logout");

        await using var db = app.App.Db();
        db.Audit.AsNoTracking().Where(entry => entry.Subject == session).OrderBy(entry => entry.Id).Select(entry => entry.Act)
            .Should().Equal(AuditActs.SignedIn, AuditActs.SessionEnded);
    }

    [Fact]
    public async Task The_account_page_names_the_device_in_known_words_only()
    {
        using var officer = app.App.Anonymous();
        officer.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "<script>alert(1)</script> (X11; Linux x86_64) Firefox/140.0");
        await TestApp.SignIn(officer, "officer.ps8", TestApp.Password);

        var page = await officer.GetStringAsync("/account");

        page.Should().Contain("Firefox on Linux").And.Contain("This device").And.NotContain("alert(1)");
    }

    private static async Task<HttpStatusCode> Status(HttpClient client)
    {
        using var answer = await client.GetAsync(Probe);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> Send(HttpClient client, string page, string action)
        => await client.PostAsync(action, new FormUrlEncodedContent(TestApp.HiddenFieldsOf(await client.GetStringAsync(page))));

    private static async Task<HttpResponseMessage> ChangePassword(HttpClient client, string current, string wanted)
    {
        var fields = TestApp.HiddenFieldsOf(await client.GetStringAsync("/account"));
        fields["_handler"] = "change-password";
        fields["Passwords.Current"] = current;
        fields["Passwords.Wanted"] = wanted;
        return await client.PostAsync("/account", new FormUrlEncodedContent(fields));
    }

    private List<Guid> SessionsOf(string account)
    {
        using var db = app.App.Db();
        return [.. db.Sessions.AsNoTracking()
            .Where(session => session.EndedAt == null && db.Users.Any(user => user.Id == session.OfficerId && user.UserName == $"{account}@alertdavao.test"))
            .OrderBy(session => session.OpenedAt).Select(session => session.Id)];
    }

    // Whoever got hold of the cookie.
    private HttpClient Copy(HttpClient session)
    {
        var copy = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = app.App.Address };
        copy.DefaultRequestHeaders.Add("Cookie", app.App.CookiesOf(session));
        return copy;
    }
}
