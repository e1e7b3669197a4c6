using System.Net;
using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Security;

/// <summary>Who ends others' sessions and locks their accounts, and who does not.</summary>
[Collection(SecurityTests.Name)]
public sealed class AdministeredAccountsTests(LoggedApp app)
{
    [Fact]
    public async Task A4_the_city_desk_ends_all_sessions_of_an_officer()
    {
        using var desk = await app.App.SignedIn("hq");
        using var officer = await app.App.SignedIn("officer.ps9");
        using var tablet = await app.App.SignedIn("officer.ps9");

        (await Act(desk, "officer.ps9", "end-sessions")).Should().Be(HttpStatusCode.Redirect);

        (await Status(officer)).Should().Be(HttpStatusCode.Unauthorized);
        (await Status(tablet)).Should().Be(HttpStatusCode.Unauthorized);
        (await Status(desk)).Should().Be(HttpStatusCode.OK);
        using var again = await app.App.SignedIn("officer.ps9");
    }

    [Fact]
    public async Task A3_a_locked_account_is_out_at_once_and_comes_in_again_when_it_is_unlocked()
    {
        using var desk = await app.App.SignedIn("hq");
        using var officer = await app.App.SignedIn("officer.ps10");

        (await Act(desk, "officer.ps10", "lock")).Should().Be(HttpStatusCode.Redirect);

        (await Status(officer)).Should().Be(HttpStatusCode.Unauthorized);
        (await desk.GetStringAsync("/accounts")).Should().Contain(">Locked<");
        using var locked = app.App.Anonymous();
        (await TestApp.SignIn(locked, "officer.ps10", TestApp.Password)).StatusCode.Should().Be(HttpStatusCode.OK, "the form is shown again");

        (await Act(desk, "officer.ps10", "unlock")).Should().Be(HttpStatusCode.Redirect);
        using var unlocked = await app.App.SignedIn("officer.ps10");
        await using var db = app.App.Db();
        var id = IdOf("officer.ps10").ToString();
        db.Audit.AsNoTracking().Where(entry => entry.Subject == id).OrderBy(entry => entry.Id).Select(entry => entry.Act)
            .Should().Equal(AuditActs.Locked, AuditActs.Unlocked);
    }

    [Fact]
    public async Task A_stations_admin_ends_sessions_of_the_own_station_and_nobodys_elses_and_locks_nobody()
    {
        using var admin = await app.App.SignedIn("admin.ps11");
        using var own = await app.App.SignedIn("officer.ps11");
        using var foreign = await app.App.SignedIn("officer.ps12");

        (await Act(admin, "officer.ps12", "end-sessions")).Should().Be(HttpStatusCode.NotFound);
        (await Act(admin, "officer.ps11", "lock")).Should().Be(HttpStatusCode.NotFound);
        (await Status(own)).Should().Be(HttpStatusCode.OK);
        (await Status(foreign)).Should().Be(HttpStatusCode.OK);
        var page = await admin.GetStringAsync("/accounts");
        page.Should().Contain("officer.ps11@").And.NotContain("officer.ps12@").And.NotContain("/lock\"");

        (await Act(admin, "officer.ps11", "end-sessions")).Should().Be(HttpStatusCode.Redirect);
        (await Status(own)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("officer.ps17")]
    [InlineData("noduty")]
    public async Task Who_administers_nobody_sees_no_accounts_and_ends_nothing(string account)
    {
        using var officer = await app.App.SignedIn(account);
        using var other = await app.App.SignedIn("officer.ps18");

        (await officer.GetStringAsync("/accounts")).Should().Contain("No permission").And.NotContain("officer.ps18@");
        foreach (var act in new[] { "end-sessions", "lock", "unlock" })
            (await Act(officer, "officer.ps18", act)).Should().Be(HttpStatusCode.NotFound);

        (await Status(other)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_city_desk_does_not_lock_itself_and_an_account_that_is_not_there_is_not_found()
    {
        using var desk = await app.App.SignedIn("hq");

        (await Act(desk, "hq", "lock")).Should().Be(HttpStatusCode.NotFound);
        (await Act(desk, Guid.NewGuid(), "lock")).Should().Be(HttpStatusCode.NotFound);
        (await Act(desk, Guid.NewGuid(), "end-sessions")).Should().Be(HttpStatusCode.NotFound);

        (await Status(desk)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A11_nobody_is_locked_by_a_form_of_another_site()
    {
        using var desk = await app.App.SignedIn("hq");

        using var answer = await desk.PostAsync($"/accounts/{IdOf("officer.ps19")}/lock", new FormUrlEncodedContent([]));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        using var officer = await app.App.SignedIn("officer.ps19");
    }

    private static async Task<HttpStatusCode> Status(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/session");
        return answer.StatusCode;
    }

    private Task<HttpStatusCode> Act(HttpClient client, string account, string act) => Act(client, IdOf(account), act);

    private static async Task<HttpStatusCode> Act(HttpClient client, Guid officer, string act)
    {
        var fields = TestApp.HiddenFieldsOf(await client.GetStringAsync("/account"));
        using var answer = await client.PostAsync($"/accounts/{officer}/{act}", new FormUrlEncodedContent(fields));
        return answer.StatusCode;
    }

    private Guid IdOf(string account)
    {
        using var db = app.App.Db();
        return db.Users.AsNoTracking().Single(user => user.UserName == $"{account}@alertdavao.test").Id;
    }
}
