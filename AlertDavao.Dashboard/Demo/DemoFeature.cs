using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Demo;

internal static class DemoFeature
{
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        var options = DemoOptions.From(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(options);
        if (!options.Enabled)
            return;
        builder.Services.AddSingleton<DemoSeed>();
        builder.Services.AddHostedService<Replay>();
    }

    public static void PrepareDemo(this IServiceProvider services) => services.GetService<DemoSeed>()?.Fill();

    /// <summary>Says on the console where the product is and how to get in, once it listens.</summary>
    public static void GreetWhenStarted(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        var options = app.Services.GetRequiredService<DemoOptions>();
        Console.WriteLine(options.Enabled ? Greeting(address, options) : Hint(app.Services, address));
    });

    private static string Greeting(string address, DemoOptions options) => $"""

        AlertDavao is running at {address}
          A station's board    {DemoSeed.Email("officer.ps1")} (.ps2 ... .ps20, .cyber)
          A station's admin    {DemoSeed.Email("admin.ps1")}
          The city desk        {DemoSeed.Email("hq")}
          Without a duty       {DemoSeed.Email("noduty")}
          Password of all      {options.Password}
          Intake key           {options.IntakeKey}
          {(options.ReplayPerMinute == 0
              ? "No incidents are replayed (Demo:ReplayPerMinute is 0)."
              : $"Real incidents are replayed, {options.ReplayPerMinute} a minute; Demo__ReplayPerMinute=0 switches that off.")}
          Ctrl+C stops it.

        """;

    private static string Hint(IServiceProvider services, string address)
    {
        using var db = services.GetRequiredService<IDbContextFactory<AlertDavaoDb>>().CreateDbContext();
        return db.Users.Any()
            ? $"AlertDavao is running at {address}"
            : $"""

              AlertDavao is running at {address}
                Nobody can sign in yet. Create the first city-desk account, with the same settings as this program:
                  AlertDavao.Dashboard {CommandLine.CreateCityDesk} --email <address> --name <name>
                It asks for the password (or reads it from standard input).

              """;
    }
}
