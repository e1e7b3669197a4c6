using System.Buffers.Text;

namespace AlertDavao.Bench.Circuits;

/// <summary>
/// Finds reports in a render batch without decoding it: each text of a batch stands in its string table as plain UTF-8, and
/// a row is one text of markup that says its report's id as an attribute.
/// </summary>
internal static class RowScan
{
    private const int IdLength = 36;

    /// <summary>Adds the ids of the rows the batch draws.</summary>
    public static void Collect(ReadOnlySpan<byte> batch, HashSet<Guid> ids)
    {
        while (Next(ref batch) is { } id) ids.Add(id);
    }

    /// <summary>
    /// Adds an arrival for each row of a report's first version, and for each report that was not on the screen before: what a
    /// screen drew late it may have drawn changed already. A row that is drawn again because its report changed is none.
    /// </summary>
    public static void Each(ReadOnlySpan<byte> batch, HashSet<Guid> known, List<Arrival> arrivals, long at)
    {
        while (Next(ref batch) is { } id)
        {
            if (known.Add(id) || IsFirstVersion(batch)) arrivals.Add(new(id, at));
        }
    }

    private static bool IsFirstVersion(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'>');
        return end > 0 && rest[..end].IndexOf("data-version=\"1\""u8) >= 0;
    }

    private static Guid? Next(ref ReadOnlySpan<byte> rest)
    {
        var attribute = "data-report-id=\""u8;
        for (int at; (at = rest.IndexOf(attribute)) >= 0;)
        {
            rest = rest[(at + attribute.Length)..];
            if (rest.Length >= IdLength && Utf8Parser.TryParse(rest[..IdLength], out Guid id, out var used, 'D') && used == IdLength) return id;
        }

        return null;
    }
}
