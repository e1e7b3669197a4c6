using System.Net;
using Microsoft.Data.Sqlite;

namespace AlertDavao.Tests.Security;

/// <summary>D12: the keys that cookies are sealed with are gone after a restart.</summary>
public sealed class LostKeysTests : IDisposable
{
    private readonly string _storage = Directory.CreateTempSubdirectory("alertdavao-keys-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_storage, recursive: true);
    }

    [Fact]
    public async Task D12_officers_are_led_to_the_sign_in_come_in_again_and_nothing_fails()
    {
        string cookies;
        Dictionary<string, string> fields;
        using (var before = Start())
        {
            using var officer = await before.SignedIn("officer.ps1");
            fields = TestApp.HiddenFieldsOf(await officer.GetStringAsync("/account"));
            cookies = before.CookiesOf(officer);
        }

        Directory.Delete(Path.Combine(_storage, "keys"), recursive: true);
        using var app = Start();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = app.Address };
        client.DefaultRequestHeaders.Add("Cookie", cookies);

        using var page = await client.GetAsync("/");
        page.StatusCode.Should().Be(HttpStatusCode.Redirect);
        page.Headers.Location!.ToString().Should().Contain("/account/login");
        (await client.GetAsync("/account/login")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await client.GetAsync("/api/session")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await client.PostAsync("/account/logout", new FormUrlEncodedContent(fields))).StatusCode.Should().BeOneOf(HttpStatusCode.Redirect, HttpStatusCode.BadRequest);
        (await Socket.Open(app, cookies, app.Address.GetLeftPart(UriPartial.Authority))).Status.Should().Be(401);
        using var again = await app.SignedIn("officer.ps1");
        (await again.GetAsync("/")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [LinuxFact]
    public void The_keys_are_the_programs_own_users()
    {
        using var app = Start();

        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(_storage, "keys")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private TestApp Start() => TestApp.Start(new() { ["Storage:Path"] = _storage });
}
