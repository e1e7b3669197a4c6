using System.Globalization;

namespace AlertDavao.Domain.Geography;

/// <summary>
/// Asia/Manila: UTC+8 without daylight saving in every year the product accepts (2000 and later),
/// so no time zone database is asked. Times are stored in UTC; Manila is for days and for drawing.
/// </summary>
public static class ManilaTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    private const DateTimeStyles Strict = DateTimeStyles.None;

    private static readonly string[] WithOffset =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>The instant on Manila's clock.</summary>
    public static DateTimeOffset Of(DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>The instant at which the Manila day of <paramref name="instant"/> began.</summary>
    public static DateTimeOffset StartOfDay(DateTimeOffset instant) => new(Of(instant).Date, Offset);

    /// <summary>
    /// Reads <c>yyyy-MM-dd HH:mm:ss</c> as Manila time, or ISO 8601 with an offset (or Z).
    /// ISO 8601 without an offset is refused: nobody could say which clock it means.
    /// </summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null)
            return false;

        text = text.Trim();
        if (DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, Strict, out var local))
        {
            // Year 1 and year 9999 have no UTC on one side of the offset.
            if (local.Ticks - Offset.Ticks < DateTime.MinValue.Ticks)
                return false;

            instant = new DateTimeOffset(local, Offset).ToUniversalTime();
            return true;
        }

        if (!HasOffset(text) || !DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, Strict, out var read))
            return false;

        instant = read.ToUniversalTime();
        return true;
    }

    private static bool HasOffset(string text)
        => text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
}
