using System.Globalization;

namespace AlertDavao.Dashboard.Data;

/// <summary>The program cannot start with these settings.</summary>
/// <param name="key">The setting's name as one writes it, e.g. <c>Storage:Path</c>.</param>
internal sealed class SettingMissing(string key, string why) : Exception($"Setting {key}: {why}.");

internal static class Settings
{
    /// <summary>A yes-or-no setting.</summary>
    /// <exception cref="SettingMissing">It is set to something else than true or false.</exception>
    public static bool Flag(this IConfiguration configuration, string key, bool byDefault)
        => configuration[key] is not { Length: > 0 } text ? byDefault
            : bool.TryParse(text, out var value) ? value
            : throw new SettingMissing(key, "must be true or false");

    /// <summary>A whole number.</summary>
    /// <exception cref="SettingMissing">It is set to something else than a number from <paramref name="min"/> to <paramref name="max"/>.</exception>
    public static int Within(this IConfiguration configuration, string key, int byDefault, int min, int max)
        => configuration[key] is not { Length: > 0 } text ? byDefault
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value
            : throw new SettingMissing(key, $"must be {min} to {max}");
}
