using System.Globalization;
using AlertDavao.Dashboard.Meters;

namespace AlertDavao.Dashboard.Operations;

/// <summary>A tile's value in words.</summary>
internal static class Figures
{
    private const double Kibi = 1024;

    public static string Of(Tile tile) => tile switch
    {
        { Now: null } => OperationsTexts.NothingYet,
        { Now: { } seconds, Gauge.Reading: Reading.P95 } => Duration(seconds),
        { Now: { } bytes, Gauge.Instrument: ProductMeter.WalBytes } => Size(bytes),
        { Now: { } mean, Gauge.Reading: Reading.Mean } => mean.ToString("N1", CultureInfo.CurrentCulture),
        { Now: { } rate, Gauge.Reading: Reading.PerSecond } => Format(OperationsTexts.PerSecond, rate.ToString("N0", CultureInfo.CurrentCulture)),
        { Now: { } rate, Gauge.Reading: Reading.PerMinute } => Format(OperationsTexts.PerMinute, rate.ToString("N0", CultureInfo.CurrentCulture)),
        { Now: { } level } => level.ToString("N0", CultureInfo.CurrentCulture),
    };

    public static bool IsAlarm(Tile tile) => tile.Now > tile.Gauge.AlarmAbove;

    private static string Duration(double seconds) => seconds switch
    {
        < .01 => Format(OperationsTexts.Milliseconds, (seconds * 1000).ToString("N1", CultureInfo.CurrentCulture)),
        < 1 => Format(OperationsTexts.Milliseconds, (seconds * 1000).ToString("N0", CultureInfo.CurrentCulture)),
        _ => Format(OperationsTexts.Seconds, seconds.ToString("N1", CultureInfo.CurrentCulture)),
    };

    private static string Size(double bytes) => bytes < Kibi * Kibi
        ? Format(OperationsTexts.Kibibytes, (bytes / Kibi).ToString("N0", CultureInfo.CurrentCulture))
        : Format(OperationsTexts.Mebibytes, (bytes / Kibi / Kibi).ToString("N1", CultureInfo.CurrentCulture));

    private static string Format(string words, string figure) => string.Format(CultureInfo.CurrentCulture, words, figure);
}
