using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AlertDavao.Tests.Intake;

/// <summary>An officer's browser at the desk's form: it sends what the form holds, with the page's own token and id.</summary>
internal sealed class Desk(HttpClient client, Func<HttpClient, string> cookiesOf) : IDisposable
{
    public const string Path = "/reports/new";

    public static async Task<Desk> Of(TestApp app, string account) => new(await app.SignedIn(account), app.CookiesOf);

    /// <summary>What a caller said of a robbery in PS1's area.</summary>
    public static List<KeyValuePair<string, string>> Filled(string title) =>
    [
        new("Input.Source", "phone"),
        new("Input.Types", "Robbery"),
        new("Input.Types", "Threats"),
        new("Input.Title", title),
        new("Input.Description", "Two men inside."),
        new("Input.HappenedAt", AlertDavao.Domain.Geography.ManilaTime.Of(TimeProvider.System.GetUtcNow()).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture)),
        new("Input.Latitude", "7.0739269"),
        new("Input.Longitude", "125.6246079"),
        new("Input.Address", "Purok 4, near the seawall"),
        new("Input.ReporterName", "Maria Clara"),
        new("Input.ReporterPhone", "0917 555 0199"),
    ];

    /// <summary>The form as it comes, with the hidden fields a browser sends back.</summary>
    public async Task<List<KeyValuePair<string, string>>> Hidden()
    {
        var page = Parse(await client.GetStringAsync(Path));
        return [.. page.QuerySelectorAll("form.desk input[type=hidden]").Select(field => new KeyValuePair<string, string>(field.GetAttribute("name")!, field.GetAttribute("value") ?? ""))
            .Where(field => field.Key is not ("Input.Latitude" or "Input.Longitude"))];
    }

    public async Task<HttpResponseMessage> File(IEnumerable<KeyValuePair<string, string>> fields, IEnumerable<KeyValuePair<string, string>>? hidden = null)
        => await client.PostAsync(Path, new FormUrlEncodedContent([.. hidden ?? await Hidden(), .. fields]));

    /// <summary>Files it by hand: what is refused before it is read to its end may be cut off while it is sent.</summary>
    public async Task<RawHttp.Answer> FileByHand(IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var form = new FormUrlEncodedContent([.. await Hidden(), .. fields]);
        var body = await form.ReadAsStringAsync();
        return await RawHttp.Send(client.BaseAddress!, RawHttp.Request(
            "POST", Path, body, $"Cookie: {cookiesOf(client)}", $"Content-Type: {form.Headers.ContentType}"));
    }

    /// <summary>Files it and reads what the officer is told.</summary>
    public async Task<(Guid Id, string Page)> Filed(IEnumerable<KeyValuePair<string, string>> fields, IEnumerable<KeyValuePair<string, string>>? hidden = null)
    {
        using var answer = await File(fields, hidden);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        var to = answer.Headers.Location!.ToString();
        var id = Guid.Parse(Regex.Match(to, "Filed=(?<id>[0-9a-f-]{36})$").Groups["id"].Value);
        return (id, Parse(await client.GetStringAsync(to)).QuerySelector("main")!.TextContent);
    }

    /// <summary>The page that comes back when it is not filed.</summary>
    public async Task<IDocument> Refused(IEnumerable<KeyValuePair<string, string>> fields, IEnumerable<KeyValuePair<string, string>>? hidden = null)
    {
        using var answer = await File(fields, hidden);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, "the form is shown again");
        return Parse(await answer.Content.ReadAsStringAsync());
    }

    public async Task<(HttpStatusCode Status, IDocument Page)> Open(string path = Path)
    {
        using var answer = await client.GetAsync(path);
        return (answer.StatusCode, Parse(await answer.Content.ReadAsStringAsync()));
    }

    public void Dispose() => client.Dispose();

    private static IDocument Parse(string page) => new HtmlParser().ParseDocument(page);
}

internal static class DeskFields
{
    public static List<KeyValuePair<string, string>> With(this List<KeyValuePair<string, string>> fields, string field, params string[] values)
        => [.. fields.Where(one => one.Key != $"Input.{field}"), .. values.Select(value => new KeyValuePair<string, string>($"Input.{field}", value))];

    public static List<KeyValuePair<string, string>> WithoutPlace(this List<KeyValuePair<string, string>> fields)
        => fields.With("Latitude").With("Longitude");
}
