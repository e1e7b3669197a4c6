using System.Text;
using AlertDavao.Bench.Feeds;
using AlertDavao.Bench.Processes;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Peer;

/// <summary>The peer's web sockets, a room for each station; whoever has the token may enter.</summary>
internal sealed class PeerRooms(ServerProcess server) : ILiveWire
{
    public byte[] Request(int number) => Encoding.ASCII.GetBytes(
        $"GET /ws?token={server.Key}&station={OfficerAccounts.Station(number)} HTTP/1.1\r\nHost: {server.Site.Root.Authority}\r\n"
        + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");

    public LiveStream NewStream(Tally tally, int station) => new WsStream(tally, station);
}
