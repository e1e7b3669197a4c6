using System.Net;
using System.Net.WebSockets;

namespace AlertDavao.Tests.Security;

/// <summary>Opens the circuits' socket by hand, as a page of any origin would.</summary>
internal static class Socket
{
    internal sealed record Answer(int Status, string Extensions);

    public static async Task<Answer> Open(
        TestApp app, string? cookie, string? origin, string path = "/_blazor", Dictionary<string, string>? headers = null)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        if (cookie is not null)
            socket.Options.SetRequestHeader("Cookie", cookie);
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        foreach (var (name, value) in headers ?? [])
            socket.Options.SetRequestHeader(name, value);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        try
        {
            await socket.ConnectAsync(new UriBuilder(app.Address) { Scheme = "ws", Path = path }.Uri, patience.Token);
        }
        catch (WebSocketException)
        {
            // Refused: the status says why.
        }

        var extensions = socket.HttpResponseHeaders?.TryGetValue("Sec-WebSocket-Extensions", out var values) == true ? string.Join(',', values) : "";
        return new Answer((int)socket.HttpStatusCode, extensions);
    }

    /// <summary>Signs in and returns the session as a Cookie header.</summary>
    public static async Task<string> SignedIn(TestApp app, string account)
    {
        var cookies = new CookieContainer();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = app.Address };
        using var answer = await TestApp.SignIn(client, account, TestApp.Password);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return cookies.GetCookieHeader(app.Address);
    }
}
