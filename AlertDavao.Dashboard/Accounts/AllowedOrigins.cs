using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>Origins that are as good as our own at the hub's door (<c>Security:AllowedOrigins</c>), e.g. <c>https://board.davao.example</c>.</summary>
internal sealed record AllowedOrigins(IReadOnlyList<string> All)
{
    private const string Key = "Security:AllowedOrigins";

    /// <exception cref="SettingMissing">One is no origin, or stands open to whoever is on the line in Production.</exception>
    public static AllowedOrigins From(IConfiguration configuration, IHostEnvironment environment)
    {
        var all = configuration.GetSection(Key).Get<string[]>() ?? [];
        foreach (var origin in all)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
                || !string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase))
                throw new SettingMissing(Key, $"not an origin like https://board.example: {origin}");
            if (environment.IsProduction() && uri.Scheme != "https")
                throw new SettingMissing(Key, $"must be https in Production: {origin}");
        }

        return new AllowedOrigins(all);
    }

    public bool Includes(string origin) => All.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
