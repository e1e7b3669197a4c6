using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Tests.Devices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Security;

/// <summary>A5 over HTTP: what a locked session may ask for, and how it opens. The product's clock is set forward.</summary>
public sealed class SessionLockTests : IDisposable
{
    // What arrives, what says that it was painted, and what says who is there or that nobody is.
    private static readonly string[] WhileLocked =
        ["/", "/account/logout", "/account/confirm", "/api/session", "/api/session/input", "/api/board", "/api/feed", "/api/screen/sound/x", "/api/receipts"];

    private readonly ShiftedTime _time = new();
    private readonly TestApp _app;

    public SessionLockTests() => _app = TestApp.Start(services: services => services.AddSingleton<TimeProvider>(_time));

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Nothing_answers_a_locked_session_but_the_reviewed_list()
    {
        using var officer = await _app.SignedIn("officer.ps1");
        _time.Advance(TimeSpan.FromMinutes(30));

        var open = new List<string>();
        foreach (var endpoint in Endpoints())
        {
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var answer = await officer.SendAsync(
                    new HttpRequestMessage(new HttpMethod(method), Path(endpoint)), HttpCompletionOption.ResponseHeadersRead);
                var isLocked = answer.StatusCode == HttpStatusCode.Locked
                    || (answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Split("?back=")[0] == "/");
                if (!isLocked)
                    open.Add(Path(endpoint));
            }
        }

        open.Distinct().Should().BeEquivalentTo(WhileLocked);
    }

    [Fact]
    public async Task A_locked_board_holds_no_more_of_a_report_than_severity_title_and_barangay()
    {
        using var intake = _app.Intake();
        var sent = A.ReportFor(_app, "PS1", "Robbery at the pier");
        sent["description"] = "Three men in a white van";
        using var posted = await intake.PostAsJsonAsync("/api/reports", sent);
        var id = (await posted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("report_id").GetString()!;
        using var officer = await _app.SignedIn("officer.ps1");
        (await officer.GetStringAsync("/")).Should().Contain($"href=\"/reports/{id}\"");
        (await officer.GetStringAsync($"/reports/{id}")).Should().Contain("Three men in a white van");

        _time.Advance(TimeSpan.FromMinutes(30));
        var board = await officer.GetStringAsync("/");

        board.Should().Contain("Robbery at the pier").And.NotContain("href=\"/reports/" + id).And.NotContain("white van");
        using var detail = await officer.GetAsync($"/reports/{id}");
        detail.Headers.Location!.ToString().Should().Be($"/?back=%2Freports%2F{id}");
    }

    [Fact]
    public async Task The_password_opens_it_and_input_and_a_wrong_password_do_not()
    {
        using var officer = await _app.SignedIn("officer.ps1");
        _time.Advance(TimeSpan.FromMinutes(30));

        using (var input = await officer.SendAsync(Input()))
            input.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await IsOpen(officer)).Should().BeFalse();
        (await Confirm(officer, "not the password")).Headers.Location!.ToString().Should().Be("/");
        (await IsOpen(officer)).Should().BeFalse();
        (await Confirm(officer, TestApp.Password, back: "/reports")).Headers.Location!.ToString().Should().Be("/reports");

        (await IsOpen(officer)).Should().BeTrue();
        Acts().Should().Contain([AuditActs.SessionNotConfirmed, AuditActs.SessionConfirmed]);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    public async Task It_leads_to_no_other_site(string back)
    {
        using var officer = await _app.SignedIn("officer.ps1");

        (await Confirm(officer, TestApp.Password, back)).Headers.Location!.ToString().Should().Be("/");
    }

    [Fact]
    public async Task Five_wrong_tries_at_a_locked_screen_end_the_session()
    {
        using var officer = await _app.SignedIn("officer.ps1");
        _time.Advance(TimeSpan.FromMinutes(30));

        for (var tries = 0; tries < 5; tries++)
            await Confirm(officer, $"guess {tries}");

        (await officer.GetAsync("/api/session")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A15_the_officers_passkey_opens_it_and_a_colleagues_does_not()
    {
        using var own = new SoftAuthenticator();
        using var colleagues = new SoftAuthenticator();
        using (var colleague = await _app.SignedIn("officer.ps2"))
            await Means.AddPasskey(_app, colleague, colleagues);
        using var officer = await _app.SignedIn("officer.ps1");
        await Means.AddPasskey(_app, officer, own);
        _time.Advance(TimeSpan.FromMinutes(30));

        using (var refused = await officer.Post("/", "/account/confirm", ("credential", colleagues.Get(await Means.AskToSignIn(officer), _app.Origin()))))
            (await IsOpen(officer)).Should().BeFalse();
        var answer = own.Get(await Means.AskToSignIn(officer), _app.Origin());
        using (var opened = await officer.Post("/", "/account/confirm", ("credential", answer)))
            (await IsOpen(officer)).Should().BeTrue();

        _time.Advance(TimeSpan.FromMinutes(30));
        using var again = await officer.Post("/", "/account/confirm", ("credential", answer));
        (await IsOpen(officer)).Should().BeFalse("an answer opens once");
    }

    [Fact]
    public async Task The_poll_of_a_locked_session_tells_no_more_than_its_board_and_a_device_on_a_wall_is_never_locked()
    {
        using var officer = await _app.SignedIn("officer.ps1");
        using var device = _app.Device(await officer.AddDevice());
        (await officer.GetStringAsync("/api/board")).Should().Contain("tracking_code");

        _time.Advance(TimeSpan.FromMinutes(30));

        (await officer.GetStringAsync("/api/board")).Should().Contain("\"severity\"").And.Contain("\"title\"").And.NotContain("tracking_code").And.NotContain("\"types\"");
        (await device.GetStringAsync("/api/board")).Should().Contain("tracking_code");
    }

    [Fact]
    public async Task Input_from_another_site_is_none()
    {
        using var officer = await _app.SignedIn("officer.ps1");

        using var foreign = Input();
        foreign.Headers.Remove("Origin");
        foreign.Headers.Add("Origin", "https://evil.example");
        (await officer.SendAsync(foreign)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await officer.SendAsync(Input())).StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Without_its_token_the_form_is_refused()
    {
        using var officer = await _app.SignedIn("officer.ps1");

        using var answer = await officer.PostAsync("/account/confirm", new FormUrlEncodedContent([new("password", TestApp.Password)]));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A6_a_session_is_renewed_in_its_last_quarter_of_an_hour_and_not_before()
    {
        using var officer = await _app.SignedIn("officer.ps1");
        var endsAt = EndsAt();
        await Confirm(officer, TestApp.Password);
        EndsAt().Should().Be(endsAt);

        Work(OfficerSession.Longest - TimeSpan.FromMinutes(10));
        await Confirm(officer, TestApp.Password);

        EndsAt().Should().BeCloseTo(_time.GetUtcNow() + OfficerSession.Longest, TimeSpan.FromMinutes(1));
        Work(TimeSpan.FromHours(11));
        (await officer.GetAsync("/reports")).StatusCode.Should().Be(HttpStatusCode.OK);
        Work(TimeSpan.FromHours(1));
        (await officer.GetAsync("/reports")).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    private HttpRequestMessage Input()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/session/input");
        request.Headers.Add("Origin", _app.Address.GetLeftPart(UriPartial.Authority));
        return request;
    }

    private static async Task<HttpResponseMessage> Confirm(HttpClient officer, string password, string back = "/")
    {
        var fields = TestApp.HiddenFieldsOf(await officer.GetStringAsync("/"));
        fields["password"] = password;
        fields["back"] = back;
        return await officer.PostAsync("/account/confirm", new FormUrlEncodedContent(fields));
    }

    private static async Task<bool> IsOpen(HttpClient officer) => (await officer.GetAsync("/reports")).StatusCode == HttpStatusCode.OK;

    private void Work(TimeSpan time)
    {
        var sessions = _app.Services.GetRequiredService<SessionDirectory>();
        for (var step = TimeSpan.FromMinutes(20); time > TimeSpan.Zero; time -= step)
        {
            _time.Advance(time < step ? time : step);
            sessions.Touch(Session().Id);
        }
    }

    private List<string> Acts()
    {
        using var db = _app.Db();
        return [.. db.Audit.AsNoTracking().Select(entry => entry.Act)];
    }

    private DateTimeOffset EndsAt() => Session().EndsAt;

    private OfficerSession Session()
    {
        using var db = _app.Db();
        return db.Sessions.AsNoTracking().Single();
    }

    // What needs no session at all, and the hub, where a locked screen hears what arrives, are other tests' matter; a file that is
    // not there is nobody's.
    private IEnumerable<RouteEndpoint> Endpoints()
        => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText != "{**path:file}" && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
                && !Path(endpoint).StartsWith("/_blazor", StringComparison.Ordinal));

    private static string Path(RouteEndpoint endpoint)
        => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { ParameterPolicies: [{ Content: "guid" }, ..] } => Guid.Empty.ToString(),
            _ => "x",
        }))));
}
