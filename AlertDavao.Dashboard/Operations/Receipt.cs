using System.Text.Json;
using AlertDavao.Dashboard.Meters;
using AlertDavao.Domain.Log;

namespace AlertDavao.Dashboard.Operations;

/// <summary>A receipt as it was read (<see cref="Receipts"/>).</summary>
internal sealed class Receipt
{
    public const string Body = "body";

    private const string PaintedField = "painted";
    private const string PaintedAgoField = "painted_ms_ago";
    private const string LatenciesField = "latencies";
    private const string SeenField = "seen";
    private const string SeenAgoField = "seen_ms_ago";

    public Cursor Painted { get; private set; } = Cursor.Empty;

    public TimeSpan PaintedAgo { get; private set; }

    /// <summary>Arrivals in each of the <see cref="LatencyBuckets"/>.</summary>
    public int[] Counts { get; } = new int[LatencyBuckets.Count];

    public IReadOnlyList<Guid> Seen { get; private set; } = [];

    public TimeSpan SeenAgo { get; private set; }

    /// <returns>The field that is wrong; null when none is.</returns>
    public string? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var receipt = JsonDocument.Parse(body, new() { MaxDepth = 4 });
            return receipt.RootElement.ValueKind == JsonValueKind.Object ? Read(receipt.RootElement) : Body;
        }
        // A text that is no UTF-16 is told by the second, when it is read.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Body;
        }
    }

    private string? Read(JsonElement root)
    {
        if (!root.TryGetProperty(PaintedField, out var painted) || painted.ValueKind != JsonValueKind.String
            || painted.GetString() is not { Length: > 0 } text || !Cursor.TryParse(text, out var cursor))
            return PaintedField;
        Painted = cursor;

        if (!TryAgo(root, PaintedAgoField, out var paintedAgo))
            return PaintedAgoField;
        PaintedAgo = paintedAgo ?? TimeSpan.Zero;

        if (root.TryGetProperty(SeenField, out var seen) && !TrySeen(seen))
            return SeenField;
        if (!TryAgo(root, SeenAgoField, out var seenAgo))
            return SeenAgoField;
        SeenAgo = seenAgo ?? TimeSpan.Zero;

        // One that tells nothing is none: no arrival, nothing seen, and not when the board was painted either.
        var least = Seen.Count > 0 || paintedAgo is not null ? 0 : 1;
        return root.TryGetProperty(LatenciesField, out var latencies) && TryCounts(latencies, least) ? null : LatenciesField;
    }

    private static bool TryAgo(JsonElement root, string field, out TimeSpan? ago)
    {
        ago = null;
        if (!root.TryGetProperty(field, out var sent))
            return true;
        if (sent.ValueKind != JsonValueKind.Number || !sent.TryGetInt32(out var ms) || ms < 0 || ms > ReceiptRules.Oldest.TotalMilliseconds)
            return false;
        ago = TimeSpan.FromMilliseconds(ms);
        return true;
    }

    private bool TrySeen(JsonElement sent)
    {
        if (sent.ValueKind != JsonValueKind.Array || sent.GetArrayLength() > ReceiptRules.MaxSeen)
            return false;

        var ids = new List<Guid>(sent.GetArrayLength());
        foreach (var id in sent.EnumerateArray())
        {
            if (id.ValueKind != JsonValueKind.String || !id.TryGetGuid(out var report))
                return false;
            ids.Add(report);
        }

        Seen = ids;
        return true;
    }

    private bool TryCounts(JsonElement latencies, int least)
    {
        if (latencies.ValueKind != JsonValueKind.Array || latencies.GetArrayLength() != Counts.Length)
            return false;

        var (at, all) = (0, 0L);
        foreach (var count in latencies.EnumerateArray())
        {
            if (count.ValueKind != JsonValueKind.Number || !count.TryGetInt32(out Counts[at]) || Counts[at] < 0)
                return false;
            all += Counts[at++];
        }

        return all >= least && all <= ReceiptRules.MaxArrivals;
    }
}
