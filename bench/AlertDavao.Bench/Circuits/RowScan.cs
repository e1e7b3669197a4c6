using System.Buffers.Text;

namespace AlertDavao.Bench.Circuits;

/// <summary>
/// Finds reports in a render batch without decoding it: each text of a batch stands in its string table as plain UTF-8,
/// so a row's id is there as it is in the page.
/// </summary>
internal static class RowScan
{
    private const int IdLength = 36;

    /// <summary>Is the report with this id (36 characters, UTF-8, lower case) drawn or changed by the batch?</summary>
    public static bool Contains(ReadOnlySpan<byte> batch, ReadOnlySpan<byte> id) => batch.IndexOf(id) >= 0;

    /// <summary>Adds the ids of the rows the batch draws.</summary>
    public static void Collect(ReadOnlySpan<byte> batch, HashSet<Guid> ids)
    {
        var asMarkup = false;
        var rest = batch;
        for (int at; (at = rest.IndexOf("data-report-id=\""u8)) >= 0;)
        {
            rest = rest[(at + "data-report-id=\""u8.Length)..];
            if (!TryReadId(rest, out var id)) continue;
            asMarkup = true;
            ids.Add(id);
        }

        // Rows drawn as attributes and not as markup: the name stands in the table once, each id as a text of 36 bytes.
        if (!asMarkup && batch.IndexOf("data-report-id"u8) >= 0) CollectTexts(batch, ids);
    }

    private static void CollectTexts(ReadOnlySpan<byte> batch, HashSet<Guid> ids)
    {
        var rest = batch;
        for (int at; (at = rest.IndexOf((byte)IdLength)) >= 0;)
        {
            rest = rest[(at + 1)..];
            if (TryReadId(rest, out var id)) ids.Add(id);
        }
    }

    private static bool TryReadId(ReadOnlySpan<byte> text, out Guid id)
    {
        id = default;
        return text.Length >= IdLength && Utf8Parser.TryParse(text[..IdLength], out id, out var used, 'D') && used == IdLength;
    }
}
