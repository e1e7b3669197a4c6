using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AlertDavao.Bench.Site;

/// <summary>One signed-in browser profile: its cookies, nothing else; all of them share the site's connections.</summary>
internal sealed class SiteSession(LoopbackSite site)
{
    private const string LoginPath = "/account/login";
    private const int MostRedirects = 5;

    private readonly CookieContainer _cookies = new();

    public LoopbackSite Site => site;

    public string CookieHeader => _cookies.GetCookieHeader(site.Root);

    public async Task SignInAsync(string email, string password, CancellationToken stop)
    {
        var (_, html) = await GetAsync(LoginPath, stop);
        using var form = new FormUrlEncodedContent(LoginForm.Fill(html, email, password));
        var (landed, _) = await SendAsync(HttpMethod.Post, new Uri(site.Root, LoginPath), form, stop);
        if (landed.AbsolutePath.Equals(LoginPath, StringComparison.OrdinalIgnoreCase))
            throw new BenchException($"{email} was not let in. Is there such an account (Demo:OfficersPerStation), and is the password right?");
    }

    public Task<(Uri Landed, string Html)> GetAsync(string path, CancellationToken stop) =>
        SendAsync(HttpMethod.Get, new Uri(site.Root, path), null, stop);

    public async Task<JsonElement> JsonAsync(string path, CancellationToken stop)
    {
        using var request = Request(HttpMethod.Get, new Uri(site.Root, path), null);
        using var answer = await site.Http.SendAsync(request, stop);
        if (!answer.IsSuccessStatusCode) throw new BenchException($"{path} answered {(int)answer.StatusCode}.");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
    }

    /// <summary>An officer's command on a report, as the page sends it.</summary>
    /// <param name="token">The page's antiforgery token.</param>
    public async Task<HttpStatusCode> CommandAsync(string path, string token, int version, CancellationToken stop)
    {
        using var request = Request(HttpMethod.Post, new Uri(site.Root, path), null);
        request.Headers.TryAddWithoutValidation("RequestVerificationToken", token);
        request.Headers.TryAddWithoutValidation("If-Match", version.ToString(CultureInfo.InvariantCulture));
        using var answer = await site.Http.SendAsync(request, stop);
        return answer.StatusCode;
    }

    /// <summary>What the browser's beacon does when a tab is closed: the server ends the circuit now, not after its retention.</summary>
    public async Task EndCircuitAsync(Uri circuits, string secret, CancellationToken stop)
    {
        using var form = new FormUrlEncodedContent([new("circuitId", secret)]);
        using var request = Request(HttpMethod.Post, new Uri(circuits, "_blazor/disconnect"), form);
        using var answer = await site.Http.SendAsync(request, stop);
    }

    private async Task<(Uri Landed, string Html)> SendAsync(HttpMethod method, Uri address, HttpContent? content, CancellationToken stop)
    {
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            using var request = Request(method, address, content);
            using var answer = await site.Http.SendAsync(request, stop);
            if (answer.Headers.TryGetValues("Set-Cookie", out var cookies))
            {
                foreach (var cookie in cookies) _cookies.SetCookies(address, cookie);
            }

            if ((int)answer.StatusCode is >= 300 and < 400 && answer.Headers.Location is { } next)
            {
                address = new Uri(address, next);
                if (address.Host != site.Root.Host) throw new BenchException($"The server redirects away from itself, to {address}.");
                (method, content) = (HttpMethod.Get, null);
                continue;
            }

            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                throw new BenchException($"{address.AbsolutePath} answered 429: start the server with Limits__SignInsPerAddressPerMinute=0.");
            if (!answer.IsSuccessStatusCode)
                throw new BenchException($"{method} {address.AbsolutePath} answered {(int)answer.StatusCode}.");
            return (address, await answer.Content.ReadAsStringAsync(stop));
        }

        throw new BenchException($"{address.AbsolutePath}: more than {MostRedirects} redirects.");
    }

    private HttpRequestMessage Request(HttpMethod method, Uri address, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, address) { Content = content };
        var cookies = _cookies.GetCookieHeader(address);
        if (cookies.Length > 0) request.Headers.TryAddWithoutValidation("Cookie", cookies);
        if (method == HttpMethod.Post) request.Headers.TryAddWithoutValidation("Origin", site.Origin);
        return request;
    }
}
