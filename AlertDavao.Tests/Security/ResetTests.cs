using System.Net;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Tests.Devices;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlertDavao.Tests.Security;

/// <summary>The way back in for who forgot the password: by mail, or by the city desk.</summary>
public sealed class ResetTests : IDisposable
{
    private readonly FakeSmtp _smtp = new() { TurnedAway = 1, Unknown = DemoSeed.Email("unknown") };
    private readonly CapturedLog _log = new();
    private readonly TestApp _app;

    public ResetTests() => _app = TestApp.Start(Mailing(_smtp), services => services.AddLogging(logging => logging.ClearProviders().AddProvider(_log)));

    [Fact]
    public async Task A_forgotten_password_is_set_anew_by_mail_and_ends_every_session_and_the_lock_and_keeps_the_second_step()
    {
        var id = await _app.NewAccount("forgetful");
        using var old = await _app.SignedIn("forgetful");
        await Means.SetUpApp(old);
        using var officer = _app.Anonymous();
        for (var attempt = 0; attempt < 5; attempt++)
            (await Means.Opens(officer, "forgetful", "wrong")).Should().BeFalse();

        await Links.Forget(officer, "FORGETFUL@alertdavao.test");
        var mail = (await _smtp.To(DemoSeed.Email("forgetful"))).Should().ContainSingle().Subject;
        var link = Links.PathIn(mail.TextBody);
        (await Links.Sets(officer, link)).Should().BeTrue();

        (await old.Session()).Should().Be(HttpStatusCode.Unauthorized);
        (await Means.Opens(officer, "forgetful", TestApp.Password)).Should().BeFalse();
        using var answer = await TestApp.SignIn(officer, "forgetful", Links.NewPassword);
        answer.Headers.Location!.ToString().Should().Contain("/account/login/code", "the lock is gone and the second step is not");
        await Links.Refused(officer, link);
        Means.ActsOf(_app, id).Should().ContainInOrder(AuditActs.ResetDone, AuditActs.SessionEnded);
        _log.Mentioning(Links.TokenOf(link), "forgetful").Should().BeEmpty();
    }

    [Fact]
    public async Task The_mail_leads_to_the_public_address_whatever_host_was_asked_and_the_first_try_that_fails_is_not_the_last()
    {
        await _app.NewAccount("poisoned");
        using var client = _app.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/forgot")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(TestApp.HiddenFieldsOf(await client.GetStringAsync("/account/forgot")))
            {
                ["Asked.Email"] = DemoSeed.Email("poisoned"),
            }),
        };
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        (await client.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.OK);

        var mail = (await _smtp.To(DemoSeed.Email("poisoned")))[0];

        _smtp.Connections.Should().BeGreaterThan(1);
        mail.From.ToString().Should().Contain("board@alertdavao.test");
        mail.Subject.Should().Be("Your password on AlertDavao");
        mail.TextBody.Should().StartWith("Hello poisoned,").And.Contain("https://board.example/account/reset?token=").And.NotContain("evil");
        mail.MessageId.Should().EndWith("@alertdavao.test");
        mail.ToString().Should().NotContain("evil");
    }

    [Fact]
    public async Task A13_the_answer_is_the_same_for_every_account_and_for_none_and_nobody_gets_more_than_three_mails_an_hour()
    {
        await _app.NewAccount("asked");
        var locked = await _app.NewAccount("shut");
        await using (var db = _app.Db())
            await db.Users.Where(account => account.Id == locked).ExecuteUpdateAsync(set => set.SetProperty(account => account.LockedAt, TimeProvider.System.GetUtcNow()));
        await _app.NewAccount("last");
        using var client = _app.Anonymous();

        var answers = new List<string>();
        foreach (var name in new[] { "asked", "asked", "asked", "asked", "asked", "shut", "nobody", "last" })
            answers.Add(Links.Comparable(await Links.Forget(client, DemoSeed.Email(name))));
        answers.Add(Links.Comparable(await Links.Forget(client, "")));
        answers.Add(Links.Comparable(await Links.Forget(client, "\ud800 no address\r\n")));

        answers.Distinct().Should().ContainSingle();
        // They are looked at one after the other: with the last one all are.
        await _smtp.To(DemoSeed.Email("last"));
        var mails = await _smtp.To(DemoSeed.Email("asked"), 3);
        _app.LinksOf(_app.IdOf("asked")).Should().HaveCount(3);
        _app.LinksOf(locked).Should().BeEmpty();
        // Mails may overtake each other: the newest link is the one that opens.
        var opens = 0;
        foreach (var mail in mails)
            opens += (await client.GetStringAsync(Links.PathIn(mail.TextBody))).Contains("Chosen.Wanted", StringComparison.Ordinal) ? 1 : 0;
        opens.Should().Be(1);
    }

    [Fact]
    public async Task Late_used_replaced_and_locked_links_are_refused_with_one_page_and_the_desk_is_never_refused_one()
    {
        using var desk = await _app.SignedIn("hq");
        using var officer = _app.Anonymous();
        var pages = new List<string>();
        foreach (var name in new[] { "late", "used", "shut.later", "changed" })
            await _app.NewAccount(name);

        var late = await Sent(desk, "late");
        _app.Expire(late);
        pages.Add(await Links.Refused(officer, late));
        var used = await Sent(desk, "used");
        (await Links.Sets(officer, used)).Should().BeTrue();
        pages.Add(await Links.Refused(officer, used));
        var shut = await Sent(desk, "shut.later");
        (await desk.Post("/accounts", $"/accounts/{_app.IdOf("shut.later")}/lock")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        pages.Add(await Links.Refused(officer, shut));
        var changed = await Sent(desk, "changed");
        using (var own = await _app.SignedIn("changed"))
            await own.Post("/account", "/account", ("_handler", "change-password"), ("Passwords.Current", TestApp.Password), ("Passwords.Wanted", Links.NewPassword));
        pages.Add(await Links.Refused(officer, changed));

        pages.Distinct().Should().ContainSingle();
        await using var db = _app.Db();
        var subject = _app.IdOf("used").ToString();
        db.Audit.AsNoTracking().Where(entry => entry.Subject == subject).Select(entry => entry.Act).Should().Equal(AuditActs.ResetSent);
        Means.ActsOf(_app, _app.IdOf("used")).Should().Equal(AuditActs.ResetDone);
    }

    [Fact]
    public async Task An_invitation_is_mailed_and_shown_to_nobody_and_a_mail_that_is_never_taken_is_said_without_its_address()
    {
        using var desk = await _app.SignedIn("hq");

        var page = await Links.Invite(desk, DemoSeed.Email("mailed"), "M. Ailed");
        await Links.Invite(desk, DemoSeed.Email("unknown"), "U. Nknown");

        page.Should().Contain("on its way to mailed@alertdavao.test").And.NotContain("token=");
        var mail = (await _smtp.To(DemoSeed.Email("mailed")))[0];
        mail.TextBody.Should().StartWith("Hello M. Ailed,").And.Contain("https://board.example/account/invitation?token=").And.Contain("72 hours");
        using var officer = _app.Anonymous();
        (await Links.Sets(officer, Links.PathIn(mail.TextBody))).Should().BeTrue();
        await Eventually.Holds(() => _log.Errors.Any(line => line.Contains("A mail was not sent", StringComparison.Ordinal)), "the mail that is not taken is said");
        _log.Mentioning("unknown@", "U. Nknown").Should().BeEmpty();
    }

    [Fact]
    public async Task A_mail_server_that_hangs_keeps_nobody_waiting_and_an_address_that_asks_too_often_is_told_so()
    {
        using var silent = new FakeSmtp { IsSilent = true };
        var settings = Mailing(silent);
        settings["Limits:SignInsPerAddressPerMinute"] = "2";
        using var app = TestApp.Start(settings);
        using var client = app.Anonymous();
        var since = TimeProvider.System.GetTimestamp();

        await Links.Forget(client, DemoSeed.Email("officer.ps5"));
        await Links.Forget(client, DemoSeed.Email("officer.ps5"));

        TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(TimeSpan.FromSeconds(10));
        using var third = await client.Post("/account/forgot", "/account/forgot", ("_handler", "forgot"), ("Asked.Email", "x@y"));
        third.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        using var guess = await client.Post("/account/forgot", "/account/reset", ("_handler", "set-password"), ("Chosen.Token", "guess"));
        guess.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await guess.Content.ReadAsStringAsync()).Should().Contain("Too many");
    }

    [Theory]
    [InlineData("https://board.example", true, "https://board.example")]
    [InlineData("https://board.example", false, "https://board.example")]
    [InlineData(null, true, "http://evil.example")]
    [InlineData(null, false, "")]
    public void A_requests_host_makes_a_link_in_Development_alone(string? address, bool isDevelopment, string before)
    {
        var http = new DefaultHttpContext();
        (http.Request.Scheme, http.Request.Host) = ("http", new HostString("evil.example"));

        new LinkAddress(address, isDevelopment).For(http.Request).Should().Be(before);
    }

    public void Dispose()
    {
        _app.Dispose();
        _smtp.Dispose();
        _log.Dispose();
    }

    private async Task<string> Sent(HttpClient desk, string name)
    {
        (await Links.SendAgain(desk, _app.IdOf(name))).Should().Contain($"on its way to {name}@").And.NotContain("token=");
        return Links.PathIn((await _smtp.To(DemoSeed.Email(name)))[^1].TextBody);
    }

    private static Dictionary<string, string> Mailing(FakeSmtp smtp) => new()
    {
        ["Smtp:Host"] = "127.0.0.1",
        ["Smtp:Port"] = smtp.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Smtp:From"] = "AlertDavao <board@alertdavao.test>",
        ["Smtp:StartTls"] = "false",
        ["Security:PublicAddress"] = "https://board.example",
        ["Logging:LogLevel:Default"] = "Information",
    };
}
