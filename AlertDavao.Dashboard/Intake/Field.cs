using System.Text;
using System.Text.Json;

namespace AlertDavao.Dashboard.Intake;

internal enum FieldKind
{
    Absent,
    Text,
    Number,
    Boolean,
    List,

    /// <summary>Nothing a report has: an object, a list of something else than texts, text that is no Unicode.</summary>
    Other,
}

/// <summary>One field as a client sent it, before anything is believed of it.</summary>
internal readonly record struct Field(FieldKind Kind, string Text, IReadOnlyList<string> Items)
{
    public static readonly Field Absent = new(FieldKind.Absent, "", []);

    private static readonly Field Other = new(FieldKind.Other, "", []);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Field Of(string text) => new(FieldKind.Text, text, []);

    public static Field Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => Absent,
        JsonValueKind.String => TryText(value, out var text) ? Of(text) : Other,
        JsonValueKind.Number => new(FieldKind.Number, value.GetRawText(), []),
        JsonValueKind.True or JsonValueKind.False => new(FieldKind.Boolean, value.GetRawText(), []),
        JsonValueKind.Array => List(value),
        _ => Other,
    };

    /// <summary>Text as a form carries it; bytes that are no UTF-8 are no text.</summary>
    public static Field OfUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Of(Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return Other;
        }
    }

    private static Field List(JsonElement array)
    {
        // One more than a report may have is enough to say that there are too many.
        var items = new List<string>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !TryText(item, out var text))
                return Other;
            if (items.Count <= Domain.Reports.CrimeType.MaxPerReport)
                items.Add(text);
        }

        return new(FieldKind.List, "", items);
    }

    // JSON may escape half of a surrogate pair; System.Text.Json refuses to make a string of it.
    private static bool TryText(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }
}
