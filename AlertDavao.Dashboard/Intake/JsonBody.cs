using System.Text.Json;

namespace AlertDavao.Dashboard.Intake;

/// <summary>Reads the fields of a JSON body. Bounded in bytes and depth; a field named twice is refused.</summary>
internal static class JsonBody
{
    /// <summary>The longest legal report, every character escaped, fits twice.</summary>
    public const int MaxBytes = 1024 * 1024;

    public static readonly JsonDocumentOptions Options = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <exception cref="JsonException">It is no JSON, or too deep, or names a field twice.</exception>
    /// <exception cref="BadHttpRequestException">It is larger than <see cref="MaxBytes"/>, or ends early.</exception>
    /// <returns>Null when the JSON is no object.</returns>
    public static async Task<Dictionary<string, Field>?> Read(Stream body, CancellationToken cancel)
    {
        try
        {
            return Fields(await JsonDocument.ParseAsync(body, Options, cancel));
        }
        catch (InvalidOperationException e)
        {
            // A name that is no Unicode: the parser lets it pass, and cannot make a string of it.
            throw new JsonException(null, e);
        }
    }

    private static Dictionary<string, Field>? Fields(JsonDocument parsed)
    {
        using var document = parsed;
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            return null;

        var fields = new Dictionary<string, Field>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
            fields[property.Name] = Field.Of(property.Value);
        return fields;
    }
}
