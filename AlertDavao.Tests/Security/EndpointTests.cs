using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Security;

/// <summary>Everything the product maps is closed to the anonymous, but for one list that is reviewed here.</summary>
[Collection(SecurityTests.Name)]
public sealed class EndpointTests(LoggedApp app)
{
    private static readonly string[] Open =
    [
        "/account/login", "/account/login/code", "/account/login/passkey", "/account/login/passkey/options", "/error", "/not-found", "/no-permission", "/theme.css", "/health/live", "/health/ready", "/map/names.json", "/map/city.svg",
        // For who cannot sign in: asks for a link, and sets a password with one.
        "/account/forgot", "/account/invitation", "/account/reset",
        // Guarded by intake keys, not by sessions.
        "/api/reports", "/api/reports/x",
        // Browsers report what a page's policy refused without being asked for cookies.
        "/csp-violations", "/favicon.ico",
        // Ends a circuit for who has its secret, and a page that was signed out has nothing else.
        "/_blazor/disconnect",
        // For this machine, or a token of its own; for everybody else it is not there.
        "/metrics",
        // Public facts.
        "/api/stations", "/api/barangays/by-coordinates",
        // In Development alone: the API described.
        "/openapi/x.json", "/scalar/x", "/scalar/scalar.js", "/scalar/scalar.aspnetcore.js", "/scalar/favicon.svg",
    ];

    [Fact]
    public void Only_the_reviewed_endpoints_and_static_files_are_open()
        => Endpoints().Where(IsOpen).Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Select(Path).Distinct().Should().BeEquivalentTo(Open);

    [Fact]
    public async Task Every_other_endpoint_refuses_the_anonymous()
    {
        using var client = app.App.Anonymous();
        var closed = Endpoints().Where(endpoint => !IsOpen(endpoint)).ToList();
        closed.Should().HaveCountGreaterThan(5);
        foreach (var endpoint in closed)
        {
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), Path(endpoint)));

                var isRefused = answer.StatusCode == HttpStatusCode.Unauthorized || (answer.StatusCode == HttpStatusCode.Redirect
                    && answer.Headers.Location!.ToString().Contains("/account/login?ReturnUrl=", StringComparison.Ordinal));
                isRefused.Should().BeTrue($"{method} {endpoint.RoutePattern.RawText} answered {(int)answer.StatusCode}");
            }
        }
    }

    [Theory]
    [InlineData("/api/no-such-thing")]
    [InlineData("/no-such-page")]
    [InlineData("/bench/memory")]
    [InlineData("/bench/logs")]
    [InlineData("/bench/facts")]
    public async Task What_is_not_there_tells_the_anonymous_nothing(string path)
    {
        using var client = app.App.Anonymous();

        using var answer = await client.GetAsync(path);

        answer.StatusCode.Should().BeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/account")]
    [InlineData("/api/session")]
    [InlineData("/api/board")]
    [InlineData("/api/feed")]
    public async Task A17_an_intake_key_opens_no_page_of_an_officer(string path)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.App.Address };
        client.DefaultRequestHeaders.Authorization = app.Client.DefaultRequestHeaders.Authorization;

        using var answer = await client.GetAsync(path);

        answer.StatusCode.Should().Be(path.StartsWith("/api", StringComparison.Ordinal) ? HttpStatusCode.Unauthorized : HttpStatusCode.Redirect);
    }

    private IEnumerable<RouteEndpoint> Endpoints()
        => app.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static bool IsOpen(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    // Parameters get a value; what matters is that the endpoint is reached.
    internal static string Path(RouteEndpoint endpoint)
        => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
            part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "x"))));
}
