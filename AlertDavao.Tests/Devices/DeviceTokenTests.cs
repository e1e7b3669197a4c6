using System.Net;
using System.Net.Http.Headers;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Devices;

/// <summary>What a device's token is good for, and that it is good for nothing once it is over.</summary>
[Collection(DeviceTests.Name)]
public sealed class DeviceTokenTests(LoggedApp app)
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task The_token_is_shown_once_and_stored_as_its_hash_alone()
    {
        using var officer = await app.App.SignedIn("officer.ps11");

        var token = await officer.AddDevice("Tablet <b>7</b>");

        var later = await officer.GetStringAsync("/account");
        later.Should().Contain("Tablet &lt;b&gt;7&lt;/b&gt;").And.NotContain(token).And.NotContain("adt_");
        app.Log.Mentioning(token).Should().BeEmpty();
        var hash = DeviceDirectory.Hash(token);
        await using var db = app.App.Db();
        var stored = db.DeviceTokens.AsNoTracking().Single(t => t.SecretHash == hash);
        stored.ExpiresAt.Should().BeCloseTo(stored.CreatedAt + IssueDevice.Year, TimeSpan.FromSeconds(1));
        db.Audit.AsNoTracking().Where(entry => entry.Subject == stored.Id.ToString()).Select(entry => entry.Act).Should().Equal(AuditActs.DeviceIssued);
    }

    [Fact]
    public async Task A_token_opens_the_poll_and_the_feed_and_no_other_endpoint()
    {
        using var device = await app.App.DeviceOf("officer.ps11");
        (await device.Status(Wire.Board)).Should().Be(HttpStatusCode.OK);
        (await device.Status(Wire.Feed)).Should().Be(HttpStatusCode.OK);

        var others = app.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => (Path: Path(endpoint), Methods: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]))
            .Where(endpoint => endpoint.Path is not (Wire.Board or Wire.Feed)).ToList();
        others.Should().HaveCountGreaterThan(10);
        foreach (var (path, methods) in others)
        {
            foreach (var method in methods)
            {
                using var answer = await device.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

                var isRefused = answer.StatusCode == HttpStatusCode.Unauthorized || (answer.StatusCode == HttpStatusCode.Redirect
                    && answer.Headers.Location!.ToString().Contains("/account/login?ReturnUrl=", StringComparison.Ordinal));
                isRefused.Should().BeTrue($"{method} {path} answered {(int)answer.StatusCode}");
            }
        }

        // Nor the intake, which knows keys of its own.
        using var report = await device.PostAsync("/api/reports", null);
        report.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(Wire.Board)]
    [InlineData(Wire.Feed)]
    public async Task What_is_no_token_opens_neither_and_no_cookie_saves_it(string path)
    {
        using var officer = await app.App.SignedIn("officer.ps11");
        (await officer.Status(path)).Should().Be(HttpStatusCode.OK, "the session alone is enough");
        var token = await officer.AddDevice();
        string[] wrong =
        [
            AlertDavao.Dashboard.Demo.DemoOptions.DefaultIntakeKey, app.OtherKey, token[..^1], token + "A", token.ToUpperInvariant(), "adt_", $"adt_{new string('A', 43)}",
        ];
        foreach (var key in wrong)
        {
            using var device = app.App.Device(key);
            (await device.Status(path)).Should().Be(HttpStatusCode.Unauthorized, key);
        }

        officer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", app.OtherKey);
        (await officer.Status(path)).Should().Be(HttpStatusCode.Unauthorized, "who comes with a token comes with it alone");
        using var anonymous = app.App.Anonymous();
        (await anonymous.Status(path)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_revoked_token_is_dead_at_once_and_its_feed_ends_and_another_one_is_not()
    {
        using var officer = await app.App.SignedIn("officer.ps12");
        using var lost = app.App.Device(await officer.AddDevice("lost"));
        using var kept = app.App.Device(await officer.AddDevice("kept"));
        using var feed = await FeedReader.Open(lost);
        using var other = await FeedReader.Open(kept);
        await feed.CatchUp();
        var id = DeviceOf("officer.ps12", "lost");

        (await officer.Send($"/account/devices/{id}/revoke")).StatusCode.Should().Be(HttpStatusCode.Redirect);

        (await feed.End()).Should().BeLessThan(AtOnce);
        (await lost.Status(Wire.Board)).Should().Be(HttpStatusCode.Unauthorized);
        (await lost.Status(Wire.Feed)).Should().Be(HttpStatusCode.Unauthorized);
        (await kept.Status(Wire.Board)).Should().Be(HttpStatusCode.OK);
        var arrived = await app.App.Arrive("PS12", 1, "After the revocation");
        (await other.Brings(arrived[0])).Name.Should().Be("delta");
        await using var db = app.App.Db();
        db.Audit.AsNoTracking().Where(entry => entry.Subject == id.ToString()).OrderBy(entry => entry.Id).Select(entry => entry.Act)
            .Should().Equal(AuditActs.DeviceIssued, AuditActs.DeviceRevoked);
        (await officer.Send($"/account/devices/{id}/revoke")).StatusCode.Should().Be(HttpStatusCode.NotFound, "once is enough");
    }

    [Fact]
    public async Task A_token_that_was_revoked_in_the_database_is_out_by_the_next_sweep()
    {
        using var officer = await app.App.SignedIn("officer.ps12");
        using var device = app.App.Device(await officer.AddDevice("swept"));
        using var feed = await FeedReader.Open(device);
        await feed.CatchUp();
        var id = DeviceOf("officer.ps12", "swept");

        await using (var db = app.App.Db())
            await db.DeviceTokens.Where(token => token.Id == id).ExecuteUpdateAsync(set => set.SetProperty(token => token.RevokedAt, TimeProvider.System.GetUtcNow()));

        (await feed.End()).Should().BeLessThan(SessionWatch.Period + AtOnce);
        (await device.Status(Wire.Board)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_of_an_account_that_is_locked_is_dead_at_once_and_stays_so()
    {
        using var desk = await app.App.SignedIn("hq");
        using var device = await app.App.DeviceOf("officer.ps9");
        using var colleague = await app.App.DeviceOf("admin.ps9");
        using var feed = await FeedReader.Open(device);
        await feed.CatchUp();
        var officer = app.App.IdOf("officer.ps9");

        (await desk.Send($"/accounts/{officer}/lock", "/accounts")).StatusCode.Should().Be(HttpStatusCode.Redirect);

        (await feed.End()).Should().BeLessThan(AtOnce);
        (await device.Status(Wire.Board)).Should().Be(HttpStatusCode.Unauthorized);
        (await device.Status(Wire.Feed)).Should().Be(HttpStatusCode.Unauthorized);
        (await colleague.Status(Wire.Board)).Should().Be(HttpStatusCode.OK);
        (await desk.Send($"/accounts/{officer}/unlock", "/accounts")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await device.Status(Wire.Board)).Should().Be(HttpStatusCode.Unauthorized, "it was revoked");
    }

    [Fact]
    public async Task A_token_of_an_account_that_is_locked_in_the_database_alone_opens_nothing()
    {
        var token = Store("officer.ps10", expires: null);
        using var device = app.App.Device(token);
        await using (var db = app.App.Db())
            await db.Users.Where(user => user.UserName == "officer.ps10@alertdavao.test").ExecuteUpdateAsync(set => set.SetProperty(user => user.LockedAt, TimeProvider.System.GetUtcNow()));
        (await device.Status(Wire.Board)).Should().Be(HttpStatusCode.Unauthorized);

        await using (var db = app.App.Db())
            await db.Users.Where(user => user.UserName == "officer.ps10@alertdavao.test").ExecuteUpdateAsync(set => set.SetProperty(user => user.LockedAt, default(DateTimeOffset?)));
        (await device.Status(Wire.Board)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_is_over_when_its_time_is_and_ends_its_feed()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var over = app.App.Device(Store("officer.ps11", now.AddSeconds(-1)));
        using var soon = app.App.Device(Store("officer.ps11", now.AddSeconds(3)));
        using var later = app.App.Device(Store("officer.ps11", now.AddHours(1)));

        (await over.Status(Wire.Board)).Should().Be(HttpStatusCode.Unauthorized);
        (await later.Status(Wire.Board)).Should().Be(HttpStatusCode.OK);
        using var feed = await FeedReader.Open(soon);
        await feed.CatchUp();
        (await feed.End()).Should().BeLessThan(TimeSpan.FromSeconds(3) + AtOnce);
        (await soon.Status(Wire.Board)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_out_leaves_the_devices_and_signing_out_everywhere_takes_them_along()
    {
        using var device = await app.App.DeviceOf("officer.ps13");
        using (var officer = await app.App.SignedIn("officer.ps13"))
            await officer.Send("/account/logout");
        (await device.Status(Wire.Board)).Should().Be(HttpStatusCode.OK);
        using var feed = await FeedReader.Open(device);
        await feed.CatchUp();
        using var everywhere = await app.App.SignedIn("officer.ps13");

        await everywhere.Send("/account/sessions/end");

        (await feed.End()).Should().BeLessThan(AtOnce);
        (await device.Status(Wire.Board)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_new_password_takes_the_devices_along_and_no_one_elses()
    {
        using var officer = await app.App.SignedIn("officer.ps16");
        using var device = app.App.Device(await officer.AddDevice());
        using var colleague = await app.App.DeviceOf("admin.ps16");
        (await device.Status(Wire.Board)).Should().Be(HttpStatusCode.OK);
        var fields = TestApp.HiddenFieldsOf(await officer.GetStringAsync("/account"));
        fields["_handler"] = "change-password";
        fields["Passwords.Current"] = TestApp.Password;
        fields["Passwords.Wanted"] = "four quiet words here";

        (await officer.PostAsync("/account", new FormUrlEncodedContent(fields))).StatusCode.Should().Be(HttpStatusCode.Redirect);

        (await device.Status(Wire.Board)).Should().Be(HttpStatusCode.Unauthorized);
        (await colleague.Status(Wire.Board)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_officer_has_ten_devices_at_most_names_them_and_revokes_nobody_elses()
    {
        using var officer = await app.App.SignedIn("officer.ps19");
        using var colleague = await app.App.SignedIn("admin.ps19");
        (await officer.AskForDevice("  ")).Should().Contain("1 to 80 characters").And.NotContain("adt_");
        (await officer.AskForDevice(new string('x', 81))).Should().Contain("1 to 80 characters").And.NotContain("adt_");
        for (var device = 1; device <= DeviceToken.MostLive; device++)
            await officer.AddDevice($"Device {device}", ends: device % 2 == 0);

        (await officer.AskForDevice("One more")).Should().Contain("ten devices").And.NotContain("adt_");

        var first = DeviceOf("officer.ps19", "Device 1");
        (await colleague.Send($"/account/devices/{first}/revoke")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        using (var forged = await officer.PostAsync($"/account/devices/{first}/revoke", new FormUrlEncodedContent([])))
            forged.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await officer.Send($"/account/devices/{first}/revoke")).StatusCode.Should().Be(HttpStatusCode.Redirect);
        await officer.AddDevice("One more");
    }

    [Theory]
    [InlineData("https://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("null", null, HttpStatusCode.Forbidden)]
    [InlineData(null, "cross-site", HttpStatusCode.Forbidden)]
    [InlineData(null, "same-origin", HttpStatusCode.OK)]
    [InlineData(null, null, HttpStatusCode.OK)]
    [InlineData("own", "same-origin", HttpStatusCode.OK)]
    public async Task A_page_of_another_site_reads_nothing(string? origin, string? site, HttpStatusCode status)
    {
        using var officer = await app.App.SignedIn("officer.ps11");
        if (origin is not null)
            officer.DefaultRequestHeaders.Add("Origin", origin == "own" ? app.App.Address.GetLeftPart(UriPartial.Authority) : origin);
        if (site is not null)
            officer.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);

        foreach (var path in new[] { Wire.Board, Wire.Feed })
        {
            using var answer = await officer.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            answer.StatusCode.Should().Be(status);
            answer.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
        }
    }

    [Fact]
    public async Task A_devices_use_is_noted_as_exactly_as_a_minute()
    {
        var directory = app.App.Services.GetRequiredService<DeviceDirectory>();
        using var device = await app.App.DeviceOf("officer.ps11");

        var before = TimeProvider.System.GetUtcNow();
        await device.Poll();

        directory.TakeSeen().Should().Contain(seen => seen.At > before.AddMilliseconds(-1));
    }

    private Guid DeviceOf(string account, string label)
    {
        var officer = app.App.IdOf(account);
        using var db = app.App.Db();
        return db.DeviceTokens.AsNoTracking().Single(token => token.OfficerId == officer && token.Label == label && token.RevokedAt == null).Id;
    }

    private string Store(string account, DateTimeOffset? expires)
    {
        var token = $"adt_{Guid.NewGuid():N}{"01234567890"}";
        using var db = app.App.Db();
        db.DeviceTokens.Add(new DeviceToken
        {
            Id = Guid.CreateVersion7(),
            OfficerId = app.App.IdOf(account),
            Label = "Stored",
            SecretHash = DeviceDirectory.Hash(token),
            CreatedAt = TimeProvider.System.GetUtcNow(),
            ExpiresAt = expires,
        });
        db.SaveChanges();
        return token;
    }

    private static string Path(RouteEndpoint endpoint)
        => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
            part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "x"))));
}
