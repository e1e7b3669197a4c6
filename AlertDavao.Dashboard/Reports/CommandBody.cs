using System.Buffers;
using System.Text.Json;
using AlertDavao.Domain.Reports;
using Microsoft.AspNetCore.Http.Features;

namespace AlertDavao.Dashboard.Reports;

/// <summary>The JSON of a command: an object of texts, truths and nothing else that is looked at. No body is an empty one.</summary>
internal sealed class CommandBody
{
    /// <summary>Bytes; a note of 2,000 characters of the longest kind fits.</summary>
    private const int MaxBytes = 128 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4 };

    private readonly JsonElement _fields;

    private CommandBody(JsonElement fields) => _fields = fields;

    /// <exception cref="CommandRefused">It is too large, or no JSON object.</exception>
    public static async Task<CommandBody> ReadAsync(HttpRequest request, CancellationToken stop)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MaxBytes;
        try
        {
            using var bytes = new MemoryStream();
            await request.Body.CopyToAsync(bytes, stop);
            if (bytes.Length == 0)
                return new CommandBody(default);
            using var read = JsonDocument.Parse(new ReadOnlySequence<byte>(bytes.GetBuffer(), 0, (int)bytes.Length), Strict);
            return HasFields(read.RootElement) ? new CommandBody(read.RootElement.Clone()) : throw CommandRefused.Malformed();
        }
        catch (JsonException)
        {
            throw CommandRefused.Malformed();
        }
        catch (BadHttpRequestException e)
        {
            throw new CommandRefused(e.StatusCode, null, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? ReportTexts.BodyTooLarge : ReportTexts.BodyMalformed);
        }
    }

    /// <summary>A text as the product keeps it; null where there is none, or nothing is left of it.</summary>
    /// <exception cref="CommandRefused">It is no text.</exception>
    public string? Text(string field)
    {
        if (!TryGet(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String || !TryString(value, out var text) || !PlainText.TryNormalise(text, out var plain))
            throw CommandRefused.Of(field, ReportTexts.NotAText);
        return plain.Length == 0 ? null : plain;
    }

    /// <exception cref="CommandRefused">It is neither true nor false.</exception>
    public bool Truth(string field) => TryGet(field, out var value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        _ => throw CommandRefused.Of(field, ReportTexts.NotATruth),
    };

    /// <summary>One of the names of an enumeration, in any case.</summary>
    /// <exception cref="CommandRefused">It is missing, or none of them.</exception>
    public T OneOf<T>(string field)
        where T : struct, Enum
        => Text(field) is { } name && Enum.GetNames<T>().FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse<T>(found)
            : throw CommandRefused.Of(field, ReportWords.Format(ReportTexts.OneOf, string.Join(", ", Enum.GetNames<T>())));

    // A name that is no Unicode passes the parser, and breaks whoever looks for another one behind it.
    private static bool HasFields(JsonElement read)
    {
        if (read.ValueKind != JsonValueKind.Object)
            return false;
        try
        {
            return read.EnumerateObject().All(field => field.Name is not null);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private bool TryGet(string field, out JsonElement value)
    {
        value = default;
        return _fields.ValueKind == JsonValueKind.Object && _fields.TryGetProperty(field, out value);
    }

    // A lone surrogate is written as an escape, and cannot be read as a text.
    private static bool TryString(JsonElement value, out string text)
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

/// <summary>A command that was not understood. The words are for who sent it.</summary>
/// <param name="name">The field of the body; null for the request as a whole.</param>
internal sealed class CommandRefused(int status, string? name, string words) : Exception(words)
{
    public int Status => status;

    public string? Field => name;

    public static CommandRefused Malformed() => new(StatusCodes.Status400BadRequest, null, ReportTexts.BodyMalformed);

    public static CommandRefused Of(string field, string words) => new(StatusCodes.Status422UnprocessableEntity, field, words);
}
