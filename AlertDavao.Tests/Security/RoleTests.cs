using System.Net;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Security;

/// <summary>Who changes roles, and what that ends.</summary>
[Collection(SecurityTests.Name)]
public sealed class RoleTests(LoggedApp app)
{
    [Fact]
    public async Task A3_who_gets_or_loses_a_role_is_out_and_comes_back_with_it()
    {
        using var desk = await app.App.SignedIn("hq");
        using var officer = await app.App.SignedIn("officer.ps15");
        (await officer.GetStringAsync("/accounts")).Should().NotContain("data-account");

        (await Change(desk, "officer.ps15", "PS15", DutyRole.StationAdmin)).Should().Be("/accounts");

        (await officer.GetAsync("/api/session")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        using var admin = await app.App.SignedIn("officer.ps15");
        (await admin.GetStringAsync("/accounts")).Should().Contain("data-account=\"admin.ps15@");

        (await Change(desk, "officer.ps15", "PS15", DutyRole.Officer)).Should().Be("/accounts");

        (await admin.GetAsync("/api/session")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        Acts("officer.ps15", "PS15").Should().Equal(AuditActs.MadeAdmin, AuditActs.MadeOfficer);
    }

    [Fact]
    public async Task A_station_keeps_its_last_admin()
    {
        using var desk = await app.App.SignedIn("hq");

        (await Change(desk, "admin.ps18", "PS18", DutyRole.Officer)).Should().Be("/accounts?refused=last-admin");

        RoleOf("admin.ps18").Should().Be(DutyRole.StationAdmin);
        (await desk.GetStringAsync("/accounts?refused=last-admin")).Should().Contain("A station keeps its last admin.");
    }

    [Theory]
    [InlineData("admin.ps18", "officer.ps18", "PS18", DutyRole.StationAdmin)]
    [InlineData("officer.ps18", "officer.ps18", "PS18", DutyRole.StationAdmin)]
    [InlineData("admin.ps18", "admin.ps18", "PS18", DutyRole.Officer)]
    [InlineData("noduty", "noduty", "PS18", DutyRole.StationAdmin)]
    [InlineData("hq", "hq", "CITY", DutyRole.Officer)]
    [InlineData("hq", "officer.ps18", "CITY", DutyRole.CityDesk)]
    [InlineData("hq", "officer.ps18", "PS18", DutyRole.CityDesk)]
    [InlineData("hq", "officer.ps18", "PS19", DutyRole.StationAdmin)]
    [InlineData("hq", "officer.ps18", "PS18'; --", DutyRole.StationAdmin)]
    public async Task Nobody_else_changes_a_role_and_nobody_the_own(string actor, string officer, string station, DutyRole role)
    {
        using var client = await app.App.SignedIn(actor);
        var before = RoleOf(officer);

        (await Change(client, officer, station, role)).Should().Be("404");

        RoleOf(officer).Should().Be(before);
        (await client.GetAsync("/api/session")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private async Task<string> Change(HttpClient actor, string officer, string station, DutyRole role)
    {
        var fields = TestApp.HiddenFieldsOf(await actor.GetStringAsync("/account"));
        fields["station"] = station;
        fields["role"] = role.ToString();
        using var answer = await actor.PostAsync($"/accounts/{IdOf(officer)}/role", new FormUrlEncodedContent(fields));
        return answer.Headers.Location?.ToString() ?? $"{(int)answer.StatusCode}";
    }

    private Guid IdOf(string account)
    {
        using var db = app.App.Db();
        return db.Users.Single(user => user.UserName == $"{account}@alertdavao.test").Id;
    }

    private DutyRole? RoleOf(string account)
    {
        using var db = app.App.Db();
        var id = IdOf(account);
        return db.Duties.AsNoTracking().Where(duty => duty.OfficerId == id && duty.Until == null).Select(duty => (DutyRole?)duty.Role).SingleOrDefault();
    }

    private List<string> Acts(string account, string station)
    {
        using var db = app.App.Db();
        var id = $"{IdOf(account)} {station}";
        return [.. db.Audit.AsNoTracking().Where(entry => entry.Subject == id).OrderBy(entry => entry.Id).Select(entry => entry.Act)];
    }
}
