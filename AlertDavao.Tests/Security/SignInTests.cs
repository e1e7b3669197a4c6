using System.Net;
using System.Text.RegularExpressions;

namespace AlertDavao.Tests.Security;

[Collection(SecurityTests.Name)]
public sealed partial class SignInTests(LoggedApp app)
{
    [Fact]
    public async Task The_right_password_leads_to_the_board()
    {
        using var client = app.App.Anonymous();

        using var answer = await TestApp.SignIn(client, "officer.ps2", TestApp.Password);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().Should().BeOneOf("/", app.App.Address.ToString());
        (await client.GetStringAsync("/")).Should().Contain("id=\"report-board\"");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_account_are_answered_with_the_same_page()
    {
        var wrong = await Refused("officer.ps3", "not the password");
        var unknown = await Refused("nobody", "not the password");

        Comparable(wrong, "officer.ps3").Should().Be(Comparable(unknown, "nobody"));
        wrong.Should().Contain("E-mail or password is wrong, or the account is locked.");
    }

    [Fact]
    public async Task A_password_is_never_written_back_into_the_page()
        => (await Refused("officer.ps3", "canary-password-5d")).Should().NotContain("canary-password-5d");

    [Fact]
    public async Task A12_after_five_wrong_passwords_the_right_one_is_refused_with_the_same_words()
    {
        for (var attempt = 0; attempt < 5; attempt++)
            await Refused("officer.ps20", $"wrong {attempt}");

        var locked = await Refused("officer.ps20", TestApp.Password);

        Comparable(locked, "officer.ps20").Should().Be(Comparable(await Refused("nobody", "x"), "nobody"));
        using var other = await app.App.SignedIn("admin.ps20");
    }

    [Fact]
    public async Task Four_wrong_passwords_do_not_lock_an_account()
    {
        for (var attempt = 0; attempt < 4; attempt++)
            await Refused("officer.ps13", $"wrong {attempt}");

        using var officer = await app.App.SignedIn("officer.ps13");
    }

    [Fact]
    public async Task The_form_is_refused_without_its_antiforgery_token()
    {
        using var client = app.App.Anonymous();

        using var answer = await client.PostAsync("/account/login", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["Input.Email"] = "officer.ps2@alertdavao.test",
            ["Input.Password"] = TestApp.Password,
        }));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await client.GetAsync("/api/session")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_sessions_cookie_is_for_the_server_alone_and_lax()
    {
        using var client = app.App.Anonymous();

        using var answer = await TestApp.SignIn(client, "officer.ps4", TestApp.Password);

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(line => line.StartsWith("alertdavao=", StringComparison.Ordinal));
        cookie.ToLowerInvariant().Should().Contain("; httponly").And.Contain("; samesite=lax").And.Contain("; path=/").And.NotContain("expires=");
    }

    [Fact]
    public async Task The_session_is_told_that_it_stands_and_the_anonymous_that_it_does_not()
    {
        using var anonymous = app.App.Anonymous();
        using var officer = await app.App.SignedIn("officer.ps5");

        (await anonymous.GetAsync("/api/session")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        using var answer = await officer.GetAsync("/api/session");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
    }

    [Fact]
    public async Task Signing_out_needs_the_pages_token_and_ends_the_pages_session()
    {
        using var officer = await app.App.SignedIn("officer.ps6");
        using (var forged = await officer.PostAsync("/account/logout", new FormUrlEncodedContent([])))
            forged.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await officer.GetAsync("/api/session")).StatusCode.Should().Be(HttpStatusCode.OK, "the forged request changed nothing");

        var token = Token().Match(await officer.GetStringAsync("/account")).Groups["value"].Value;
        using var answer = await officer.PostAsync("/account/logout",
            new FormUrlEncodedContent([new("__RequestVerificationToken", WebUtility.HtmlDecode(token))]));

        answer.Headers.Location!.ToString().Should().Be("/account/login");
        (await officer.GetAsync("/api/session")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await officer.GetAsync("/")).Headers.Location!.ToString().Should().Contain("/account/login");
    }

    [Theory]
    [InlineData("/account", "/account")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("\\\\evil.example", "/")]
    public async Task After_signing_in_only_an_address_of_our_own_is_returned_to(string returnUrl, string expected)
    {
        using var client = app.App.Anonymous();
        var address = $"/account/login?ReturnUrl={Uri.EscapeDataString(returnUrl)}";

        using var answer = await TestApp.SignIn(client, "officer.ps7", TestApp.Password, address);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        new Uri(app.App.Address, answer.Headers.Location!).Should().Be(new Uri(app.App.Address, expected));
    }

    private async Task<string> Refused(string account, string password)
    {
        using var client = app.App.Anonymous();
        using var answer = await TestApp.SignIn(client, account, password);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, "the form is shown again");
        answer.Headers.TryGetValues("Set-Cookie", out var cookies);
        (cookies ?? []).Should().NotContain(cookie => cookie.StartsWith("alertdavao=", StringComparison.Ordinal));
        return await answer.Content.ReadAsStringAsync();
    }

    // The form repeats what was typed and carries a token of its own; beyond that two refusals must be alike.
    private static string Comparable(string page, string account)
        => Volatile().Replace(page, "").Replace(account, "", StringComparison.Ordinal);

    [GeneratedRegex("""name="__RequestVerificationToken"\svalue="(?<value>[^"]*)"\s?""")]
    private static partial Regex Token();

    [GeneratedRegex("""(value="[^"]*")|(<!--Blazor.*?-->)""", RegexOptions.Singleline)]
    private static partial Regex Volatile();
}
