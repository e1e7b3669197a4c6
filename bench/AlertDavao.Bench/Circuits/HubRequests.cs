using System.Buffers;
using System.Globalization;
using System.Text;
using MessagePack;

namespace AlertDavao.Bench.Circuits;

/// <summary>
/// The few hub messages a browser sends, in the "blazorpack" protocol: MessagePack arrays, each behind its length.
/// Written by hand because the general client keeps pipes, timers and boxed arguments per connection, which would be
/// the larger half of the machine at 10,000 circuits.
/// </summary>
internal static class HubRequests
{
    public const string StartCircuitId = "0";

    private const int Invocation = 1;
    private const int Completion = 3;

    public static readonly byte[] Handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e");

    /// <summary>[6], one byte long behind a length of two.</summary>
    public static readonly byte[] Ping = [0x02, 0x91, 0x06];

    public static byte[] StartCircuit(PageMarkers page) => Framed((ref MessagePackWriter writer) =>
    {
        Head(ref writer, StartCircuitId, "StartCircuit", 4);
        writer.Write(page.BaseUri.AbsoluteUri);
        writer.Write(page.PageUri.AbsoluteUri);
        // Empty: the components of a page with mixed render modes enter the circuit by UpdateRootComponents.
        writer.Write("[]");
        writer.Write(page.ApplicationState);
        writer.WriteArrayHeader(0);
    });

    public static byte[] ConnectCircuit(string secret) => Framed((ref MessagePackWriter writer) =>
    {
        Head(ref writer, StartCircuitId, "ConnectCircuit", 1);
        writer.Write(secret);
        writer.WriteArrayHeader(0);
    });

    public static byte[] UpdateRootComponents(PageMarkers page) => Framed((ref MessagePackWriter writer) =>
    {
        Head(ref writer, null, "UpdateRootComponents", 2);
        writer.Write(page.OperationsJson);
        writer.Write(page.ApplicationState);
        writer.WriteArrayHeader(0);
    });

    public static byte[] RenderCompleted(long batch) => Framed((ref MessagePackWriter writer) =>
    {
        Head(ref writer, null, "OnRenderCompleted", 2);
        writer.Write(batch);
        writer.WriteNil();
        writer.WriteArrayHeader(0);
    });

    /// <summary>The answer to a call into the page: nothing, or a handle when the component asked for an object.</summary>
    public static byte[] ScriptAnswer(long handle, int resultType) => Framed((ref MessagePackWriter writer) =>
    {
        var result = resultType switch
        {
            1 => "{\"__jsObjectId\":1}",
            2 => "{\"__jsStreamReferenceLength\":0}",
            _ => "null",
        };
        Head(ref writer, null, "EndInvokeJSFromDotNet", 3);
        writer.Write(handle);
        writer.Write(true);
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"[{handle},true,{result}]"));
        writer.WriteArrayHeader(0);
    });

    /// <summary>The server waits for an answer only when it asks the page to keep state: yes.</summary>
    public static byte[] Yes(string invocation) => Framed((ref MessagePackWriter writer) =>
    {
        writer.WriteArrayHeader(5);
        writer.Write(Completion);
        writer.WriteMapHeader(0);
        writer.Write(invocation);
        writer.Write(3);
        writer.Write(true);
    });

    private static void Head(ref MessagePackWriter writer, string? invocation, string target, int arguments)
    {
        writer.WriteArrayHeader(6);
        writer.Write(Invocation);
        writer.WriteMapHeader(0);
        writer.Write(invocation);
        writer.Write(target);
        writer.WriteArrayHeader(arguments);
    }

    private static byte[] Framed(Body body)
    {
        var scratch = t_scratch ??= new ArrayBufferWriter<byte>(1024);
        scratch.ResetWrittenCount();
        var writer = new MessagePackWriter(scratch);
        body(ref writer);
        writer.Flush();

        var length = scratch.WrittenCount;
        Span<byte> prefix = stackalloc byte[5];
        var digits = 0;
        for (var rest = length; ; rest >>= 7)
        {
            prefix[digits++] = (byte)(rest < 0x80 ? rest : (rest & 0x7f) | 0x80);
            if (rest < 0x80) break;
        }

        var message = new byte[digits + length];
        prefix[..digits].CopyTo(message);
        scratch.WrittenSpan.CopyTo(message.AsSpan(digits));
        return message;
    }

    private delegate void Body(ref MessagePackWriter writer);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_scratch;
}
