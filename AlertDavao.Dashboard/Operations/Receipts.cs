using System.Text.Json;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Meters;
using AlertDavao.Domain.Log;

namespace AlertDavao.Dashboard.Operations;

/// <summary>
/// What a screen says about what it painted, at most every <see cref="ReceiptRules.Every"/> and only when it painted something:
/// <code>
/// POST /api/receipts        cookie of a session (locked or not), Origin of the product
/// {"painted":"CURSOR","latencies":[0,0,3,...]}
/// </code>
/// <c>painted</c> is the board's cursor (<c>#complete-to[data-cursor]</c>); <c>latencies</c> counts the arrivals since the last
/// receipt by how long after their commit they were painted, a count for each of <see cref="LatencyBuckets.Bounds"/> and one
/// for what took longer, together at most <see cref="ReceiptRules.MaxArrivals"/>. 204; 422 names the field that is wrong.
/// Nothing is stored: it moves a meter.
/// </summary>
internal static class Receipts
{
    private const string PaintedField = "painted";
    private const string LatenciesField = "latencies";
    private const string Body = "body";

    public static void Map(IEndpointRouteBuilder app) => app.MapPost(ReceiptRules.Path, Receive)
        .WithMetadata(new SessionLock.Stays(), new HubDoor.FromOwnPages());

    /// <summary>How much came; null when the page went in the middle of it.</summary>
    private static async Task<int?> Length(HttpContext http, byte[] body)
    {
        try
        {
            return await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.RequestAborted);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<IResult> Receive(HttpContext http, ProductMeter meter)
    {
        var body = new byte[ReceiptRules.MaxBytes + 1];
        if (await Length(http, body) is not { } length)
            return Results.Empty;
        var counts = new int[LatencyBuckets.Count];
        if ((length > ReceiptRules.MaxBytes ? Body : Read(body.AsMemory(0, length), counts)) is { } wrong)
            return Malformed(wrong);

        for (var bucket = 0; bucket < counts.Length; bucket++)
            meter.Painted(LatencyBuckets.Middle(bucket), counts[bucket]);
        return Results.NoContent();
    }

    /// <returns>The field that is wrong; null when none is.</returns>
    private static string? Read(ReadOnlyMemory<byte> body, int[] counts)
    {
        try
        {
            using var receipt = JsonDocument.Parse(body, new() { MaxDepth = 4 });
            var root = receipt.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return Body;
            if (!root.TryGetProperty(PaintedField, out var painted) || painted.ValueKind != JsonValueKind.String
                || painted.GetString() is not { Length: > 0 } cursor || !Cursor.TryParse(cursor, out _))
                return PaintedField;
            return root.TryGetProperty(LatenciesField, out var latencies) && TryCounts(latencies, counts) ? null : LatenciesField;
        }
        // A text that is no UTF-16 is told by the second, when it is read.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Body;
        }
    }

    private static bool TryCounts(JsonElement latencies, int[] counts)
    {
        if (latencies.ValueKind != JsonValueKind.Array || latencies.GetArrayLength() != counts.Length)
            return false;

        var (at, all) = (0, 0L);
        foreach (var count in latencies.EnumerateArray())
        {
            if (count.ValueKind != JsonValueKind.Number || !count.TryGetInt32(out counts[at]) || counts[at] < 0)
                return false;
            all += counts[at++];
        }

        return all is > 0 and <= ReceiptRules.MaxArrivals;
    }

    private static IResult Malformed(string field) => Results.Problem(
        statusCode: StatusCodes.Status422UnprocessableEntity,
        detail: OperationsTexts.ReceiptInvalid,
        extensions: new Dictionary<string, object?>
        {
            ["message"] = OperationsTexts.ReceiptInvalid,
            ["errors"] = new Dictionary<string, string[]> { [field] = [OperationsTexts.ReceiptIsNone] },
        });
}
