using Microsoft.Data.Sqlite;

namespace AlertDavao.Dashboard.Data;

/// <summary>Where the product keeps what it owns (<c>Storage:Path</c>) and how it reaches its database.</summary>
internal sealed class StorageOptions
{
    public const string KeysFolder = "keys";

    private const string DatabaseFile = "alertdavao.db";

    /// <summary>Folders of what nobody else may read.</summary>
    public const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private StorageOptions(string path, string connectionString)
    {
        Path = path;
        ConnectionString = connectionString;
        Database = System.IO.Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);
    }

    /// <summary>An absolute folder that exists: database, keys, evidence.</summary>
    public string Path { get; }

    public string ConnectionString { get; }

    /// <summary>The database's file.</summary>
    public string Database { get; }

    public string Keys => System.IO.Path.Combine(Path, KeysFolder);

    /// <exception cref="SettingMissing">A setting is missing or not supported; the message names it.</exception>
    public static StorageOptions From(IConfiguration configuration, IHostEnvironment environment)
    {
        var provider = configuration["Database:Provider"];
        if (!string.IsNullOrEmpty(provider) && !provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
            throw new SettingMissing("Database:Provider", "only Sqlite is supported");

        var path = configuration["Storage:Path"];
        if (string.IsNullOrWhiteSpace(path))
        {
            if (!environment.IsDevelopment())
                throw new SettingMissing("Storage:Path", "a folder for the database and the keys is required outside Development");
            path = System.IO.Path.Combine(RepositoryRoot(), "App_Data");
        }

        path = Usable(path);
        Close(System.IO.Path.Combine(path, KeysFolder));
        var connection = configuration["Database:ConnectionString"];
        return new StorageOptions(path, string.IsNullOrWhiteSpace(connection)
            ? $"Data Source={System.IO.Path.Combine(path, DatabaseFile)};Default Timeout=5"
            : connection);
    }

    private static string Usable(string path)
    {
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingMissing("Storage:Path", $"this folder cannot be used: {path}");
        }
    }

    // Who reads the keys can make any cookie: the folder is the program's own user's.
    private static void Close(string keys)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(keys);
        else if (Directory.Exists(keys))
            File.SetUnixFileMode(keys, OwnersAlone);
        else
            Directory.CreateDirectory(keys, OwnersAlone);
    }

    // In Development the database stands beside the solution, whichever folder the program is started from.
    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "AlertDavao.sln")))
                return folder.FullName;
        }

        return AppContext.BaseDirectory;
    }
}
