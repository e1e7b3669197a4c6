using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Demo;

/// <summary>The demo: accounts, a key and a replay for trying the product out. Refused in Production.</summary>
internal sealed record DemoOptions(bool Enabled, string Password, string IntakeKey, int OfficersPerStation, int ReplayPerMinute)
{
    public const string DefaultPassword = "Davao-demo-2026!";
    public const string DefaultIntakeKey = "demo-intake-key-0123456789abcdef";
    public const int MaxOfficersPerStation = 1000;
    public const int MaxReplayPerMinute = 6000;

    /// <exception cref="SettingMissing">The demo is switched on in Production, or a figure is out of its bounds.</exception>
    public static DemoOptions From(IConfiguration configuration, IHostEnvironment environment)
    {
        var enabled = configuration.Flag("Demo:Enabled", environment.IsDevelopment());
        if (enabled && environment.IsProduction())
            throw new SettingMissing("Demo:Enabled", "must not be true in Production");

        return new DemoOptions(
            enabled,
            configuration["Demo:Password"] is { Length: > 0 } password ? password : DefaultPassword,
            configuration["Demo:IntakeKey"] is { Length: > 0 } key ? key : DefaultIntakeKey,
            configuration.Within("Demo:OfficersPerStation", 1, 1, MaxOfficersPerStation),
            configuration.Within("Demo:ReplayPerMinute", 30, 0, MaxReplayPerMinute));
    }
}
