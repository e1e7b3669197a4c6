using System.Globalization;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Board;

/// <summary><c>Alerts:CriticalRepeatSeconds</c> and so on: how often what nobody acknowledges sounds again; 0 for once.</summary>
/// <param name="Repeat">Seconds, from Low to Critical, as the page's script takes them.</param>
internal sealed record AlertOptions(string Repeat)
{
    private const int MostSeconds = 3600;

    /// <exception cref="SettingMissing">A time is out of its bounds.</exception>
    public static AlertOptions From(IConfiguration configuration) => new(string.Join(',', Enum.GetValues<Severity>().Order().Select(severity =>
        configuration.Within($"Alerts:{severity}RepeatSeconds", ByDefault(severity), 0, MostSeconds).ToString(CultureInfo.InvariantCulture))));

    private static int ByDefault(Severity severity) => severity switch
    {
        Severity.Critical => 5,
        Severity.High => 15,
        Severity.Medium => 60,
        _ => 0,
    };
}
