using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Operations;

/// <summary>Who may read the meters. The product believes the proxies of this machine, and one request may come from elsewhere.</summary>
public sealed class MetricsTests : IDisposable
{
    private const string Token = "a-token-of-thirty-two-characters";
    private const string Elsewhere = "X-Test-Address";

    private readonly TestApp _app = Start(new() { ["Metrics:Token"] = Token, ["Security:KnownProxies"] = "127.0.0.0/8,::1,10.0.0.0/8" });

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_program_on_this_machine_reads_our_meters_and_the_runtimes()
    {
        using var intake = _app.Intake();
        using var posted = await intake.PostAsync("/api/reports", null);
        using var here = _app.Anonymous();

        using var answer = await here.GetAsync("/metrics");
        var text = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        text.Should().ContainAll(
            "alertdavao_circuits", "alertdavao_subscribers{", "alertdavao_deliveries_total{", "kind=\"screen\"", "alertdavao_feed_lag", "alertdavao_writer_queue",
            "alertdavao_intake_total{", "alertdavao_wal_bytes", "dotnet_gc_", "kestrel_", "http_server_");
    }

    [Theory]
    [InlineData("alertdavao_commit_to_painted_seconds_bucket", "le=\"0.005\"")]
    [InlineData("alertdavao_commit_to_painted_seconds_bucket", "le=\"10\"")]
    public async Task A_duration_has_the_buckets_of_the_one_list(string name, string bound)
    {
        _app.Services.GetRequiredService<Dashboard.Meters.ProductMeter>().Painted(TimeSpan.FromMilliseconds(20), 1);
        using var here = _app.Anonymous();

        (await here.GetStringAsync("/metrics")).Split('\n').Should().Contain(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(bound, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_meter_names_a_person_a_report_or_an_address()
    {
        using var intake = _app.Intake();
        using var posted = await intake.PostAsync("/api/reports", null);
        using var officer = await _app.SignedIn("officer.ps1");
        (await officer.GetAsync($"/reports/{Guid.NewGuid()}?q=canary-p2")).Dispose();
        using var here = _app.Anonymous();

        var text = await here.GetStringAsync("/metrics");

        text.Should().NotContain("canary-p2").And.NotContain("officer.ps1").And.NotMatchRegex("[0-9a-f]{8}-[0-9a-f]{4}-");
    }

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData("203.0.113.7", null, null, false)]
    [InlineData(null, "X-Forwarded-For", "203.0.113.7", false)]
    // Said by who is believed as a proxy, or by a proxy that hands on what it was told.
    [InlineData(null, "X-Forwarded-For", "127.0.0.1", false)]
    [InlineData(null, "X-Forwarded-For", "127.0.0.1, 10.1.2.3", false)]
    [InlineData("10.1.2.3", "X-Forwarded-For", "127.0.0.1", false)]
    // A proxy on this machine that says it otherwise, or says nothing but the name that was asked for.
    [InlineData(null, "Forwarded", "for=203.0.113.7", false)]
    [InlineData(null, "X-Real-IP", "203.0.113.7", false)]
    [InlineData(null, "Host", "board.example", false)]
    public async Task Who_is_not_here_gets_nothing_but_with_the_token(string? from, string? header, string? value, bool isHere)
    {
        using var client = _app.Anonymous();
        if (from is not null)
            client.DefaultRequestHeaders.Add(Elsewhere, from);
        if (header is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        (await client.GetAsync("/metrics")).StatusCode.Should().Be(isHere ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token + "x");
        (await client.GetAsync("/metrics")).StatusCode.Should().Be(isHere ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        (await client.GetAsync("/metrics")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("Bearer")]
    [InlineData("")]
    public async Task Without_a_token_in_the_settings_none_opens_and_an_unknown_proxy_here_is_the_world(string authorization)
    {
        using var app = Start([]);
        using var stranger = app.Anonymous();
        stranger.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        (await stranger.GetAsync("/metrics")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_officer_who_is_not_here_is_a_stranger_too()
    {
        using var desk = await _app.SignedIn("hq");
        desk.DefaultRequestHeaders.Add(Elsewhere, "203.0.113.7");

        (await desk.GetAsync("/metrics")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static TestApp Start(Dictionary<string, string> settings)
        => TestApp.Start(settings, services => services.AddSingleton<IStartupFilter, ComesFromElsewhere>());

    /// <summary>The connection's address, before anything else has looked at it.</summary>
    private sealed class ComesFromElsewhere : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, then) =>
            {
                if (http.Request.Headers[Elsewhere] is [{ } address])
                    http.Connection.RemoteIpAddress = IPAddress.Parse(address);
                return then(http);
            });
            next(app);
        };
    }
}
