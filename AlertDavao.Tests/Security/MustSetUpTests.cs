using System.Net;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Stations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Security;

/// <summary>Outside the demo, who administers others has more than a password, or may do nothing but get it.</summary>
public sealed class MustSetUpTests : IDisposable
{
    private readonly TestApp _app = TestApp.Start(new() { ["Demo:Enabled"] = "false" });

    [Theory]
    [InlineData(DutyRole.StationAdmin, "PS1")]
    [InlineData(DutyRole.CityDesk, LogCode.City)]
    public async Task A14_who_must_set_up_reaches_nothing_before(DutyRole role, string log)
    {
        await _app.NewAccount("boss", role, log);
        using var boss = await SignedIn("boss", "/account/second-step");
        var closed = _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Where(endpoint => !endpoint.Metadata.OfType<IAuthorizeData>().Any(data => data.Policy == "holders")).ToList();

        closed.Should().HaveCountGreaterThan(20);
        foreach (var endpoint in closed)
        {
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                using var answer = await boss.SendAsync(new HttpRequestMessage(new HttpMethod(method), EndpointTests.Path(endpoint)));
                var isRefused = answer.StatusCode == HttpStatusCode.Forbidden
                    || (answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().EndsWith("/account/second-step", StringComparison.Ordinal));
                isRefused.Should().BeTrue($"{method} {endpoint.RoutePattern.RawText} answered {(int)answer.StatusCode}");
            }
        }

        (await Socket.Open(_app, _app.CookiesOf(boss), _app.Origin())).Status.Should().Be(403);
        var page = await boss.GetStringAsync("/account/second-step");
        page.Should().Contain("Add a passkey").And.Contain("authenticator app");
    }

    [Fact]
    public async Task A14_with_an_app_the_session_gives_way_to_a_full_one()
    {
        var officer = await _app.NewAccount("boss.app", DutyRole.StationAdmin);
        using var boss = await SignedIn("boss.app", "/account/second-step");
        var before = _app.CookiesOf(boss);

        var phone = await Means.SetUpApp(boss);

        (await boss.Session()).Should().Be(HttpStatusCode.OK);
        (await boss.GetStringAsync("/")).Should().Contain("id=\"report-board\"");
        using var kept = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _app.Address };
        kept.DefaultRequestHeaders.Add("Cookie", before);
        (await kept.GetAsync("/account/second-step")).Headers.Location!.ToString().Should().Contain("/account/login", "the limited session is over");
        using var later = await Means.PastPassword(_app, "boss.app");
        (await Means.Opens(later, phone.Code(1))).Should().BeTrue();
        Means.ActsOf(_app, officer).Should().Equal(
            AuditActs.SignedInToSetUp, AuditActs.SessionEnded, AuditActs.StepOn, AuditActs.SignedInWithCode, AuditActs.SignedInWithCode);
    }

    [Fact]
    public async Task A15_with_a_passkey_too_and_the_password_alone_is_then_refused()
    {
        await _app.NewAccount("boss.key", DutyRole.CityDesk, LogCode.City);
        using var device = new SoftAuthenticator();
        using var boss = await SignedIn("boss.key", "/account/second-step");

        (await Means.AddPasskey(_app, boss, device, "/account/second-step")).Should().Be("/");

        (await boss.Session()).Should().Be(HttpStatusCode.OK);
        using var again = _app.Anonymous();
        using var answer = await TestApp.SignIn(again, "boss.key", TestApp.Password);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("This account signs in with its passkey.");
        (await again.Session()).Should().Be(HttpStatusCode.Unauthorized);
        (await Means.SignInWithPasskey(_app, again, device)).Should().Be("/");
        (await again.Session()).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_last_one_is_not_given_up_by_who_must_have_one()
    {
        await _app.NewAccount("boss.last", DutyRole.StationAdmin);
        using var device = new SoftAuthenticator();
        using var boss = await SignedIn("boss.last", "/account/second-step");
        await Means.AddPasskey(_app, boss, device, "/account/second-step");

        (await boss.Post("/account", "/account/passkeys/remove", ("id", device.Id))).Headers.Location!.ToString().Should().Be("/account?passkey=required");
        await Means.SetUpApp(boss);
        (await boss.Post("/account", "/account/passkeys/remove", ("id", device.Id))).Headers.Location!.ToString().Should().Be("/account");
    }

    [Fact]
    public async Task An_officer_need_not()
    {
        await _app.NewAccount("no.boss");

        using var officer = await SignedIn("no.boss", "/");

        (await officer.Session()).Should().Be(HttpStatusCode.OK);
        (await Socket.Open(_app, _app.CookiesOf(officer), _app.Origin())).Status.Should().Be(101);
    }

    [Fact]
    public async Task Who_must_set_up_may_sign_out_instead()
    {
        await _app.NewAccount("boss.leaves", DutyRole.StationAdmin);
        using var boss = await SignedIn("boss.leaves", "/account/second-step");

        (await boss.Post("/account/second-step", "/account/logout")).Headers.Location!.ToString().Should().Be("/account/login");

        (await boss.GetAsync("/account/second-step")).Headers.Location!.ToString().Should().Contain("/account/login");
        await using var db = _app.Db();
        db.Sessions.AsNoTracking().Single(session => session.SetsUp).EndedAt.Should().NotBeNull();
    }

    public void Dispose() => _app.Dispose();

    private async Task<HttpClient> SignedIn(string account, string leadsTo)
    {
        var client = _app.Anonymous();
        using var answer = await TestApp.SignIn(client, account, TestApp.Password);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        new Uri(_app.Address, answer.Headers.Location!).Should().Be(new Uri(_app.Address, leadsTo));
        return client;
    }
}
