using System.Net;

namespace AlertDavao.Bench.Site;

/// <summary>
/// The one server under load. Other hosts are refused: a load generator that signs in and floods an intake must not be
/// pointed at somebody else's machine by a typing error.
/// </summary>
internal sealed class LoopbackSite : IDisposable
{
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    private readonly SocketsHttpHandler _handler = new()
    {
        // Cookies belong to an account, the connections to all of them.
        UseCookies = false,
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    };

    public LoopbackSite(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var root) || root.Scheme is not ("http" or "https"))
            throw new UsageException($"--url '{url}' is not an http address.");
        if (!Hosts.Contains(root.Host, StringComparer.OrdinalIgnoreCase))
            throw new UsageException($"--url '{url}': only localhost, 127.0.0.1 and [::1] are accepted.");

        Root = new Uri(root.GetLeftPart(UriPartial.Authority) + "/");
        Origin = root.GetLeftPart(UriPartial.Authority);
        Http = new HttpClient(_handler, disposeHandler: false) { BaseAddress = Root, Timeout = TimeSpan.FromSeconds(60) };
    }

    public Uri Root { get; }

    public string Origin { get; }

    public HttpClient Http { get; }

    public void Dispose()
    {
        Http.Dispose();
        _handler.Dispose();
    }
}
