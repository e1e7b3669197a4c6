using System.Collections.Immutable;
using System.Reflection;
using AlertDavao.Dashboard.Data.Continuity;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Data.Backups;

/// <summary>
/// Makes a backup while the product may be running in another process: the database as of one moment, then every file that a
/// row of it names (a row always has its file, so copying them afterwards misses none), then the keys. It gets its name when
/// it is whole, so that half of one is never taken for one.
/// </summary>
internal sealed class BackUp(StorageOptions storage, EvidenceStore evidence, FolderLock folderLock, DatabaseIntegrity integrity, TimeProvider time)
{
    /// <param name="folder">A path that does not exist yet, or an empty folder.</param>
    /// <exception cref="BackupRefused">It cannot be made; nothing is left of it.</exception>
    /// <exception cref="StartRefused">The database is damaged.</exception>
    public BackupManifest Run(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new BackupRefused($"This folder is not empty: {folder}");
        if (!File.Exists(storage.Database))
            throw new BackupRefused($"There is no database: {storage.Database}");

        integrity.CheckUnlessServed(folderLock);
        var partial = $"{folder}.partial-{Guid.NewGuid():N}";
        try
        {
            BackupFile.MakeFolder(partial);
            var manifest = Fill(partial);
            manifest.Write(partial);
            if (Directory.Exists(folder))
                Directory.Delete(folder);
            Directory.Move(partial, folder);
            return manifest;
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    private BackupManifest Fill(string folder)
    {
        var takenAt = time.GetUtcNow();
        var path = Path.Combine(folder, BackupDatabase.FileName);
        BackupDatabase.Copy(storage.Database, path);
        BackupDatabase.ShouldBeWhole(path);
        using var db = BackupDatabase.Open(path);
        var files = ImmutableArray.CreateBuilder<BackupFile>();
        files.Add(BackupFile.Of(folder, BackupDatabase.FileName));
        var originals = 0;
        foreach (var file in db.Evidence.AsNoTracking().Select(file => new { file.Id, file.Sha256 }))
        {
            CopyEvidence(file.Id, file.Sha256, folder, files);
            originals++;
        }

        foreach (var key in Directory.EnumerateFiles(storage.Keys))
            files.Add(BackupFile.Copy(key, folder, $"{StorageOptions.KeysFolder}/{Path.GetFileName(key)}"));

        var level = WaterLevel.Of(db);
        return new BackupManifest
        {
            Product = typeof(BackUp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            Schema = db.Database.GetAppliedMigrations().Last(),
            TakenAt = takenAt,
            Epoch = level.Epoch,
            Logs = level.Logs.ToImmutableSortedDictionary(log => log.Log, log => log.Number, StringComparer.Ordinal),
            Reports = db.Reports.Count(),
            EvidenceFiles = originals,
            Files = files.ToImmutable(),
        };
    }

    private void CopyEvidence(Guid id, byte[] sha256, string folder, ImmutableArray<BackupFile>.Builder files)
    {
        var original = evidence.Original(id);
        var path = evidence.Within(original);
        if (!File.Exists(original))
            throw new BackupRefused($"A file of a report is missing: {path}");
        var copy = BackupFile.Copy(original, folder, path);
        if (copy.Sha256 != Convert.ToHexStringLower(sha256))
            throw new BackupRefused($"A file of a report is not what was received (its hash is another): {path}");
        files.Add(copy);
        if (File.Exists(evidence.View(id)))
            files.Add(BackupFile.Copy(evidence.View(id), folder, evidence.Within(evidence.View(id))));
    }
}
