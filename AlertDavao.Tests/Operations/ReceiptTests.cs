using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Meters;
using AlertDavao.Tests.Devices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace AlertDavao.Tests.Operations;

/// <summary>What screens say about what they painted.</summary>
public sealed partial class ReceiptTests : IDisposable
{
    private readonly ShiftedTime _time = new();
    private readonly TestApp _app;

    public ReceiptTests() => _app = TestApp.Start(services: services => services.AddSingleton<TimeProvider>(_time));

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_receipt_moves_the_meter_by_every_arrival_in_its_bucket_also_of_a_locked_screen()
    {
        using var painted = new MetricCollector<double>(_app.Services.GetRequiredService<ProductMeter>().Meter, ProductMeter.CommitToPainted);
        using var officer = await _app.SignedIn("officer.ps1");
        var cursor = Cursor(await officer.GetStringAsync("/"));

        (await Send(officer, new { painted = cursor, latencies = Counts((2, 3), (19, 1)) })).StatusCode.Should().Be(HttpStatusCode.NoContent);
        _time.Advance(TimeSpan.FromMinutes(30));
        (await officer.GetAsync("/reports")).StatusCode.Should().Be(HttpStatusCode.Redirect, "the screen is locked");
        (await Send(officer, new { painted = cursor, latencies = Counts((0, 1)) })).StatusCode.Should().Be(HttpStatusCode.NoContent);

        painted.GetMeasurementSnapshot().Select(one => one.Value).Should().Equal(.0035, .0035, .0035, 15, .0005);
        (await officer.GetAsync("/reports")).StatusCode.Should().Be(HttpStatusCode.Redirect, "and a receipt is no input");
    }

    [Theory]
    [InlineData("", "body")]
    [InlineData("no json", "body")]
    [InlineData("[]", "body")]
    [InlineData("{\"painted\":\"\\ud800\",\"latencies\":[]}", "body")]
    [InlineData("{}", "painted")]
    [InlineData("{\"painted\":1}", "painted")]
    [InlineData("{\"painted\":\"\"}", "painted")]
    [InlineData("{\"painted\":\"not-a-cursor\"}", "painted")]
    [InlineData("{\"painted\":\"CURSOR\"}", "latencies")]
    [InlineData("{\"painted\":\"CURSOR\",\"latencies\":7}", "latencies")]
    [InlineData("{\"painted\":\"CURSOR\",\"latencies\":[1,2,3]}", "latencies")]
    [InlineData("{\"painted\":\"CURSOR\",\"latencies\":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}", "latencies")]
    [InlineData("{\"painted\":\"CURSOR\",\"latencies\":[-1,2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}", "latencies")]
    [InlineData("{\"painted\":\"CURSOR\",\"latencies\":[1.5,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}", "latencies")]
    [InlineData("{\"painted\":\"CURSOR\",\"latencies\":[\"1\",0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}", "latencies")]
    [InlineData("{\"painted\":\"CURSOR\",\"latencies\":[2000,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}", "latencies")]
    [InlineData("{\"painted\":\"CURSOR\",\"latencies\":[2147483647,2147483647,2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}", "latencies")]
    [InlineData("LONG", "body")]
    public async Task What_is_none_is_a_422_that_names_the_field_and_moves_nothing(string body, string field)
    {
        using var painted = new MetricCollector<double>(_app.Services.GetRequiredService<ProductMeter>().Meter, ProductMeter.CommitToPainted);
        using var officer = await _app.SignedIn("officer.ps1");
        var cursor = Cursor(await officer.GetStringAsync("/"));
        body = body == "LONG" ? new string(' ', ReceiptRules.MaxBytes) + "{}" : body.Replace("CURSOR", cursor, StringComparison.Ordinal);

        using var answer = await Send(officer, new StringContent(body, Encoding.UTF8, "application/json"));

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        problem.RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(field);
        painted.GetMeasurementSnapshot().Should().BeEmpty();
    }

    [Fact]
    public async Task It_is_taken_from_a_page_of_ours_and_a_session_alone()
    {
        using var officer = await _app.SignedIn("officer.ps1");
        using var device = _app.Device(await officer.AddDevice());
        using var nobody = _app.Anonymous();
        var receipt = new { painted = Cursor(await officer.GetStringAsync("/")), latencies = Counts((3, 1)) };

        (await Send(officer, receipt, origin: "https://evil.example")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await Send(officer, receipt, origin: null)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await Send(nobody, receipt)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await Send(device, receipt)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await Send(officer, receipt)).StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_page_carries_the_rules_that_the_server_keeps()
    {
        using var officer = await _app.SignedIn("officer.ps1");

        var page = await officer.GetStringAsync("/");

        page.Should().Contain($"data-to=\"{ReceiptRules.Path}\"").And.Contain($"data-bounds=\"{string.Join(',', LatencyBuckets.Bounds)}\"")
            .And.Contain($"data-most=\"{ReceiptRules.MaxArrivals}\"").And.Contain("data-every=\"10000\"").And.Contain("data-apart=\"40000\"")
            .And.Contain("data-seen=\"200\"").And.Contain("data-oldest=\"60000\"");
    }

    private Task<HttpResponseMessage> Send(HttpClient client, object receipt, string? origin = "own")
        => Send(client, JsonContent.Create(receipt), origin);

    private async Task<HttpResponseMessage> Send(HttpClient client, HttpContent body, string? origin = "own")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ReceiptRules.Path) { Content = body };
        if (origin is not null)
            request.Headers.Add("Origin", origin == "own" ? _app.Address.GetLeftPart(UriPartial.Authority) : origin);
        return await client.SendAsync(request);
    }

    private static int[] Counts(params (int Bucket, int Count)[] counted)
    {
        var counts = new int[LatencyBuckets.Count];
        foreach (var (bucket, count) in counted)
            counts[bucket] = count;
        return counts;
    }

    private static string Cursor(string page) => CursorOf().Match(page).Groups["cursor"].Value;

    [GeneratedRegex("data-cursor=\"(?<cursor>[^\"]+)\"")]
    private static partial Regex CursorOf();
}
