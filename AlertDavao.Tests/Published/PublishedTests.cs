using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Data;
using AlertDavao.Tests.Data;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace AlertDavao.Tests.Published;

/// <summary>The published program in Production, started from a foreign folder: what an installation is.</summary>
[Collection(Published.Name)]
public sealed partial class PublishedTests(Publication publication) : IDisposable
{
    private const string Password = "a long enough password";
    private static readonly TimeSpan ToAnswer = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("alertdavao-published-").FullName;

    private string Storage => Path.Combine(_folder, "storage");

    private Dictionary<string, string> Production => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["Storage__Path"] = Storage,
    };

    [Fact]
    public async Task An_installation_starts_gets_its_first_account_serves_its_pages_and_stops()
    {
        using var server = await Server.Start(Program(), Production);
        server.Greeting.Should().Contain("Nobody can sign in yet").And.Contain("create-city-desk --email <address> --name <name>");
        ShouldBeEmptyOfDemo();
        if (OperatingSystem.IsLinux())
        {
            var environment = await File.ReadAllTextAsync($"/proc/{server.ProcessId}/environ");
            environment.Should().Contain("DOTNET_GCgen0size=", "the process took its own place with what the runtime must be told before it starts")
                .And.Contain("SHAREDARRAYPOOL_MAXARRAYSPERPARTITION=2048");
        }

        await CreatingAnAccountIsRefusedWithWords();
        (await Verb(Password, "--email", "desk@davao.example", "--name", "D. Esk")).ExitCode.Should().Be(0);

        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server.Address };
        await SignInSetUpAndOpenTheBoard(client);
        foreach (var file in new[] { "/_framework/blazor.web.js", "/app.css", "/theme.css" })
            (await client.GetAsync(file)).StatusCode.Should().Be(HttpStatusCode.OK, file);

        (await server.Stop()).Should().Be(0);
        server.Output.Should().NotContain("Request starting", "the settings file beside the program is read: it keeps the framework quiet");
        await TheAuditIsVerified();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task CreatingAnAccountIsRefusedWithWords()
    {
        var tooShort = await Verb("short", "--email", "desk@davao.example", "--name", "D. Esk");
        tooShort.ExitCode.Should().Be(1);
        tooShort.Errors.Should().Contain("at least 12 characters").And.NotContain("   at ");
        foreach (var arguments in new string[][] { [], ["--email", "desk@davao.example"], ["--name", "D. Esk"] })
        {
            var incomplete = await Verb(Password, arguments);
            incomplete.ExitCode.Should().Be(2);
            incomplete.Errors.Should().Contain("Usage: create-city-desk");
        }

        using var db = Db();
        db.Users.Should().BeEmpty("what was refused left nothing");
        db.Officers.Should().BeEmpty();
    }

    /// <summary>Secure cookies over http are sent by hand; a client's container would keep them back.</summary>
    private static async Task SignInSetUpAndOpenTheBoard(HttpClient client)
    {
        using var form = await client.GetAsync("/account/login");
        var fields = TestApp.HiddenFieldsOf(await form.Content.ReadAsStringAsync());
        fields["Input.Email"] = "desk@davao.example";
        fields["Input.Password"] = Password;
        using var answer = await Send(client, HttpMethod.Post, "/account/login", Pairs(form), fields);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().Should().EndWith("/account/second-step", "the city desk needs more than a password");
        var session = SessionOf(answer);
        using (var closed = await Send(client, HttpMethod.Get, "/", session))
            closed.Headers.Location!.ToString().Should().EndWith("/account/second-step");

        using var page = await Send(client, HttpMethod.Get, "/", await SetUp(client, session));
        page.StatusCode.Should().Be(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).Should().Contain("id=\"report-board\"").And.Contain("All stations");
    }

    private static async Task<string> SetUp(HttpClient client, string session)
    {
        using var page = await Send(client, HttpMethod.Get, "/account/second-step", session);
        var html = await page.Content.ReadAsStringAsync();
        var secret = Base32Encoding.ToBytes(Secret().Match(html).Groups["secret"].Value.Replace("-", "", StringComparison.Ordinal));
        var fields = TestApp.HiddenFieldsOf(html);
        fields["_handler"] = "step-on";
        fields["On.Code"] = new Totp(secret).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime);
        fields["On.Password"] = Password;
        using var answer = await Send(client, HttpMethod.Post, "/account/second-step", $"{session}; {Pairs(page)}", fields);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.GetValues("Set-Cookie").Should().Contain(cookie => cookie.StartsWith("__Host-alertdavao-browser=", StringComparison.Ordinal));
        return SessionOf(answer);
    }

    private static Task<HttpResponseMessage> Send(HttpClient client, HttpMethod method, string path, string cookies, Dictionary<string, string>? fields = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = fields is null ? null : new FormUrlEncodedContent(fields) };
        request.Headers.Add("Cookie", cookies);
        return client.SendAsync(request);
    }

    private static string SessionOf(HttpResponseMessage answer)
    {
        var session = answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("__Host-alertdavao=", StringComparison.Ordinal));
        session.ToLowerInvariant().Should().Contain("; secure").And.Contain("; httponly").And.Contain("; samesite=lax").And.Contain("; path=/");
        return session.Split(';')[0];
    }

    private void ShouldBeEmptyOfDemo()
    {
        using var db = Db();
        db.Stations.Should().HaveCount(20);
        db.Users.Should().BeEmpty();
        db.IntakeClients.Should().BeEmpty();
        db.Reports.Should().BeEmpty();
    }

    // The sign-in stands in it; an entry that is changed in the file is found.
    private async Task TheAuditIsVerified()
    {
        var holds = await BuiltProgram.Run(new ProcessStartInfo(Program().FileName, ["verify-audit"]), Production, "", ToAnswer);
        holds.ExitCode.Should().Be(0);
        holds.Output.Should().MatchRegex("The audit holds: [1-9][0-9]* entries, 0 of them from before its chain began\\.\\s+Head: [0-9a-f]{64}");

        await using (var db = Db())
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER AuditIsNotChanged; UPDATE Audit SET At = At + 1 WHERE Id = 1;");
        var broken = await BuiltProgram.Run(new ProcessStartInfo(Program().FileName, ["verify-audit"]), Production, "", ToAnswer);
        broken.ExitCode.Should().Be(1);
        broken.Output.Should().Contain("The audit does not hold: entry 1 was changed");
    }

    private Task<BuiltProgram.Ended> Verb(string password, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program().FileName, ["create-city-desk", .. arguments]);
        return BuiltProgram.Run(start, Production, password + "\n", ToAnswer);
    }

    private ProcessStartInfo Program()
        => new(Path.Combine(publication.Program, OperatingSystem.IsWindows() ? "AlertDavao.Dashboard.exe" : "AlertDavao.Dashboard"));

    private AlertDavaoDb Db() => new(new DbContextOptionsBuilder<AlertDavaoDb>()
        .UseSqlite($"Data Source={Path.Combine(Storage, "alertdavao.db")};Pooling=False").Options);

    private static string Pairs(HttpResponseMessage answer)
        => string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));

    [GeneratedRegex("""<code class="secret">(?<secret>[A-Z2-7-]+)</code>""")]
    private static partial Regex Secret();
}
