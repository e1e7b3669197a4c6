using System.Globalization;
using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Intake;

/// <summary>How much the evidence of reports may fill.</summary>
/// <param name="FreeBytes">
/// What stays free on the disk of the store: below it files are refused for a while, and reports without files go on. The
/// database lies on the same disk, and a report must always find room. 0 = no floor.
/// </param>
/// <param name="BytesPerKeyPerDay">What one intake key may store on one day of Manila; 0 = no limit. The demo's key has none.</param>
internal sealed record EvidenceOptions(long FreeBytes, long BytesPerKeyPerDay)
{
    public const string FreeBytesKey = "Limits:EvidenceFreeBytes";
    public const string BytesPerKeyPerDayKey = "Limits:EvidenceBytesPerKeyPerDay";

    private const long Gibibyte = 1024 * 1024 * 1024;

    /// <exception cref="SettingMissing">A setting is no number of bytes; the message names it.</exception>
    public static EvidenceOptions From(IConfiguration configuration)
        => new(Bytes(configuration, FreeBytesKey, Gibibyte), Bytes(configuration, BytesPerKeyPerDayKey, 2 * Gibibyte));

    private static long Bytes(IConfiguration configuration, string key, long byDefault)
        => configuration[key] is not { Length: > 0 } text ? byDefault
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
            : throw new SettingMissing(key, "must be a number of bytes, 0 for none");
}
