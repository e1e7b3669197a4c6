using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AlertDavao.Dashboard.Data.Backups;

/// <summary>What an operator types to make, look at and put back a backup. None of it prepares or migrates the database.</summary>
internal static class BackupVerbs
{
    public const string Backup = "backup";

    public const string Restore = "restore";

    public const string CheckBackup = "check-backup";

    public static bool Has(string[] args) => args is [Backup or Restore or CheckBackup, ..];

    /// <returns>The exit code: 0 done, 1 refused, 2 wrong usage.</returns>
    public static int Run(string[] args, IServiceProvider services)
    {
        var named = new ConfigurationBuilder().AddCommandLine(args[1..]).Build();
        var option = args[0] == Backup ? "to" : "from";
        if (named[option] is not { Length: > 0 } folder)
        {
            Console.Error.WriteLine($"Usage: {args[0]} --{option} <folder>");
            return 2;
        }

        try
        {
            Console.WriteLine(Do(args[0], folder, services));
            return 0;
        }
        catch (Exception e) when (e is BackupRefused or StartRefused or IOException or UnauthorizedAccessException or SqliteException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static string Do(string verb, string folder, IServiceProvider services) => verb switch
    {
        Backup => $"Backed up to {Path.GetFullPath(folder)}: {services.GetRequiredService<BackUp>().Run(folder).Content()}.\n"
            + "It holds the keys that open what is sealed: keep it as secret as the server.",
        CheckBackup => Whole(services.GetRequiredService<CheckBackup>().Run(folder)),
        _ => Done(services.GetRequiredService<Restore>().Run(folder)),
    };

    private static string Whole(BackupManifest manifest) => $"The backup of {Moment(manifest)} is whole: {manifest.Content()}.";

    private static string Done(Restored restored) => $"Restored the backup of {Moment(restored.Manifest)}: {restored.Manifest.Content()}.\n"
        + (restored.Aside is null ? "There was nothing here before." : $"What was here before is kept in {restored.Aside}");

    private static string Moment(BackupManifest manifest)
        => manifest.TakenAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
