using System.Buffers;
using AlertDavao.Domain.Reports;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace AlertDavao.Dashboard.Intake;

/// <summary>
/// Reads a form as the mobile app sends it: its fields as text, its files streamed on, one after the other and none of them
/// in memory. Bounded in bytes, parts, headers and length of a field; a field named twice is refused.
/// </summary>
internal static class MultipartBody
{
    /// <summary>Every file at its limit, and the fields.</summary>
    public const long MaxBytes = (Evidence.MaxPerReport * Evidence.MaxBytes) + (1024 * 1024);

    /// <summary>The contract has 13 fields and 5 files; an app may add some of its own, which are ignored.</summary>
    public const int MaxParts = 64;

    /// <summary>The longest legal description, every character three bytes long.</summary>
    public const int MaxFieldBytes = 256 * 1024;

    public const int MaxPartHeaderBytes = 8 * 1024;

    private const string ContentTransferEncoding = "Content-Transfer-Encoding";
    private const int MaxBoundary = 70;
    private const int ReadBytes = 32 * 1024;

    public static bool IsOne(HttpRequest request)
        => MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    /// <param name="knows">Whether a field is one of the form's; others are ignored.</param>
    /// <exception cref="IntakeRefused">It is no such form, or passes a limit; or a file is refused.</exception>
    /// <exception cref="BadHttpRequestException">It is larger than <see cref="MaxBytes"/>, or ends early.</exception>
    public static async Task<Dictionary<string, Field>> Read(HttpRequest request, IncomingFiles files, Func<string, bool> knows, CancellationToken cancel)
    {
        try
        {
            return await Parts(Reader(request), files, knows, cancel);
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            // Headers that are none or too long, or an end before the last boundary. Failures of our own disk are refusals by now.
            throw Malformed();
        }
    }

    private static MultipartReader Reader(HttpRequest request)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType!).Boundary);
        if (boundary.Length is 0 or > MaxBoundary)
            throw Malformed();
        return new MultipartReader(boundary.ToString(), request.Body, ReadBytes) { HeadersLengthLimit = MaxPartHeaderBytes };
    }

    private static async Task<Dictionary<string, Field>> Parts(MultipartReader reader, IncomingFiles files, Func<string, bool> knows, CancellationToken cancel)
    {
        var fields = new Dictionary<string, Field>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var parts = 0; await reader.ReadNextSectionAsync(cancel) is { } part; parts++)
        {
            if (parts == MaxParts || Disposition(part) is not { } disposition || IsNested(part) || IsEncoded(part))
                throw Malformed();

            var name = Unquoted(disposition.Name) ?? "";
            if (IsMedia(name))
                await files.Take(part.Body, Unquoted(disposition.FileNameStar) ?? Unquoted(disposition.FileName), cancel);
            else if (!seen.Add(name))
                throw Malformed();
            else if (knows(name))
                fields[name] = await Value(part, name, cancel);
        }

        return fields;
    }

    /// <summary><c>media</c>, <c>media[]</c> or <c>media[0]</c>: what the form libraries of phones make of a list of files.</summary>
    private static bool IsMedia(string name)
        => name.StartsWith(ReportForm.Media, StringComparison.Ordinal)
            && (name.Length == ReportForm.Media.Length
                || (name[ReportForm.Media.Length] == '[' && name[^1] == ']' && name[(ReportForm.Media.Length + 1)..^1].All(char.IsAsciiDigit)));

    private static async Task<Field> Value(MultipartSection part, string name, CancellationToken cancel)
    {
        if (!IsUtf8(part))
            throw Malformed();

        var buffer = ArrayPool<byte>.Shared.Rent(MaxFieldBytes + 1);
        try
        {
            var length = await part.Body.ReadAtLeastAsync(buffer.AsMemory(0, MaxFieldBytes + 1), MaxFieldBytes + 1, throwOnEndOfStream: false, cancel);
            if (length > MaxFieldBytes)
                throw new IntakeRefused(StatusCodes.Status413PayloadTooLarge, IntakeTexts.TooLarge) { Field = name, Why = IntakeTexts.FieldTooBig };

            var field = Field.OfUtf8(buffer.AsSpan(0, length));
            // The list is JSON as text; read as what it is, it has the fingerprint of a JSON client's.
            return name == ReportForm.CrimeTypes ? FieldReader.ListOrText(field) : field;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ContentDispositionHeaderValue? Disposition(MultipartSection part)
        => ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)
            && disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            && disposition.Name.Length > 0
                ? disposition
                : null;

    private static bool IsNested(MultipartSection part)
        => part.ContentType?.TrimStart().StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;

    // Forms carry bytes as they are; a part that says otherwise would be stored as something that nobody can open.
    private static bool IsEncoded(MultipartSection part)
        => part.Headers?.TryGetValue(ContentTransferEncoding, out var encoding) == true
            && encoding.ToString().Trim().ToUpperInvariant() is not ("BINARY" or "8BIT" or "7BIT");

    private static bool IsUtf8(MultipartSection part)
    {
        if (part.ContentType is null)
            return true;
        if (!MediaTypeHeaderValue.TryParse(part.ContentType, out var type))
            return false;
        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        return charset.Length == 0 || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
    }

    private static string? Unquoted(Microsoft.Extensions.Primitives.StringSegment value)
        => value.HasValue ? HeaderUtilities.UnescapeAsQuotedString(value).ToString() : null;

    private static IntakeRefused Malformed() => new(StatusCodes.Status400BadRequest, IntakeTexts.FormMalformed);
}
