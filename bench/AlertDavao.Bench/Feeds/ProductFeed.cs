using System.Globalization;
using System.Text;
using System.Text.Json;
using AlertDavao.Bench.Processes;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Feeds;

/// <summary>GET /api/feed with the cookies of officers on duty, each going on from where the board stands now.</summary>
internal sealed class ProductFeed : ILiveWire
{
    private const int OfficersPerStation = 4;
    private const string Password = "Davao-demo-2026!";

    private readonly byte[][] _requests;

    private ProductFeed(byte[][] requests) => _requests = requests;

    /// <summary>Several feeds a session; the product's limit for a user would be ten.</summary>
    public static IReadOnlyDictionary<string, string> Settings(int count) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Demo__OfficersPerStation"] = OfficersPerStation.ToString(CultureInfo.InvariantCulture),
        ["Limits__CircuitsPerUser"] = ((count / OfficerAccounts.Stations / OfficersPerStation) + 10).ToString(CultureInfo.InvariantCulture),
        ["Limits__CircuitsPerNode"] = "0",
    };

    public static async Task<ProductFeed> SignInAsync(ServerProcess server, CancellationToken stop)
    {
        var sessions = await OfficerAccounts.SignInAsync(server.Site, OfficerAccounts.Stations * OfficersPerStation, Password, stop);
        var requests = new byte[sessions.Length][];
        for (var at = 0; at < sessions.Length; at++)
        {
            var cursor = await CursorAsync(sessions[at], stop);
            requests[at] = Encoding.ASCII.GetBytes(
                $"GET /api/feed?after={cursor} HTTP/1.1\r\nHost: {server.Site.Root.Authority}\r\nCookie: {sessions[at].CookieHeader}\r\nAccept: text/event-stream\r\n\r\n");
        }

        return new ProductFeed(requests);
    }

    public byte[] Request(int number) => _requests[number % _requests.Length];

    public LiveStream NewStream(Tally tally, int station) => new SseStream(tally, station);

    private static async Task<string> CursorAsync(SiteSession session, CancellationToken stop)
    {
        var cursor = "";
        while (true)
        {
            var (_, page) = await session.GetAsync($"api/board?after={cursor}", stop);
            using var json = JsonDocument.Parse(page);
            cursor = json.RootElement.GetProperty("cursor").GetString()!;
            if (!json.RootElement.GetProperty("more").GetBoolean()) return cursor;
        }
    }
}
