using AlertDavao.Dashboard.Data.Backups;
using AlertDavao.Dashboard.Data.Continuity;
using AlertDavao.Dashboard.Data.Seed;
using AlertDavao.Dashboard.Meters;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace AlertDavao.Dashboard.Data;

internal static class DataFeature
{
    public static void AddData(this WebApplicationBuilder builder)
    {
        CountNoMemory();
        var storage = StorageOptions.From(builder.Configuration, builder.Environment);
        var services = builder.Services;
        services.AddSingleton(storage);
        services.AddSingleton<FolderLock>();
        services.AddSingleton<BackUp>();
        services.AddSingleton<CheckBackup>();
        services.AddSingleton<Restore>();
        services.AddSingleton<DatabaseIntegrity>();
        services.AddSingleton<CommitsUnderWay>();
        services.AddPooledDbContextFactory<AlertDavaoDb>((provider, options) => options
            .UseSqlite(storage.ConnectionString)
            .AddInterceptors(
                new SqlitePragmas(),
                provider.GetRequiredService<DatabaseIntegrity>(),
                new CommitInterceptor(provider.GetRequiredService<CommitsUnderWay>())));
        services.AddSingleton<EvidenceStore>();
        services.AddSingleton<ReporterSeal>();
        // Before the writer, so that it is stopped after it and sees what was written last.
        services.AddSingleton<HighWater>();
        services.AddHostedService(provider => provider.GetRequiredService<HighWater>());
        services.AddSingleton<Stepper>(Statement.Step);
        services.AddSingleton<Writer>();
        services.AddHostedService(provider => provider.GetRequiredService<Writer>());
        services.AddHostedService<Checkpoints>();
        services.AddSingleton(provider => CityBook.Read(provider.GetRequiredService<IDbContextFactory<AlertDavaoDb>>()));
        services.AddDataProtection()
            .SetApplicationName("AlertDavao")
            .PersistKeysToFileSystem(new DirectoryInfo(storage.Keys));
    }

    // SQLite would count every piece of memory under one lock that all connections share; nobody asks for the sum. After its
    // first connection it is too late, which is no harm.
    private static void CountNoMemory()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <summary>Creates, migrates and seeds the database; nothing else of the program has started yet.</summary>
    /// <param name="serves">The program is about to serve: it must be alone with the folder, and the database whole.</param>
    /// <exception cref="StartRefused">It is not.</exception>
    public static void PrepareDatabase(this IServiceProvider services, bool serves)
    {
        var integrity = services.GetRequiredService<DatabaseIntegrity>();
        var contexts = services.GetRequiredService<IDbContextFactory<AlertDavaoDb>>();
        var folder = services.GetRequiredService<FolderLock>();
        if (serves)
        {
            folder.TakeToServe();
            integrity.Check();
        }
        else
        {
            integrity.CheckUnlessServed(folder);
        }

        integrity.Run(() => Fill(contexts, serves));
        if (serves)
            services.GetRequiredService<HighWater>().Begin();
        var log = new WriteAheadLog(services.GetRequiredService<StorageOptions>());
        services.GetRequiredService<ProductMeter>().Watch(ProductMeter.WalBytes, "By", "Size of the database's write-ahead log.", () => log.Bytes);
    }

    private static bool Fill(IDbContextFactory<AlertDavaoDb> contexts, bool serves)
    {
        using var db = contexts.CreateDbContext();
        db.Database.Migrate();
        CitySeed.Fill(db);
        // What a program that ended in the middle of a flood had not filed yet; one that serves files its own.
        if (serves)
            SearchIndex.Fill(db);
        return true;
    }
}
