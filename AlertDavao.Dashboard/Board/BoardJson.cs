using System.Buffers;
using System.Text;
using System.Text.Json;
using AlertDavao.Domain.Log;

namespace AlertDavao.Dashboard.Board;

/// <summary>A page of the board as JSON on one line, and the event around it. Everything typed is escaped by the writer.</summary>
internal static class BoardJson
{
    /// <param name="locked">The form that shows what a passer-by may see of a screen nobody sits at.</param>
    public static BoardFrame Frame(BoardSlice page, bool locked)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        if (page.Cursor.Length > 0)
            Write(bytes, $"id: {page.Cursor}\n");
        Write(bytes, "event: delta\ndata: ");
        var start = bytes.WrittenCount;
        using (var json = new Utf8JsonWriter(bytes))
            Page(json, page, locked);
        var end = bytes.WrittenCount;
        Write(bytes, "\n\n");
        var all = bytes.WrittenSpan.ToArray();
        return new BoardFrame(page.Cursor, all, all.AsMemory(start, end - start));
    }

    /// <summary>What a feed begins with: the place that it goes on from, empty where it begins with the whole board.</summary>
    public static byte[] Hello(string cursor) => Encoding.UTF8.GetBytes($"retry: 2000\nevent: hello\ndata: {{\"cursor\":\"{cursor}\"}}\n\n");

    private static void Page(Utf8JsonWriter json, BoardSlice page, bool locked)
    {
        json.WriteStartObject();
        json.WriteString("cursor", page.Cursor);
        json.WriteBoolean("reset", page.Reset);
        json.WriteBoolean("more", page.More);
        json.WriteStartArray("entries");
        foreach (var entry in page.Entries)
            Entry(json, entry, locked);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Entry(Utf8JsonWriter json, BoardEntry entry, bool locked)
    {
        json.WriteStartObject();
        json.WriteString("station", entry.Log);
        json.WriteNumber("number", entry.Number);
        json.WriteString("kind", entry.Kind switch { EntryKind.Arrived => "arrived", EntryKind.Changed => "changed", _ => "left" });
        json.WriteString("at", entry.At.UtcDateTime);
        // A stub names the report, so that a reader can take it off; nothing else of it may be told.
        json.WriteString("report_id", entry.ReportId);
        if (entry.Row is { } row)
            Report(json, row, locked);
        json.WriteEndObject();
    }

    private static void Report(Utf8JsonWriter json, BoardRow row, bool locked)
    {
        json.WriteStartObject("report");
        json.WriteString("id", row.Id);
        json.WriteNumber("version", row.Version);
        json.WriteString("station", row.Log);
        json.WriteString("severity", row.Severity.ToString());
        json.WriteString("title", row.Title);
        json.WriteString("barangay", row.Barangay);
        json.WriteString("received_at", row.ReceivedAt.UtcDateTime);
        if (!locked)
            Rest(json, row);
        json.WriteEndObject();
    }

    private static void Rest(Utf8JsonWriter json, BoardRow row)
    {
        json.WriteString("tracking_code", row.TrackingCode);
        json.WriteStartArray("types");
        foreach (var type in row.CrimeTypes)
            json.WriteStringValue(type);
        json.WriteEndArray();
        json.WriteString("status", row.Status.ToString());
        json.WriteString("occurred_at", row.OccurredAt.UtcDateTime);
        json.WriteNumber("evidence", row.EvidenceCount);
        if (row.ClaimedBy is { } officer)
            json.WriteString("claimed_by", officer);
        else
            json.WriteNull("claimed_by");
        json.WriteString("who", row.Who);
    }

    private static void Write(ArrayBufferWriter<byte> bytes, string text) => bytes.Advance(Encoding.UTF8.GetBytes(text, bytes.GetSpan(text.Length * 3)));
}
