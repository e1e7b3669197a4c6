using System.Net;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Tests.Intake;

namespace AlertDavao.Tests.Limits;

public sealed class RateTests(LimitedApp app) : IClassFixture<LimitedApp>
{
    [Fact]
    public async Task F1_a_key_that_floods_is_told_to_wait_and_another_is_not_slowed()
    {
        var key = app.NewKey();
        using var device = app.At("198.51.100.1", key);
        using var other = app.At("198.51.100.2", app.NewKey());

        var answers = await Statuses(LimitedApp.PerKey + 2, () => device.Post(A.Report("Flood")));

        answers.Should().Equal([.. Enumerable.Repeat(HttpStatusCode.Created, LimitedApp.PerKey), HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests]);
        using var refused = await device.Post(A.Report("Flood"));
        await refused.ShouldBeProblem(429);
        refused.Headers.RetryAfter!.Delta.Should().BeGreaterThan(TimeSpan.Zero);
        await other.Accepted(A.Report("Not slowed"));
        using var elsewhere = app.At("198.51.100.3", key);
        (await elsewhere.Post(A.Report("Flood"))).StatusCode.Should().Be(HttpStatusCode.TooManyRequests, "the key is one client, wherever it comes from");
    }

    [Fact]
    public async Task What_is_refused_is_not_read()
    {
        const string Address = "X-Forwarded-For: 198.51.100.10";
        using var client = app.At("198.51.100.10", "no-such-key");
        await Statuses(LimitedApp.PerAddress, () => client.Post(A.Report()));

        // The body is never sent: an answer proves that nobody waited for it.
        var answer = await RawHttp.Send(app.App.Address, RawHttp.Head(
            "POST", Changes.Reports, Address, "Authorization: Bearer no-such-key", "Content-Type: application/json", "Content-Length: 1000"));

        answer.Status.Should().Be(429);
        answer.Text.Should().Contain("Retry-After: ").And.Contain("application/problem+json").And.Contain("\"success\":false");
    }

    [Fact]
    public async Task Guessing_at_keys_from_one_address_ends_in_429()
    {
        using var client = app.At("198.51.100.20", "guess");

        var answers = await Statuses(LimitedApp.PerAddress + 1, () => client.Post(A.Report()));

        answers.Should().Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, LimitedApp.PerAddress), HttpStatusCode.TooManyRequests]);
    }

    [Fact]
    public async Task The_address_counts_over_keys_and_over_reading_a_status()
    {
        using var first = app.At("198.51.100.30", app.NewKey());
        using var second = app.At("198.51.100.30", app.NewKey());
        await Statuses(LimitedApp.PerKey, () => first.Post(A.Report("Shared address")));

        var answers = await Statuses(LimitedApp.PerAddress - LimitedApp.PerKey + 1, () => second.GetAsync("/api/reports/DVO-0000-0000"));

        answers[^1].Should().Be(HttpStatusCode.TooManyRequests);
        answers.SkipLast(1).Should().OnlyContain(status => status == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_demos_key_has_no_limit()
    {
        using var demo = app.At("198.51.100.40", DemoOptions.DefaultIntakeKey);

        var answers = await Statuses(2 * LimitedApp.PerAddress, () => demo.Post(A.Report("Demo")));

        answers.Should().OnlyContain(status => status == HttpStatusCode.Created);
    }

    [Fact]
    public async Task B16_of_what_a_client_writes_into_the_header_itself_nothing_counts()
    {
        using var client = app.App.Intake("no-such-key");
        var number = 0;

        // The proxy appends who it speaks for; what stands before that was written by the client.
        var answers = await Statuses(LimitedApp.PerAddress + 1, () =>
        {
            client.DefaultRequestHeaders.Remove("X-Forwarded-For");
            client.DefaultRequestHeaders.Add("X-Forwarded-For", $"203.0.113.{number++}, 198.51.100.50");
            return client.Post(A.Report());
        });

        answers[^1].Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Public_facts_are_limited_by_address_and_not_by_the_intakes_allowance()
    {
        using var client = app.At("198.51.100.60", app.NewKey());

        var answers = await Statuses(LimitedApp.PerAddress + 1, () => client.GetAsync("/api/stations"));

        answers.SkipLast(1).Should().OnlyContain(status => status == HttpStatusCode.OK);
        answers[^1].Should().Be(HttpStatusCode.TooManyRequests);
        using var refused = await client.GetAsync("/api/barangays/by-coordinates?lat=7&lon=125");
        await refused.ShouldBeProblem(429);
        refused.Headers.RetryAfter!.Delta.Should().BeGreaterThan(TimeSpan.Zero);
        await client.Accepted(A.Report("Facts do not eat reports"));
    }

    [Fact]
    public async Task Sign_ins_of_one_address_are_limited_with_the_same_page_for_everyone()
    {
        using var client = app.At("198.51.100.70");
        for (var attempt = 0; attempt < LimitedApp.SignIns; attempt++)
            (await TestApp.SignIn(client, "nobody", "wrong")).StatusCode.Should().Be(HttpStatusCode.OK);

        using var unknown = await TestApp.SignIn(client, "nobody", "wrong");
        using var right = await TestApp.SignIn(client, "officer.ps1", TestApp.Password);

        foreach (var answer in new[] { unknown, right })
        {
            answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
            answer.Headers.RetryAfter!.Delta.Should().BeGreaterThan(TimeSpan.Zero);
            var page = await answer.Content.ReadAsStringAsync();
            page.Should().Contain("Too many sign-ins from this address.").And.Contain("name=\"Input.Password\"").And.NotContain(TestApp.Password);
        }

        (await client.GetAsync("/api/session")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        using var other = app.At("198.51.100.71");
        (await TestApp.SignIn(other, "officer.ps1", TestApp.Password)).StatusCode.Should().Be(HttpStatusCode.Redirect, "another desk signs in");
    }

    [Fact]
    public async Task Asking_for_a_passkey_counts_as_a_sign_in()
    {
        using var client = app.At("198.51.100.80");
        var token = TestApp.HiddenFieldsOf(await client.GetStringAsync("/account/login"))["__RequestVerificationToken"];
        Task<HttpResponseMessage> Ask() => client.PostAsync("/account/login/passkey/options", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));

        var answers = await Statuses(LimitedApp.SignIns, Ask);

        answers.Should().OnlyContain(status => status == HttpStatusCode.OK);
        using var refused = await Ask();
        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("Too many sign-ins from this address.").And.NotContain("challenge");
        (await TestApp.SignIn(client, "officer.ps1", TestApp.Password)).StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
    }

    private static async Task<List<HttpStatusCode>> Statuses(int count, Func<Task<HttpResponseMessage>> send)
    {
        var statuses = new List<HttpStatusCode>();
        for (var sent = 0; sent < count; sent++)
        {
            using var answer = await send();
            statuses.Add(answer.StatusCode);
        }

        return statuses;
    }
}
