using System.Net;
using System.Text.Json;
using AlertDavao.Tests.Browser;
using AlertDavao.Tests.Intake;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Shell;

[Collection(SecurityTests.Name)]
public sealed class ApiDocumentTests(LoggedApp app)
{
    [Fact]
    public async Task The_document_describes_the_intake_and_the_public_endpoints_and_nothing_else()
    {
        var paths = (await Document()).GetProperty("paths");

        paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(verb => $"{verb.Name} {path.Name}")).Should().BeEquivalentTo(
            "post /api/reports", "get /api/reports/{report}", "get /api/stations", "get /api/barangays/by-coordinates");
        Statuses(paths, "/api/reports", "post").Should().BeEquivalentTo(
            "200", "201", "400", "401", "408", "409", "413", "415", "422", "429", "503");
        Statuses(paths, "/api/reports/{report}", "get").Should().BeEquivalentTo("200", "401", "404", "429", "503");
        paths.GetProperty("/api/reports").GetProperty("post").GetProperty("security")[0].TryGetProperty("intake-key", out _).Should().BeTrue();
        paths.GetProperty("/api/stations").GetProperty("get").TryGetProperty("security", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Its_names_are_the_wires()
    {
        var document = await Document();
        var sent = document.GetProperty("paths").GetProperty("/api/reports").GetProperty("post").GetProperty("requestBody").GetProperty("content");

        string[] fields =
        [
            "title", "crime_types", "description", "incident_date", "is_anonymous", "latitude", "longitude", "reporters_address", "barangay",
            "barangay_id", "user_id", "reporter_name", "reporter_phone",
        ];
        Properties(sent.GetProperty("application/json").GetProperty("schema")).Should().BeEquivalentTo(fields);
        Properties(sent.GetProperty("multipart/form-data").GetProperty("schema")).Should().BeEquivalentTo([.. fields, "media"]);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Properties(schemas.GetProperty("Received")).Should().Contain(["report_id", "tracking_code", "report_type", "date_reported", "station_id"]);
        Properties(schemas.GetProperty("ProblemDetails")).Should().Contain(["success", "message", "status", "detail"]);
    }

    [Fact]
    public async Task Outside_Development_there_is_neither_document_nor_page()
    {
        using var staging = TestApp.Start(new() { ["environment"] = "Staging" });
        using var client = staging.Anonymous();

        foreach (var path in new[] { "/openapi/v1.json", "/scalar", "/scalar/scalar.js" })
            (await client.GetAsync(path)).StatusCode.Should().BeOneOf(HttpStatusCode.Redirect, HttpStatusCode.NotFound);
    }

    private async Task<JsonElement> Document()
    {
        using var client = app.App.Anonymous();
        using var answer = await client.GetAsync("/openapi/v1.json");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return await answer.Body();
    }

    private static IEnumerable<string> Statuses(JsonElement paths, string path, string verb)
        => paths.GetProperty(path).GetProperty(verb).GetProperty("responses").EnumerateObject().Select(status => status.Name);

    private static IEnumerable<string> Properties(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(property => property.Name);
}

/// <summary>The page for people, in a browser.</summary>
public sealed class ApiPageTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task The_page_shows_the_document_and_asks_no_other_host()
    {
        var screen = await Tab(await Machine());
        var asked = new System.Collections.Concurrent.ConcurrentBag<string>();
        screen.Page.Request += (_, request) => asked.Add(request.Url);

        await screen.Page.GotoAsync("/scalar");

        await Expect(screen.Page.GetByText("Send a report").First).ToBeVisibleAsync();
        await Expect(screen.Page.Locator("body")).ToContainTextAsync("Find the barangay of a point");
        asked.Where(url => new Uri(url) is { IsAbsoluteUri: true, Scheme: "http" or "https" } address && address.Authority != App.Address.Authority).Should().BeEmpty();
        asked.Should().Contain(url => url.EndsWith("/openapi/v1.json", StringComparison.Ordinal));
    }
}
