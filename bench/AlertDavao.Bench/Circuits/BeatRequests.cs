using System.Globalization;
using System.Text;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Circuits;

/// <summary>The requests a session's pages send beside their sockets, made once a session.</summary>
internal sealed class BeatRequests
{
    private const int CountDigits = 4;

    private readonly byte[] _receipt;
    private readonly int _count;

    public BeatRequests(SiteSession session, string cursor)
    {
        var head = $"Host: {session.Site.Root.Authority}\r\nCookie: {session.CookieHeader}\r\n";
        Clock = Encoding.ASCII.GetBytes($"GET /api/session HTTP/1.1\r\n{head}\r\n");

        // All of them in one bucket: what the page measured is not known here, and the server counts any the same way.
        var before = $"{{\"painted\":\"{cursor}\",\"latencies\":[0,0,0,";
        const string After = ",0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}";
        var start = $"POST /api/receipts HTTP/1.1\r\n{head}Origin: {session.Site.Origin}\r\nContent-Type: application/json\r\nContent-Length: {before.Length + CountDigits + After.Length}\r\n\r\n{before}";
        _receipt = Encoding.ASCII.GetBytes($"{start}   1{After}");
        _count = start.Length;
    }

    public byte[] Clock { get; }

    public byte[] Receipt(int painted)
    {
        var receipt = (byte[])_receipt.Clone();
        var text = Math.Clamp(painted, 1, 2000).ToString(CultureInfo.InvariantCulture).PadLeft(CountDigits);
        Encoding.ASCII.GetBytes(text, receipt.AsSpan(_count));
        return receipt;
    }
}
