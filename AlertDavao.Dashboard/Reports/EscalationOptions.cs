using System.Globalization;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// <c>Escalation:CriticalSeconds</c> and so on: three times, in seconds after the arrival, for the station, its admins and the
/// city desk; 0 for never, and nobody above is told then either. What is not set is as <see cref="EscalationTimes.Standard"/> has it.
/// </summary>
internal static class EscalationOptions
{
    private const int MostSeconds = 7 * 24 * 3600;

    /// <exception cref="SettingMissing">A time is out of its bounds, or they do not rise.</exception>
    public static EscalationTimes From(IConfiguration configuration)
        => new(Enum.GetValues<Severity>().ToDictionary(severity => severity, IReadOnlyList<TimeSpan?> (severity) => Of(configuration, severity)));

    private static List<TimeSpan?> Of(IConfiguration configuration, Severity severity)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"Escalation:{severity}Seconds");
        var times = new List<TimeSpan?>();
        foreach (var level in new[] { EscalationLevel.Station, EscalationLevel.Admins, EscalationLevel.CityDesk })
        {
            var standard = (int)(EscalationTimes.Standard.After(severity, level)?.TotalSeconds ?? 0);
            var seconds = configuration.Within(string.Create(CultureInfo.InvariantCulture, $"{key}:{times.Count}"), standard, 0, MostSeconds);
            // Who is never told ends it: nobody above is told either.
            times.Add(seconds == 0 || (times.Count > 0 && times[^1] is null) ? null : TimeSpan.FromSeconds(seconds));
        }

        try
        {
            _ = new EscalationTimes(new Dictionary<Severity, IReadOnlyList<TimeSpan?>> { [severity] = times });
        }
        catch (DomainRuleViolated)
        {
            throw new SettingMissing(key, "each time must be later than the one before");
        }

        return times;
    }
}
