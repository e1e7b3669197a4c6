using System.Text.Encodings.Web;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Which endpoints an officer's devices may ask: those with <see cref="Policy"/> and no other. Everywhere else a token is
/// not even looked at, so its bearer is anonymous.
/// </summary>
internal static class DeviceTokens
{
    /// <summary>Begins every token, so that one that lies about somewhere is recognised.</summary>
    public const string Prefix = "adt_";

    /// <summary>A session's cookie or a device's token.</summary>
    public const string Policy = "officer-or-device";

    public const string Scheme = "device";

    // Who says that they come with a token comes with nothing else: a wrong one is not saved by a cookie.
    private const string EitherScheme = "session-or-device";

    public static void AddDeviceTokens(this IServiceCollection services)
    {
        services.AddSingleton<DeviceDirectory>();
        services.AddSingleton<Callers>();
        services.AddHostedService<DeviceWatch>();
        services.AddSingleton<IssueDevice>();
        services.AddSingleton<RevokeDevice>();
        services.AddSingleton<ReadDevices>();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, DeviceTokenHandler>(Scheme, null)
            .AddPolicyScheme(EitherScheme, null, either => either.ForwardDefaultSelector = http
                => http.Request.Headers.Authorization.Count > 0 ? Scheme : SessionCookie.Scheme);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policy, new AuthorizationPolicyBuilder(EitherScheme).RequireAuthenticatedUser().Build());
    }
}

/// <summary>Reads <c>Authorization: Bearer adt_...</c>.</summary>
internal sealed class DeviceTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, DeviceDirectory devices)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Bearer = "Bearer ";
    private const int MaxLength = 64;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());

        // An intake's key does not get as far as the database.
        var secret = header[Bearer.Length..].Trim();
        var user = secret.Length <= MaxLength && secret.StartsWith(DeviceTokens.Prefix, StringComparison.Ordinal) ? devices.Find(secret) : null;
        return Task.FromResult(user is null ? AuthenticateResult.NoResult() : AuthenticateResult.Success(new AuthenticationTicket(user, Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }
}
