using System.Net;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Domain.Officers;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Service = AlertDavao.Domain.Officers.Duty;

namespace AlertDavao.Tests.Security;

/// <summary>What an officer signs in with besides the password, done over HTTP as the pages and their script do it.</summary>
internal static partial class Means
{
    public static string Origin(this TestApp app) => app.Address.GetLeftPart(UriPartial.Authority);

    /// <summary>An account for one test alone, with the demo's password.</summary>
    public static async Task<Guid> NewAccount(this TestApp app, string name, DutyRole role = DutyRole.Officer, string log = "PS1")
    {
        await using var scope = app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var now = TimeProvider.System.GetUtcNow();
        var account = new Account { Id = Guid.CreateVersion7(), UserName = DemoSeed.Email(name), Email = DemoSeed.Email(name) };
        (await users.CreateAsync(account, TestApp.Password)).Succeeded.Should().BeTrue();
        await using var db = app.Db();
        db.Officers.Add(new Officer(account.Id, name));
        db.Duties.Add(new Service(Guid.CreateVersion7(), account.Id, log, role, now, null));
        await db.SaveChangesAsync();
        return account.Id;
    }

    public static async Task<HttpStatusCode> Session(this HttpClient client)
    {
        using var answer = await client.GetAsync("/api/session");
        return answer.StatusCode;
    }

    public static async Task<HttpResponseMessage> Post(this HttpClient client, string page, string action, params (string Name, string Value)[] more)
    {
        var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = TestApp.HiddenFieldsOf(await client.GetStringAsync(page))["__RequestVerificationToken"] };
        foreach (var (name, value) in more)
            fields[name] = value;
        return await client.PostAsync(action, new FormUrlEncodedContent(fields));
    }

    public static async Task<string> AskToAdd(HttpClient client, string page = "/account", string password = TestApp.Password)
    {
        using var answer = await client.Post(page, "/account/passkeys/options", ("password", password));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>On the account's page, or on the one that asks for it; leads to where the answer says.</summary>
    public static async Task<string> AddPasskey(TestApp app, HttpClient client, SoftAuthenticator device, string page = "/account")
    {
        using var answer = await client.Post(page, "/account/passkeys", ("credential", device.Create(await AskToAdd(client, page), app.Origin())));
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return answer.Headers.Location!.ToString();
    }

    public static async Task<string> AskToSignIn(HttpClient client)
    {
        using var answer = await client.Post("/account/login", "/account/login/passkey/options");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <returns>Where the answer leads.</returns>
    public static async Task<string> AnswerToSignIn(HttpClient client, string credential)
    {
        using var answer = await client.Post("/account/login", "/account/login/passkey", ("credential", credential));
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return answer.Headers.Location!.ToString();
    }

    public static async Task<string> SignInWithPasskey(TestApp app, HttpClient client, SoftAuthenticator device)
        => await AnswerToSignIn(client, device.Get(await AskToSignIn(client), app.Origin()));

    /// <summary>Sets up an authenticator app on the page for it, with the code of now.</summary>
    public static async Task<Phone> SetUpApp(HttpClient client)
    {
        var page = await client.GetStringAsync("/account/second-step");
        var phone = new Phone(Base32Encoding.ToBytes(Secret().Match(page).Groups["secret"].Value.Replace("-", "", StringComparison.Ordinal)));
        using var answer = await client.Post("/account/second-step", "/account/second-step", ("_handler", "step-on"),
            ("On.Pending", TestApp.HiddenFieldsOf(page)["On.Pending"]), ("On.Code", phone.Code(0)), ("On.Password", TestApp.Password));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.Should().BeTrue("the codes are readable this once");
        phone.RecoveryCodes.AddRange(Codes().Matches(await answer.Content.ReadAsStringAsync()).Select(code => code.Groups["code"].Value));
        phone.RecoveryCodes.Should().HaveCount(10);
        return phone;
    }

    /// <summary>A browser on which the password was right a moment ago.</summary>
    public static async Task<HttpClient> PastPassword(TestApp app, string account)
    {
        var client = app.Anonymous();
        using var answer = await TestApp.SignIn(client, account, TestApp.Password);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().Should().Contain("/account/login/code");
        return client;
    }

    public static Task<HttpResponseMessage> EnterCode(HttpClient client, string code)
        => client.Post("/account/login/code", "/account/login/code", ("_handler", "code"), ("Answer.Code", code));

    public static async Task<bool> Opens(HttpClient client, string code)
    {
        using var answer = await EnterCode(client, code);
        return answer.StatusCode == HttpStatusCode.Redirect && await client.Session() == HttpStatusCode.OK;
    }

    public static async Task<bool> Opens(HttpClient client, string account, string password)
    {
        using var answer = await TestApp.SignIn(client, account, password);
        return answer.StatusCode == HttpStatusCode.Redirect && await client.Session() == HttpStatusCode.OK;
    }

    public static List<string> ActsOf(TestApp app, Guid officer)
    {
        using var db = app.Db();
        return [.. db.Audit.AsNoTracking().Where(entry => entry.OfficerId == officer).OrderBy(entry => entry.Id).Select(entry => entry.Act)];
    }

    [GeneratedRegex("""<code class="secret">(?<secret>[A-Z2-7-]+)</code>""")]
    private static partial Regex Secret();

    [GeneratedRegex("""<li><code>(?<code>[A-Z2-7-]+)</code></li>""")]
    private static partial Regex Codes();
}

/// <summary>An officer's phone with an authenticator app, and the paper beside it.</summary>
internal sealed class Phone(byte[] secret)
{
    private readonly long _first = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30;

    public byte[] Secret => secret;

    public List<string> RecoveryCodes { get; } = [];

    /// <summary>The code of a window, counted from the one in which the app was set up; the next one is taken already.</summary>
    public string Code(int window) => new Totp(secret).ComputeTotp(DateTime.UnixEpoch.AddSeconds((_first + window) * 30));
}
