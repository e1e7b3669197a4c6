using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Where links lead. Outside Development never to the host that a request names: whoever asks for somebody's link would
/// choose where it leads, and read the token there.
/// </summary>
/// <param name="address">E.g. <c>https://board.example</c>; null when it is not set.</param>
internal sealed class LinkAddress(string? address, bool isDevelopment)
{
    private const string Setting = "Security:PublicAddress";

    /// <exception cref="SettingMissing">It is no address, or not set where mails need it.</exception>
    public static LinkAddress From(IConfiguration configuration, IHostEnvironment environment)
    {
        if (configuration[Setting] is not { Length: > 0 } text)
        {
            return string.IsNullOrEmpty(configuration["Smtp:Host"])
                ? new LinkAddress(null, environment.IsDevelopment())
                : throw new SettingMissing(Setting, "is required where Smtp:Host is set: the links in mails lead there");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            || uri.PathAndQuery != "/" || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
            throw new SettingMissing(Setting, "must be an address such as https://board.example");
        if (environment.IsProduction() && uri.Scheme != Uri.UriSchemeHttps)
            throw new SettingMissing(Setting, "must begin with https:// in Production");
        return new LinkAddress(uri.GetLeftPart(UriPartial.Authority), environment.IsDevelopment());
    }

    /// <summary>What comes before a link's path; empty when nobody said where the board is reached.</summary>
    public string For(HttpRequest request) => address ?? (isDevelopment ? $"{request.Scheme}://{request.Host}" : "");

    public static string Link(string before, AccountLinkKind kind, string token)
        => $"{before}{(kind == AccountLinkKind.Invitation ? AccountRoutes.Invitation : AccountRoutes.Reset)}?token={token}";
}
