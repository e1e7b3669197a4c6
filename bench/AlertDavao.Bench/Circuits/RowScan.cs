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

    /// <summary>Adds one arrival for each row the batch draws.</summary>
    public static void Each(ReadOnlySpan<byte> batch, List<Arrival> arrivals, long at)
    {
        while (Next(ref batch) is { } id) arrivals.Add(new(id, at));
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
