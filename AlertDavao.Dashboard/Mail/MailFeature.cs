namespace AlertDavao.Dashboard.Mail;

internal static class MailFeature
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(MailOptions.Of(builder.Configuration, builder.Environment));
        builder.Services.AddSingleton<MailQueue>();
        builder.Services.AddHostedService<MailSender>();
    }
}
