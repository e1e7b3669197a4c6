using System.Net;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Tests.Devices;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Security;

/// <summary>An officer's way in: invited by the city desk, with a link that works once. There is no mail here.</summary>
[Collection(SecurityTests.Name)]
public sealed class InvitationTests(LoggedApp app)
{
    [Fact]
    public async Task An_invited_officer_sets_a_password_and_signs_in_and_has_no_duty_yet()
    {
        using var desk = await app.App.SignedIn("hq");
        var page = await Links.Invite(desk, DemoSeed.Email("invited.1"), "I. One");
        var link = Links.ShownIn(page);
        link.Should().StartWith($"{app.App.Origin()}/account/invitation?token=").And.HaveLength(link.IndexOf('=', StringComparison.Ordinal) + 1 + 43);
        page.Should().Contain("data-account=\"invited.1@alertdavao.test\"").And.Contain(">Invited<");
        (await desk.GetStringAsync("/accounts")).Should().NotContain(Links.TokenOf(link), "it is shown this once");
        using var officer = app.App.Anonymous();
        (await Means.Opens(officer, "invited.1", Links.NewPassword)).Should().BeFalse("there is no password yet");

        (await Links.Sets(officer, link)).Should().BeTrue();

        (await Means.Opens(officer, "invited.1", Links.NewPassword)).Should().BeTrue();
        using var without = await app.App.SignedIn("noduty");
        (await officer.GetAsync("/")).StatusCode.Should().Be((await without.GetAsync("/")).StatusCode);
        (await officer.GetStringAsync("/account")).Should().Contain("I. One");
        var id = app.App.IdOf("invited.1");
        Means.ActsOf(app.App, id).Should().Equal(AuditActs.InvitationUsed, AuditActs.SignedIn);
        await using var db = app.App.Db();
        var subject = id.ToString();
        db.Audit.AsNoTracking().Where(entry => entry.Subject == subject).Select(entry => entry.Act).Should().Equal(AuditActs.Invited);
        app.App.LinksOf(id).Should().ContainSingle().Which.Hash.Should().HaveCount(32);
        app.Log.Mentioning(Links.TokenOf(link), "invited.1").Should().BeEmpty();
    }

    [Fact]
    public async Task A_link_that_was_used_or_replaced_or_is_late_or_whose_account_is_locked_or_never_was_is_refused_with_one_page()
    {
        using var desk = await app.App.SignedIn("hq");
        using var officer = app.App.Anonymous();
        var used = await Invited(desk, "invited.used");
        (await Links.Sets(officer, used)).Should().BeTrue();
        var replaced = await Invited(desk, "invited.again");
        var newer = Links.ShownIn(await Links.SendAgain(desk, app.App.IdOf("invited.again")));
        var late = await Invited(desk, "invited.late");
        app.App.Expire(late);
        var locked = await Invited(desk, "invited.locked");
        (await desk.Post("/accounts", $"/accounts/{app.App.IdOf("invited.locked")}/lock")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        var ofAnotherKind = (await Invited(desk, "invited.kind")).Replace("invitation", "reset", StringComparison.Ordinal);

        var pages = new List<string>();
        foreach (var link in new[] { used, replaced, late, locked, ofAnotherKind, "/account/invitation?token=never", "/account/invitation?token=" + new string('x', 300) })
            pages.Add((await Links.Refused(officer, link)).Replace("\"/account/reset\"", "\"/account/invitation\"", StringComparison.Ordinal));

        pages.Distinct().Should().ContainSingle();
        (await Links.Sets(officer, newer)).Should().BeTrue();
        (await Means.Opens(officer, "invited.used", Links.NewPassword)).Should().BeTrue("nothing was changed by what was refused");
        (await Means.Opens(officer, "invited.late", Links.NewPassword)).Should().BeFalse();
    }

    [Fact]
    public async Task Of_ten_at_once_with_one_link_one_sets_the_password()
    {
        using var desk = await app.App.SignedIn("hq");
        var link = await Invited(desk, "invited.race");
        using var officer = app.App.Anonymous();
        var form = await Links.Open(officer, link);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async at =>
        {
            using var answer = await Links.Choose(officer, link, form, $"{Links.NewPassword} {at}");
            return answer.StatusCode;
        }));

        answers.Count(status => status == HttpStatusCode.Redirect).Should().Be(1);
        Means.ActsOf(app.App, app.App.IdOf("invited.race")).Should().Equal(AuditActs.InvitationUsed);
    }

    [Fact]
    public async Task A_password_that_is_refused_leaves_the_link_and_no_token_goes_out_by_a_referer()
    {
        using var desk = await app.App.SignedIn("hq");
        var link = await Invited(desk, "invited.weak");
        using var officer = app.App.Anonymous();
        using var opened = await officer.GetAsync(link);
        opened.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        opened.Headers.CacheControl!.NoStore.Should().BeTrue();
        (await opened.Content.ReadAsStringAsync()).Should().Contain("action=\"/account/invitation\"").And.Contain("value=\"invited.weak@alertdavao.test\"");

        using var answer = await Links.Choose(officer, link, await Links.Open(officer, link), "password1234");

        var page = await answer.Content.ReadAsStringAsync();
        page.Should().Contain("easy to guess").And.NotContain("password1234").And.Contain(Links.TokenOf(link));
        (await Links.Sets(officer, link)).Should().BeTrue();
    }

    [Theory]
    [InlineData("", "Enter a name")]
    [InlineData("hq@alertdavao.test", "has an account already")]
    [InlineData("HQ@AlertDavao.test", "has an account already")]
    [InlineData("no address", "no e-mail address")]
    [InlineData("two@x.test\r\nBcc: three@x.test", "no e-mail address")]
    public async Task Who_cannot_be_invited_is_not(string email, string words)
    {
        using var desk = await app.App.SignedIn("hq");
        var before = Accounts();

        (await Links.Invite(desk, email, email.Length == 0 ? " " : "I. Nvited")).Should().Contain(words).And.NotContain("token=");

        Accounts().Should().Be(before);
    }

    [Theory]
    [InlineData("officer.ps5")]
    [InlineData("admin.ps5")]
    [InlineData("noduty")]
    [InlineData(null)]
    public async Task Nobody_but_the_city_desk_invites_or_sends_links(string? account)
    {
        using var client = account is null ? app.App.Anonymous() : await app.App.SignedIn(account);
        var before = (Accounts(), LinkCount());
        var page = account is null ? "/account/login" : "/account";
        var officer = app.App.IdOf("officer.ps5");

        foreach (var handler in new[] { "invite", $"send-link-{officer}" })
        {
            using var answer = await client.Post(page, "/accounts", ("_handler", handler), ("Invitation.Name", "X"), ("Invitation.Email", DemoSeed.Email("sneaked")));
            answer.StatusCode.Should().BeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.Redirect);
        }

        (Accounts(), LinkCount()).Should().Be(before);
        if (account is not null)
            (await client.GetStringAsync("/accounts")).Should().NotContain("Invite an officer").And.NotContain("send-link-");
    }

    [Fact]
    public async Task A11_another_sites_form_invites_nobody_and_the_desk_sends_itself_no_link()
    {
        using var desk = await app.App.SignedIn("hq");
        var before = (Accounts(), LinkCount());

        using var forged = await desk.PostAsync("/accounts", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "invite",
            ["Invitation.Name"] = "X",
            ["Invitation.Email"] = DemoSeed.Email("forged"),
        }));
        using var own = await desk.Post("/accounts", "/accounts", ("_handler", $"send-link-{app.App.IdOf("hq")}"));

        forged.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        own.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (Accounts(), LinkCount()).Should().Be(before);
    }

    private static async Task<string> Invited(HttpClient desk, string name) => Links.ShownIn(await Links.Invite(desk, DemoSeed.Email(name)));

    private int Accounts()
    {
        using var db = app.App.Db();
        return db.Users.Count();
    }

    private int LinkCount()
    {
        using var db = app.App.Db();
        return db.AccountLinks.Count();
    }
}
