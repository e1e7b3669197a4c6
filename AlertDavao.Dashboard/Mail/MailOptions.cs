using AlertDavao.Dashboard.Data;
using MimeKit;

namespace AlertDavao.Dashboard.Mail;

/// <summary>The server that takes our mail; without a host there is none.</summary>
internal sealed record MailOptions(string? Host, int Port, MailboxAddress? From)
{
    public string? User { get; private init; }

    public string? Password { get; private init; }

    /// <summary>Whether the connection must be encrypted before anything is said; without it nothing is.</summary>
    public bool StartTls { get; private init; }

    public bool IsOn => Host is not null;

    /// <exception cref="SettingMissing">The settings do not make a server that mail can be given to.</exception>
    public static MailOptions Of(IConfiguration configuration, IHostEnvironment environment)
    {
        var port = configuration.Within("Smtp:Port", 587, 1, 65535);
        var startTls = configuration.Flag("Smtp:StartTls", true);
        if (configuration["Smtp:Host"] is not { Length: > 0 } host)
            return new MailOptions(null, port, null);
        if (!MailboxAddress.TryParse(configuration["Smtp:From"], out var from) || !from.Address.Contains('@', StringComparison.Ordinal))
            throw new SettingMissing("Smtp:From", "must be the sender's address where Smtp:Host is set");
        var user = configuration["Smtp:User"] is { Length: > 0 } named ? named : null;
        if (user is not null && !startTls && environment.IsProduction())
            throw new SettingMissing("Smtp:StartTls", "must be true where Smtp:User is set: the password would travel open");
        return new MailOptions(host, port, from) { User = user, Password = configuration["Smtp:Password"] ?? "", StartTls = startTls };
    }
}
