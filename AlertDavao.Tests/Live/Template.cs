using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Data.Seed;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Live;

/// <summary>A migrated and seeded database, made once; every test gets a copy of the file.</summary>
internal static class Template
{
    private static readonly Lazy<byte[]> Bytes = new(Make);

    public static string CopyTo(string folder)
    {
        var file = Path.Combine(folder, "alertdavao.db");
        File.WriteAllBytes(file, Bytes.Value);
        return $"Data Source={file};Default Timeout=5";
    }

    private static byte[] Make()
    {
        var folder = Directory.CreateTempSubdirectory("alertdavao-template-").FullName;
        var file = Path.Combine(folder, "alertdavao.db");
        using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            using var db = new AlertDavaoDb(new DbContextOptionsBuilder<AlertDavaoDb>().UseSqlite(connection).Options);
            db.Database.Migrate();
            CitySeed.Fill(db);
        }

        var bytes = File.ReadAllBytes(file);
        Directory.Delete(folder, recursive: true);
        return bytes;
    }
}
