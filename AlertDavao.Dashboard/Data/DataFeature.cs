using AlertDavao.Dashboard.Data.Seed;
using AlertDavao.Dashboard.Meters;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Data;

internal static class DataFeature
{
    public static void AddData(this WebApplicationBuilder builder)
    {
        var storage = StorageOptions.From(builder.Configuration, builder.Environment);
        var services = builder.Services;
        services.AddSingleton(storage);
        services.AddPooledDbContextFactory<AlertDavaoDb>(options => options
            .UseSqlite(storage.ConnectionString)
            .AddInterceptors(new SqlitePragmas()));
        services.AddSingleton<EvidenceStore>();
        services.AddSingleton<ReporterSeal>();
        services.AddSingleton<Writer>();
        services.AddHostedService(provider => provider.GetRequiredService<Writer>());
        services.AddSingleton(provider => CityBook.Read(provider.GetRequiredService<IDbContextFactory<AlertDavaoDb>>()));
        services.AddDataProtection()
            .SetApplicationName("AlertDavao")
            .PersistKeysToFileSystem(new DirectoryInfo(storage.Keys));
    }

    /// <summary>Creates, migrates and seeds the database; nothing else of the program has started yet.</summary>
    public static void PrepareDatabase(this IServiceProvider services)
    {
        using var db = services.GetRequiredService<IDbContextFactory<AlertDavaoDb>>().CreateDbContext();
        db.Database.Migrate();
        CitySeed.Fill(db);
        var log = new WriteAheadLog(services.GetRequiredService<StorageOptions>());
        services.GetRequiredService<ProductMeter>().Watch(ProductMeter.WalBytes, "By", "Size of the database's write-ahead log.", () => log.Bytes);
    }
}
