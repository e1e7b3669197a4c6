using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AlertDavao.Tests.Intake;

/// <summary>HTTP by hand, for what a decent client cannot be made to send.</summary>
internal static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal sealed record Answer(int Status, string Text);

    /// <summary>A whole request as bytes; headers and body in UTF-8.</summary>
    public static byte[] Request(string method, string path, string body, params string[] headers)
        => [.. Head(method, path, [.. headers, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}"]), .. Encoding.UTF8.GetBytes(body)];

    public static byte[] Head(string method, string path, params string[] headers)
        => Encoding.UTF8.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");

    /// <summary>Sends the bytes and reads the answer's head and what comes with it, without ever ending the request.</summary>
    public static async Task<Answer> Send(Uri address, params byte[][] parts)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, patience.Token);
        await using var stream = socket.GetStream();
        foreach (var part in parts)
            await TryWrite(stream, part, patience.Token);

        var text = new StringBuilder();
        var buffer = new byte[8192];
        while (!IsComplete(text.ToString()) && await TryRead(stream, buffer, patience.Token) is > 0 and var read)
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        var answer = text.ToString();
        return new Answer(int.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture), answer);
    }

    // A server that has refused may close while the rest of the request is on its way.
    private static async Task TryWrite(NetworkStream stream, byte[] part, CancellationToken cancel)
    {
        try
        {
            await stream.WriteAsync(part, cancel);
        }
        catch (IOException)
        {
            // What it answered is still there to be read.
        }
    }

    private static async Task<int> TryRead(NetworkStream stream, byte[] buffer, CancellationToken cancel)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancel);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static bool IsComplete(string answer)
        => answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) is > 0 and var head
            && (answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal) || (answer.Contains("Content-Length: 0", StringComparison.Ordinal) && head > 0));
}
