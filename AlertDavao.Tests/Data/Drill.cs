using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Data.Backups;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;

namespace AlertDavao.Tests.Data;

/// <summary>A folder of the product and backups of it, as an operator has them.</summary>
internal sealed class Drill : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertdavao-drill-").FullName;

    public Drill() => StoreTemplate.CopyTo(Storage);

    public string Storage => Path.Combine(_folder, "storage");

    public string Database => Path.Combine(Storage, "alertdavao.db");

    /// <summary>Where the backup goes.</summary>
    public string Backup => Path.Combine(_folder, "backups", "first");

    public IEnumerable<string> Asides => Directory.EnumerateDirectories(Storage, "before-restore-*");

    public TestApp Start() => TestApp.Start(new() { ["Storage:Path"] = Storage });

    /// <summary>
    /// Waits until nobody has the database open. Every program that ends in this process closes the connections that the pools
    /// keep, others' too: one that ended may have been left with none to close while another still closes its own.
    /// </summary>
    public Task IsClosed() => Eventually.Holds(() => !File.Exists(Database + "-wal") && !File.Exists(Database + "-shm"), "nobody has the database open");

    /// <summary>A verb as a process of its own.</summary>
    public Task<BuiltProgram.Ended> Verb(params string[] arguments) => BuiltProgram.Run(new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Storage__Path"] = Storage,
    }, "", arguments);

    /// <summary>A verb's use case in this process.</summary>
    public BackUp NewBackUp()
    {
        var options = Options();
        return new(options, new EvidenceStore(options), new FolderLock(options), new DatabaseIntegrity(options), TimeProvider.System);
    }

    /// <inheritdoc cref="NewBackUp"/>
    public CheckBackup NewCheck() => new(new EvidenceStore(Options()));

    /// <summary>Runs in this process, with the folder's lock while it does.</summary>
    public Restored Restore()
    {
        using var alone = new FolderLock(Options());
        return new Restore(Options(), alone, NewCheck(), TimeProvider.System).Run(Backup);
    }

    public StorageOptions Options() => StorageOptions.From(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Storage:Path"] = Storage }).Build(),
        new HostingEnvironment { EnvironmentName = "Development" });

    public AlertDavaoDb Db() => BackupDatabase.Open(Database, SqliteOpenMode.ReadWrite);

    /// <summary>Numbers of each log are 1 to n, and every report stands where its log says.</summary>
    public void ShouldHaveNoGap()
    {
        using var db = Db();
        foreach (var log in db.StationLogs.AsNoTracking().ToList())
        {
            var numbers = db.StationEntries.Where(entry => entry.Log == log.Code).Select(entry => entry.Number).ToList();
            numbers.Order().Should().Equal(Enumerable.Range(1, (int)log.LastNumber).Select(number => (long)number), log.Code);
        }

        db.Reports.Count(report => !db.StationEntries.Any(entry => entry.ReportId == report.Id && entry.Number == report.LogNumber)).Should().Be(0);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
