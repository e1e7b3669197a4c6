namespace AlertDavao.Dashboard.Data;

/// <summary>SQLite's file beside the database: it grows while a reader keeps it from being taken into the database.</summary>
internal sealed class WriteAheadLog(StorageOptions storage)
{
    private readonly string _path = storage.Database + "-wal";

    /// <summary>Its size; 0 while there is none.</summary>
    public long Bytes => new FileInfo(_path) is { Exists: true } file ? file.Length : 0;
}
