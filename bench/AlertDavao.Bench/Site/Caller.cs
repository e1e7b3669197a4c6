using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace AlertDavao.Bench.Site;

/// <summary>A client that calls from a loopback address of its own: all of 127.0.0.0/8 is this machine.</summary>
internal sealed class Caller : IDisposable
{
    private const string Report = """
        {"title":"Flood","crime_types":["Theft"],"description":"A report of the load generator.",
         "incident_date":"2024-06-07 12:00:00","latitude":7.0739269,"longitude":125.6246079}
        """;

    private readonly Uri _intake;
    private readonly HttpClient _http;

    public Caller(LoopbackSite site, IPAddress from, string key)
    {
        _intake = new Uri(site.Root, "api/reports");
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (call, cancel) => await ConnectAsync(from, call.DnsEndPoint.Port, cancel),
        });
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<HttpStatusCode> PostAsync(CancellationToken stop)
    {
        using var answer = await _http.PostAsync(_intake, new StringContent(Report, Encoding.UTF8, "application/json"), stop);
        return answer.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    public static async Task<NetworkStream> ConnectAsync(IPAddress from, int port, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
