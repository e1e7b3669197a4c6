using System.Net;
using System.Text;
using AlertDavao.Dashboard.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Security;

/// <summary>What every answer tells the browser to refuse.</summary>
[Collection(SecurityTests.Name)]
public sealed class HeaderTests(LoggedApp app)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/account")]
    [InlineData("/reports")]
    [InlineData("/reports/new")]
    [InlineData("/account/login")]
    [InlineData("/api/session")]
    [InlineData("/api/stations")]
    [InlineData("/no-such-page")]
    [InlineData("/app.css")]
    [InlineData("/health/live")]
    public async Task Every_answer_carries_one_strict_policy_and_its_companions(string path)
    {
        using var officer = await app.App.SignedIn("officer.ps2");

        using var answer = await officer.GetAsync(path);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Should().ContainSingle().Subject;
        var rules = policy.Split(';', StringSplitOptions.TrimEntries).Select(rule => rule.Split(' ', 2)).ToDictionary(rule => rule[0], rule => rule[1]);
        rules["default-src"].Should().Be("'none'");
        rules["script-src"].Should().Be("'self'", "no inline script, no eval, no other host");
        rules["frame-ancestors"].Should().Be("'none'");
        rules["form-action"].Should().Be("'self'");
        rules["base-uri"].Should().Be("'self'");
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.GetValues("X-Frame-Options").Should().Equal("DENY");
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("same-origin");
        answer.Headers.Contains("Permissions-Policy").Should().BeTrue();
        answer.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/account")]
    [InlineData("/reports")]
    [InlineData("/reports/new")]
    [InlineData("/api/session")]
    [InlineData("/reports/export.csv")]
    [InlineData("/audit/export.csv")]
    [InlineData("/reports/00000000-0000-0000-0000-000000000001")]
    public async Task What_an_officer_is_shown_is_kept_by_nobody(string path)
    {
        using var officer = await app.App.SignedIn("officer.ps2");

        using var answer = await officer.GetAsync(path);

        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
    }

    [Fact]
    public async Task A_stylesheet_may_be_kept()
    {
        using var officer = await app.App.SignedIn("officer.ps2");

        using var answer = await officer.GetAsync("/theme.css");

        answer.Headers.CacheControl!.NoStore.Should().BeFalse();
    }

    [Theory]
    [InlineData("""{"csp-report":{"effective-directive":"script-src-elem","blocked-uri":"canary-4f1"}}""")]
    [InlineData("""{"csp-report":{"effective-directive":"canary-4f1\r\nforged line"}}""")]
    [InlineData("""{"csp-report":"canary-4f1"}""")]
    [InlineData("canary-4f1 is no JSON")]
    [InlineData("")]
    public async Task A_violation_is_counted_whatever_it_says_and_its_words_are_not_logged(string body)
    {
        var violations = app.App.Services.GetRequiredService<PolicyViolations>();
        var before = violations.Count;
        using var browser = app.App.Anonymous();

        using var answer = await browser.PostAsync(SecurityHeaders.Violations, new StringContent(body, Encoding.UTF8, "application/csp-report"));

        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
        violations.Count.Should().Be(before + 1);
        app.Log.Mentioning("canary-4f1", "forged line").Should().BeEmpty();
    }
}
