using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace AlertDavao.Tests.Security;

/// <summary>A mail server of one test: takes what it is sent, or does not.</summary>
internal sealed class FakeSmtp : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<MimeMessage> _mails = new();
    private int _connections;

    public FakeSmtp()
    {
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections are turned away before the first one is served.</summary>
    public int TurnedAway { get; init; }

    /// <summary>Says nothing, not even its greeting.</summary>
    public bool IsSilent { get; init; }

    /// <summary>An address that nobody has here.</summary>
    public string? Unknown { get; init; }

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The mails to an address, once there are so many.</summary>
    public async Task<List<MimeMessage>> To(string address, int count = 1)
    {
        await Eventually.Holds(() => Of(address).Count >= count, $"{count} mails to {address}");
        return Of(address);
    }

    public List<MimeMessage> Of(string address) => [.. _mails.Where(mail => mail.To.Mailboxes.Any(to => to.Address == address))];

    public void Dispose() => _listener.Dispose();

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Serve(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
            return;
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var _ = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        var number = Interlocked.Increment(ref _connections);
        if (IsSilent)
        {
            await reader.ReadLineAsync();
            return;
        }

        if (number <= TurnedAway)
        {
            await writer.WriteLineAsync("421 later");
            return;
        }

        await writer.WriteLineAsync("220 fake");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == "DATA")
                await Take(reader, writer);
            else if (Unknown is not null && line.StartsWith("RCPT", StringComparison.Ordinal) && line.Contains(Unknown, StringComparison.Ordinal))
                await writer.WriteLineAsync($"550 no {Unknown} here");
            else
                await writer.WriteLineAsync("250 ok");
        }
    }

    private async Task Take(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("354 go on");
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        _mails.Enqueue(await MimeMessage.LoadAsync(new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()))));
        await writer.WriteLineAsync("250 taken");
    }
}
