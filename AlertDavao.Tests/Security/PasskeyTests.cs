using System.Net;
using System.Text;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Security;

/// <summary>A15: a passkey opens for the device it is on, on our own pages, once a question.</summary>
[Collection(SecurityTests.Name)]
public sealed class PasskeyTests(LoggedApp app)
{
    private const string Refused = "/account/login?passkey=refused";

    private TestApp App => app.App;

    [Fact]
    public async Task A15_a_passkey_that_was_added_signs_in_and_stands_in_the_audit()
    {
        var officer = await App.NewAccount("key.adds");
        using var device = new SoftAuthenticator();
        using (var client = await App.SignedIn("key.adds"))
        {
            (await Means.AddPasskey(App, client, device)).Should().Be("/account?passkey=added");
            (await client.GetStringAsync("/account")).Should().Contain($"data-passkey-id=\"{device.Id}\"");
        }

        using var browser = App.Anonymous();
        (await Means.SignInWithPasskey(App, browser, device)).Should().Be("/");

        (await browser.GetStringAsync("/account")).Should().Contain("key.adds@");
        (await browser.Session()).Should().Be(HttpStatusCode.OK);
        Means.ActsOf(App, officer).Should().Equal(AuditActs.SignedIn, AuditActs.PasskeyAdded, AuditActs.SignedInWithPasskey);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost:1")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A15_an_answer_that_was_given_to_another_origin_is_refused(string origin)
    {
        var name = $"key.origin{Math.Abs(origin.GetHashCode(StringComparison.Ordinal))}";
        using var device = await WithPasskey(name);
        using var browser = App.Anonymous();

        (await Means.AnswerToSignIn(browser, device.Get(await Means.AskToSignIn(browser), origin))).Should().Be(Refused);

        (await browser.Session()).Should().Be(HttpStatusCode.Unauthorized);
        (await Means.SignInWithPasskey(App, browser, device)).Should().Be("/");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A15_an_answer_opens_once_also_for_who_kept_the_question(bool counts)
    {
        var name = $"key.replay{counts}";
        using var device = await WithPasskey(name, new SoftAuthenticator { Counts = counts });
        using var browser = App.Anonymous();
        var answer = device.Get(await Means.AskToSignIn(browser), App.Origin());
        using var thief = Copy(browser);

        (await Means.AnswerToSignIn(browser, answer)).Should().Be("/");

        (await Means.AnswerToSignIn(thief, answer)).Should().Be(Refused);
        (await thief.Session()).Should().Be(HttpStatusCode.Unauthorized);
        (await Means.AnswerToSignIn(browser, answer)).Should().Be(Refused, "and its question is gone from the browser");
    }

    [Fact]
    public async Task A15_an_answer_to_another_browsers_question_is_refused()
    {
        using var device = await WithPasskey("key.other");
        using var asked = App.Anonymous();
        using var asks = App.Anonymous();
        await Means.AskToSignIn(asks);

        var answer = device.Get(await Means.AskToSignIn(asked), App.Origin());

        (await Means.AnswerToSignIn(asks, answer)).Should().Be(Refused);
        (await Means.AnswerToSignIn(asked, answer)).Should().Be("/", "it was asked there");
    }

    [Fact]
    public async Task A15_a_credential_that_nobody_added_and_one_of_somebody_else_open_nothing()
    {
        var victim = await App.NewAccount("key.victim");
        using var device = await WithPasskey("key.mine");
        using var stranger = new SoftAuthenticator { Claims = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(victim.ToString())) };
        using var browser = App.Anonymous();

        (await Means.SignInWithPasskey(App, browser, stranger)).Should().Be(Refused);
        device.Claims = stranger.Claims;
        (await Means.SignInWithPasskey(App, browser, device)).Should().Be(Refused);

        (await browser.Session()).Should().Be(HttpStatusCode.Unauthorized);
        device.Claims = null;
        (await Means.SignInWithPasskey(App, browser, device)).Should().Be("/");
        (await browser.GetStringAsync("/account")).Should().Contain("key.mine@");
    }

    [Fact]
    public async Task A_device_that_did_not_verify_its_owner_neither_is_added_nor_opens()
    {
        await App.NewAccount("key.unverified");
        using var device = new SoftAuthenticator { Verifies = false };
        using var client = await App.SignedIn("key.unverified");

        (await Means.AddPasskey(App, client, device)).Should().Be("/account?passkey=refused");

        (await client.GetStringAsync("/account")).Should().NotContain(device.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not the password")]
    public async Task A_passkey_is_not_asked_for_without_the_password(string password)
    {
        await App.NewAccount($"key.password{password.Length}");
        using var client = await App.SignedIn($"key.password{password.Length}");
        using var device = new SoftAuthenticator();
        var signIn = await Means.AskToSignIn(App.Anonymous());

        using var refused = await client.Post("/account", "/account/passkeys/options", ("password", password));
        refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        using var unasked = await client.Post("/account", "/account/passkeys", ("credential", "{}"));

        unasked.Headers.Location!.ToString().Should().Be("/account?passkey=refused");
        signIn.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_passkey_that_was_removed_opens_nothing_and_nobody_removes_anothers()
    {
        var officer = await App.NewAccount("key.removes");
        using var device = new SoftAuthenticator();
        using var client = await App.SignedIn("key.removes");
        await Means.AddPasskey(App, client, device);
        using var colleague = await App.SignedIn("officer.ps2");

        (await colleague.Post("/account", "/account/passkeys/remove", ("id", device.Id))).StatusCode.Should().Be(HttpStatusCode.NotFound);
        using var browser = App.Anonymous();
        (await Means.SignInWithPasskey(App, browser, device)).Should().Be("/");
        (await client.Post("/account", "/account/passkeys/remove", ("id", device.Id))).Headers.Location!.ToString().Should().Be("/account");

        using var after = App.Anonymous();
        (await Means.SignInWithPasskey(App, after, device)).Should().Be(Refused);
        Means.ActsOf(App, officer).Should().ContainInOrder(AuditActs.PasskeyAdded, AuditActs.PasskeyRemoved);
    }

    [Theory]
    [InlineData("/account/login/passkey/options")]
    [InlineData("/account/login/passkey")]
    public async Task A11_a_form_without_our_token_and_one_that_is_too_long_are_refused(string path)
    {
        using var client = App.Anonymous();

        (await client.PostAsync(path, new FormUrlEncodedContent([]))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await client.PostAsync(path, new StringContent("{}", Encoding.UTF8, "application/json"))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await client.Post("/account/login", path, ("credential", new string('x', PasskeyEndpoints.MaxBytes)))).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("""{"id":"AA","rawId":"AA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"AA","authenticatorData":"AA","signature":"AA","userHandle":"AA"}}""")]
    public async Task An_answer_that_is_none_is_refused_in_the_same_words(string credential)
    {
        using var client = App.Anonymous();
        await Means.AskToSignIn(client);

        (await Means.AnswerToSignIn(client, credential)).Should().Be(Refused);
        (await client.GetStringAsync(Refused)).Should().Contain("The passkey was not accepted.");
    }

    [Fact]
    public async Task F4_a_passkey_opens_while_strangers_have_locked_the_password_and_a_locked_account_never()
    {
        var officer = await App.NewAccount("key.locked");
        using var device = new SoftAuthenticator();
        using (var owner = await App.SignedIn("key.locked"))
            await Means.AddPasskey(App, owner, device);
        using var stranger = App.Anonymous();
        for (var attempt = 0; attempt < 5; attempt++)
            (await Means.Opens(stranger, "key.locked", $"wrong {attempt}")).Should().BeFalse();
        (await Means.Opens(stranger, "key.locked", TestApp.Password)).Should().BeFalse("strangers are locked out");

        using var elsewhere = App.Anonymous();
        (await Means.SignInWithPasskey(App, elsewhere, device)).Should().Be("/");

        await using (var db = App.Db())
            await db.Users.Where(user => user.Id == officer).ExecuteUpdateAsync(set => set.SetProperty(user => user.LockedAt, TimeProvider.System.GetUtcNow()));
        using var after = App.Anonymous();
        (await Means.SignInWithPasskey(App, after, device)).Should().Be(Refused);
    }

    private async Task<SoftAuthenticator> WithPasskey(string name, SoftAuthenticator? device = null)
    {
        device ??= new SoftAuthenticator();
        await App.NewAccount(name);
        using var client = await App.SignedIn(name);
        await Means.AddPasskey(App, client, device);
        return device;
    }

    // Whoever got hold of what the browser keeps.
    private HttpClient Copy(HttpClient browser)
    {
        var cookies = new CookieContainer();
        foreach (var cookie in App.CookiesOf(browser).Split("; "))
            cookies.SetCookies(App.Address, cookie);
        return new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = App.Address };
    }
}
