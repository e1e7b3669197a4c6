using System.Net;
using AlertDavao.Tests.Intake;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Security;

/// <summary>A7: every address with a report in it, asked for by everybody, with everybody's reports.</summary>
[Collection(SecurityTests.Name)]
public sealed class ForeignReportTests(LoggedApp app)
{
    [Theory]
    [InlineData("officer.ps1", true)]
    [InlineData("admin.ps1", true)]
    [InlineData("hq", true)]
    [InlineData("officer.ps2", false)]
    [InlineData("admin.ps2", false)]
    [InlineData("officer.cyber", false)]
    [InlineData("noduty", false)]
    public async Task A7_a_report_is_there_for_its_own_station_and_is_not_there_for_any_other(string account, bool sees)
    {
        var data = await app.Client.Accepted(A.ReportFor(app.App, "PS1", $"Whose is it, {account}"));
        var id = data.GetProperty("report_id").GetString()!;
        using var client = await app.App.SignedIn(account);

        foreach (var route in Routes())
        {
            var (own, none) = (Path(route, id), Path(route, Guid.NewGuid().ToString()));
            using var answer = await client.GetAsync(own);
            using var nothing = await client.GetAsync(none);
            nothing.StatusCode.Should().Be(HttpStatusCode.NotFound, none);
            // A part of the report that it has not is not there for its own station either.
            if (!sees || route.Contains("/evidence", StringComparison.Ordinal))
            {
                answer.StatusCode.Should().Be(HttpStatusCode.NotFound, own);
                (await answer.Content.ReadAsStringAsync()).Should().NotContain("Whose is it");
            }
            else
            {
                answer.StatusCode.Should().Be(HttpStatusCode.OK, own);
                (await answer.Content.ReadAsStringAsync()).Should().Contain("Whose is it");
            }
        }
    }

    private List<string> Routes()
    {
        var routes = app.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/reports/{", StringComparison.Ordinal)
                && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(endpoint => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
            {
                RoutePatternLiteralPart literal => literal.Content,
                RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
                _ => "",
            })))))
            .Distinct().ToList();
        routes.Should().Contain("/reports/{Id}");
        return routes;
    }

    private static string Path(string route, string report)
    {
        var path = route.Replace("{Id}", report, StringComparison.OrdinalIgnoreCase).Replace("{report}", report, StringComparison.OrdinalIgnoreCase);
        return System.Text.RegularExpressions.Regex.Replace(path, "{[^}]+}", _ => Guid.NewGuid().ToString());
    }
}
