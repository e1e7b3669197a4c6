using AlertDavao.Dashboard.Mail;
using Microsoft.AspNetCore.Identity;

namespace AlertDavao.Dashboard.Accounts;

internal static class AccountLinksFeature
{
    /// <summary>Invitations, resets, and what a password must not be.</summary>
    public static void AddAccountLinks(this WebApplicationBuilder builder)
    {
        builder.AddMail();
        var services = builder.Services;
        services.AddSingleton(LinkAddress.From(builder.Configuration, builder.Environment));
        services.AddScoped<IPasswordValidator<Account>, GuessablePasswords>();
        services.AddSingleton<DeliverLink>();
        services.AddSingleton<SendAccountLink>();
        services.AddSingleton<ResetRequests>();
        services.AddHostedService(provider => provider.GetRequiredService<ResetRequests>());
        services.AddSingleton<AskReset>();
        services.AddScoped<InviteOfficer>();
        services.AddScoped<UseLink>();
    }
}
