using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>How long sessions may do what.</summary>
/// <param name="IdleLock">Without input for so long, a session is locked (<c>Security:IdleLockSeconds</c>); half an hour at most.</param>
internal sealed record SessionOptions(TimeSpan IdleLock)
{
    private const int Longest = 1800;

    /// <exception cref="SettingMissing">The figure is out of its bounds.</exception>
    public static SessionOptions From(IConfiguration configuration)
        => new(TimeSpan.FromSeconds(configuration.Within("Security:IdleLockSeconds", Longest, 5, Longest)));
}
