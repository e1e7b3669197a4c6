using AlertDavao.Dashboard;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Audit;
using AlertDavao.Dashboard.Bench;
using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Data.Backups;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Dashboard.Intake;
using AlertDavao.Dashboard.Limits;
using AlertDavao.Dashboard.Map;
using AlertDavao.Dashboard.Meters;
using AlertDavao.Dashboard.Operations;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Dashboard.Roster;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Dashboard.Stations;
using AlertDavao.Dashboard.Territory;
using Microsoft.AspNetCore.Connections;

Runtime.Prepare(isServer: !CommandLine.IsVerb(args));
try
{
    // The settings file lies beside the program, whichever folder it is started from.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.Services.AddMeters();
    builder.AddShell();
    builder.AddData();
    builder.AddLimits();
    builder.AddAccounts();
    builder.AddIntake();
    builder.Services.AddStations();
    builder.Services.AddMap(builder.Configuration);
    builder.Services.AddBoard(builder.Configuration);
    builder.Services.AddReports(builder.Configuration);
    builder.Services.AddReportList();
    builder.Services.AddRoster();
    builder.Services.AddTerritory();
    builder.Services.AddAudit();
    builder.AddOperations();
    builder.AddDemo();
    // Last: it stands before what the others have registered.
    builder.AddManyScreens();

    await using var app = builder.Build();
    if (BackupVerbs.Has(args))
        return BackupVerbs.Run(args, app.Services);

    app.Services.PrepareDatabase(serves: !CommandLine.IsVerb(args));
    if (CommandLine.IsVerb(args))
        return await CommandLine.Run(args, app.Services);

    app.Services.PrepareDemo();
    app.Services.GetRequiredService<TrustedProxies>().Use(app);
    app.UseFeeds();
    app.UseShell();
    app.MapShell();
    app.MapAccounts();
    app.MapBoard();
    app.MapIntake();
    app.MapStations();
    app.MapReports();
    app.MapCityMap();
    app.MapReportList();
    app.MapAudit();
    app.MapRoster();
    app.MapTerritory();
    app.MapOperations();
    app.MapBench();
    app.GreetWhenStarted();
    await app.RunAsync();
    return 0;
}
catch (SettingMissing setting)
{
    await Console.Error.WriteLineAsync($"AlertDavao does not start. {setting.Message}");
    return 1;
}
catch (StartRefused refused)
{
    await Console.Error.WriteLineAsync($"AlertDavao does not start. {refused.Message}");
    return 1;
}
catch (IOException busy) when (busy.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync($"AlertDavao does not start. {busy.Message} Choose another with --urls.");
    return 1;
}
