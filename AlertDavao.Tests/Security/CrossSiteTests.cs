using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Security;

/// <summary>A11: what a page of another site makes an officer's browser send changes nothing; every endpoint that takes a POST.</summary>
[Collection(SecurityTests.Name)]
public sealed class CrossSiteTests(LoggedApp app)
{
    // Intake keys and the browser's own reports come without cookies, and cookies are nothing to them; the last is for who was
    // signed out, and needs a secret.
    private static readonly string[] WithoutCookies = ["/api/reports", "/csp-violations", "/_blazor/disconnect"];

    [Fact]
    public async Task A11_every_post_without_the_pages_token_is_refused_whoever_is_signed_in()
    {
        using var desk = await app.App.SignedIn("hq");
        var answered = new List<string>();
        foreach (var path in Posts().Except(WithoutCookies))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Headers.Add("Origin", "https://evil.example");
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            request.Content = new FormUrlEncodedContent([new("_handler", "change-password"), new("password", TestApp.Password)]);
            using var answer = await desk.SendAsync(request);
            if (answer.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.Forbidden))
                answered.Add($"{path} {(int)answer.StatusCode}");
        }

        answered.Should().BeEmpty();
        (await desk.Session()).Should().Be(HttpStatusCode.OK, "and nobody was signed out by it");
    }

    private List<string> Posts() => [.. app.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
        .Select(Path).Distinct()];

    private static string Path(RouteEndpoint endpoint)
        => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            _ => Guid.NewGuid().ToString(),
        }))));
}
