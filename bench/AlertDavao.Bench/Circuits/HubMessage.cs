using MessagePack;

namespace AlertDavao.Bench.Circuits;

internal enum HubMessageKind
{
    Other,
    RenderBatch,
    ScriptCall,
    Question,
    Error,
    Completion,
    Close,
}

/// <summary>One message from the server; <see cref="Payload"/> points into the receive buffer and is good until the next read.</summary>
internal readonly record struct HubMessage(
    HubMessageKind Kind, long Number = 0, string? Text = null, int ResultType = 0, ReadOnlyMemory<byte> Payload = default, string? Failure = null)
{
    /// <summary>Takes one whole message off the front of <paramref name="buffer"/>; 0 bytes = it is not all there yet.</summary>
    public static int TryRead(ReadOnlyMemory<byte> buffer, out HubMessage message)
    {
        message = default;
        var (length, digits) = (0, 0);
        var bytes = buffer.Span;
        for (; ; digits++)
        {
            if (digits == 5) throw new InvalidDataException("A message length is longer than five bytes.");
            if (digits == bytes.Length) return 0;
            length |= (bytes[digits] & 0x7f) << (7 * digits);
            if (bytes[digits] < 0x80) break;
        }

        digits++;
        if (length < 0 || bytes.Length - digits < length) return 0;
        message = Parse(buffer.Slice(digits, length));
        return digits + length;
    }

    private static HubMessage Parse(ReadOnlyMemory<byte> body)
    {
        var reader = new MessagePackReader(body);
        reader.ReadArrayHeader();
        switch (reader.ReadInt32())
        {
            case 1:
                reader.Skip();
                return Invocation(ref reader, reader.ReadString());
            case 3:
                reader.Skip();
                var id = reader.ReadString();
                // 1 = failed, 2 = no result, 3 = a result, which is text for the one call we wait for.
                var kind = reader.ReadInt32();
                var text = kind == 2 ? null : reader.NextMessagePackType switch
                {
                    MessagePackType.String => reader.ReadString(),
                    MessagePackType.Boolean => reader.ReadBoolean() ? bool.TrueString : bool.FalseString,
                    _ => null,
                };
                return id != HubRequests.StartCircuitId
                    ? default
                    : new(HubMessageKind.Completion, Text: kind == 3 ? text : null, Failure: kind == 1 ? text : null);
            case 7:
                return new(HubMessageKind.Close, Text: reader.ReadString());
            default:
                return default;
        }
    }

    private static HubMessage Invocation(ref MessagePackReader reader, string? invocation)
    {
        if (invocation is not null) return new(HubMessageKind.Question, Text: invocation);
        if (!reader.TryReadStringSpan(out var target)) return default;

        if (target.SequenceEqual("JS.RenderBatch"u8))
        {
            reader.ReadArrayHeader();
            var number = reader.ReadInt64();
            return new(HubMessageKind.RenderBatch, number, Payload: reader.ReadBytes()?.First ?? default);
        }

        if (target.SequenceEqual("JS.BeginInvokeJS"u8))
        {
            reader.ReadArrayHeader();
            var handle = reader.ReadInt64();
            var function = reader.ReadString();
            reader.Skip();
            return new(HubMessageKind.ScriptCall, handle, function, reader.ReadInt32());
        }

        if (!target.SequenceEqual("JS.Error"u8)) return default;
        reader.ReadArrayHeader();
        return new(HubMessageKind.Error, Text: reader.ReadString());
    }
}
