using System.Net;

namespace AlertDavao.Tests.Security;

/// <summary>Who gets to the circuits' hub: signed in, and from a page of our own.</summary>
[Collection(SecurityTests.Name)]
public sealed class HubDoorTests(LoggedApp app) : IAsyncLifetime
{
    private string _cookie = "";

    private string Own => app.App.Address.GetLeftPart(UriPartial.Authority);

    public static TheoryData<string, string> Doors => new()
    {
        { "POST", "/_blazor/negotiate?negotiateVersion=1" }, { "GET", "/_blazor/initializers" },
        { "GET", "/_blazor" }, { "POST", "/_blazor" }, { "GET", "/_BLAZOR/initializers" }, { "GET", "/_blazor/anything" },
    };

    public static TheoryData<string> ForeignOrigins =>
    [
        "https://evil.example", "null", "", "http://localhost", "http://localhost:1", "https://localhost", "http://127.0.0.1.evil.example",
        "file://", "http://[::1]", "not an origin",
    ];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A9_nobody_who_is_not_signed_in_gets_past_the_door(string method, string path)
    {
        using var answer = await Send(method, path, cookie: null, Own);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A9_the_socket_is_refused_to_the_anonymous()
        => (await Socket.Open(app.App, cookie: null, Own)).Status.Should().Be(401);

    [Fact]
    public async Task A9_a_session_that_is_no_session_is_refused()
        => (await Socket.Open(app.App, "alertdavao=forged", Own)).Status.Should().Be(401);

    [Fact]
    public async Task A10_the_socket_opens_to_an_officer_on_a_page_of_our_own()
        => (await Socket.Open(app.App, _cookie, Own)).Status.Should().Be(101);

    [Fact]
    public async Task A10_the_socket_is_refused_without_an_origin()
        => (await Socket.Open(app.App, _cookie, origin: null)).Status.Should().Be(403);

    [Theory]
    [MemberData(nameof(ForeignOrigins))]
    public async Task A10_the_socket_is_refused_to_a_page_of_another_origin(string origin)
        => (await Socket.Open(app.App, _cookie, origin)).Status.Should().Be(403);

    [Theory]
    [InlineData("cross-site", 403)]
    [InlineData("same-site", 403)]
    [InlineData("same-origin", 101)]
    [InlineData("none", 101)]
    public async Task A10_what_the_browser_says_of_the_site_counts_too(string site, int status)
        => (await Socket.Open(app.App, _cookie, Own, headers: new() { ["Sec-Fetch-Site"] = site })).Status.Should().Be(status);

    [Theory]
    [MemberData(nameof(ForeignOrigins))]
    public async Task A10_negotiation_and_disconnection_are_refused_to_a_page_of_another_origin(string origin)
    {
        using var negotiation = await Send("POST", "/_blazor/negotiate?negotiateVersion=1", _cookie, origin);
        using var disconnection = await Send("POST", "/_blazor/disconnect", _cookie, origin);

        negotiation.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        disconnection.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A10_negotiation_opens_to_an_officer_on_a_page_of_our_own()
    {
        using var answer = await Send("POST", "/_blazor/negotiate?negotiateVersion=1", _cookie, Own);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("connectionToken");
    }

    [Fact]
    public async Task A10_negotiation_is_refused_without_an_origin()
    {
        using var answer = await Send("POST", "/_blazor/negotiate?negotiateVersion=1", _cookie, origin: null);

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_initializers_open_to_an_officer_with_an_own_or_no_origin(bool withOrigin)
    {
        using var answer = await Send("GET", "/_blazor/initializers", _cookie, withOrigin ? Own : null);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Compression_of_the_socket_is_not_negotiated()
    {
        var answer = await Socket.Open(app.App, _cookie, Own);

        answer.Status.Should().Be(101);
        answer.Extensions.Should().BeEmpty();
    }

    [Fact]
    public async Task A_listed_origin_is_an_own_one_and_its_neighbours_are_not()
    {
        using var listed = TestApp.Start(new() { ["Security:AllowedOrigins:0"] = "https://board.davao.example" });
        var cookie = await Socket.SignedIn(listed, "officer.ps1");

        (await Socket.Open(listed, cookie, "https://board.davao.example")).Status.Should().Be(101);
        (await Socket.Open(listed, cookie, "https://board.davao.example", headers: new() { ["Sec-Fetch-Site"] = "cross-site" })).Status.Should().Be(101);
        (await Socket.Open(listed, cookie, "http://board.davao.example")).Status.Should().Be(403);
        (await Socket.Open(listed, cookie, "https://board.davao.example.evil")).Status.Should().Be(403);
    }

    public async Task InitializeAsync() => _cookie = await Socket.SignedIn(app.App, "officer.ps1");

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<HttpResponseMessage> Send(string method, string path, string? cookie, string? origin)
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = app.App.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        if (origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", origin);
        return await client.SendAsync(request);
    }
}
