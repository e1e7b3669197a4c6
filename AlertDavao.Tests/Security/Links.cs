using System.Net;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Demo;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Security;

/// <summary>Invitations and resets over HTTP, as the pages do it.</summary>
internal static partial class Links
{
    public const string NewPassword = "another four quiet words";

    /// <returns>The page that the city desk is shown.</returns>
    public static async Task<string> Invite(HttpClient desk, string email, string name = "I. Nvited")
    {
        using var answer = await desk.Post("/accounts", "/accounts", ("_handler", "invite"), ("Invitation.Name", name), ("Invitation.Email", email));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        return await answer.Content.ReadAsStringAsync();
    }

    /// <returns>The page that the city desk is shown.</returns>
    public static async Task<string> SendAgain(HttpClient desk, Guid officer)
    {
        using var answer = await desk.Post("/accounts", "/accounts", ("_handler", $"send-link-{officer}"));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync();
    }

    public static async Task<string> Forget(HttpClient client, string email)
    {
        using var answer = await client.Post("/account/forgot", "/account/forgot", ("_handler", "forgot"), ("Asked.Email", email));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The link that a page shows this once.</summary>
    public static string ShownIn(string page) => WebUtility.HtmlDecode(Shown().Match(page).Groups["link"].Value);

    /// <summary>Path and token of the link in a text.</summary>
    public static string PathIn(string? text) => Path().Match(text ?? "").Value;

    public static string TokenOf(string link) => link.Split("token=")[1];

    /// <summary>The form behind a link, not sent yet.</summary>
    public static async Task<Dictionary<string, string>> Open(HttpClient client, string link)
    {
        var fields = TestApp.HiddenFieldsOf(await client.GetStringAsync(link));
        fields["Chosen.Token"].Should().Be(TokenOf(link));
        return fields;
    }

    public static Task<HttpResponseMessage> Choose(HttpClient client, string link, Dictionary<string, string> form, string password)
        => client.PostAsync(new Uri(client.BaseAddress!, link).AbsolutePath,
            new FormUrlEncodedContent(new Dictionary<string, string>(form) { ["Chosen.Wanted"] = password }));

    /// <returns>Whether the link set the password.</returns>
    public static async Task<bool> Sets(HttpClient client, string link, string password = NewPassword)
    {
        using var answer = await Choose(client, link, await Open(client, link), password);
        return answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().EndsWith("/account/login?changed=true", StringComparison.Ordinal);
    }

    /// <summary>What of a page is the same for everybody.</summary>
    public static string Comparable(string page) => Volatile().Replace(page, "");

    /// <summary>The one page of links that open nothing, as opened and as sent with a form that was opened before.</summary>
    public static async Task<string> Refused(HttpClient client, string link)
    {
        using var answer = await client.GetAsync(link);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        var page = await answer.Content.ReadAsStringAsync();
        page.Should().Contain("This link does not work").And.NotContain("Chosen.Wanted").And.NotContain(TokenOf(link));
        var form = TestApp.HiddenFieldsOf(await client.GetStringAsync("/account/login"));
        using var sent = await client.PostAsync(new Uri(client.BaseAddress!, link).AbsolutePath, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = form["__RequestVerificationToken"],
            ["_handler"] = "set-password",
            ["Chosen.Token"] = TokenOf(link),
            ["Chosen.Wanted"] = NewPassword,
        }));
        sent.StatusCode.Should().Be(HttpStatusCode.OK);
        Comparable(await sent.Content.ReadAsStringAsync()).Should().Be(Comparable(page));
        return Comparable(page);
    }

    public static void Expire(this TestApp app, string link)
    {
        var hash = Dashboard.Accounts.SessionDirectory.Hash(TokenOf(link));
        using var db = app.Db();
        db.AccountLinks.Where(one => one.Hash == hash).ExecuteUpdate(set => set.SetProperty(one => one.ExpiresAt, TimeProvider.System.GetUtcNow()))
            .Should().Be(1);
    }

    public static List<AccountLink> LinksOf(this TestApp app, Guid officer)
    {
        using var db = app.Db();
        return [.. db.AccountLinks.AsNoTracking().Where(link => link.OfficerId == officer).OrderBy(link => link.Id)];
    }

    [GeneratedRegex("""<code class="secret">(?<link>[^<]+)</code>""")]
    private static partial Regex Shown();

    [GeneratedRegex("""/account/(reset|invitation)\?token=[\w-]+""")]
    private static partial Regex Path();

    [GeneratedRegex("""(value="[^"]*")|(<!--Blazor.*?-->)""", RegexOptions.Singleline)]
    private static partial Regex Volatile();
}
