using System.Globalization;
using AlertDavao.Dashboard.Data.Continuity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Data.Backups;

/// <summary>
/// Puts a backup in the place of what a folder has. First a whole copy is made beside, on the same disk; only then names are
/// changed: what was there goes into a folder of its own and is never deleted, the copy takes its place. Until the last name a
/// mark keeps the product from starting on half of it; the same command again goes on from wherever it was stopped.
/// The database gets a new epoch: numbers of before mean other reports from now on.
/// </summary>
internal sealed class Restore(StorageOptions storage, FolderLock folderLock, CheckBackup check, TimeProvider time)
{
    private const string Staged = "restore.staged";
    private const string AsideName = "before-restore-";

    private static readonly string[] BesideTheDatabase = ["", "-wal", "-shm"];

    /// <exception cref="BackupRefused">The backup is not whole; nothing was touched.</exception>
    /// <exception cref="StartRefused">The product is running on this folder.</exception>
    public Restored Run(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        folderLock.Take();
        var manifest = check.Run(folder);
        var staged = Path.Combine(storage.Path, Staged);
        if (Directory.Exists(staged))
            Directory.Delete(staged, recursive: true);
        Stage(manifest, folder, staged);

        using (var mark = File.Create(Path.Combine(storage.Path, FolderLock.Unfinished)))
            mark.Flush(flushToDisk: true);
        var aside = MoveAside();
        PutInPlace(staged);
        File.Delete(Path.Combine(storage.Path, FolderLock.Unfinished));
        return new Restored(manifest, aside);
    }

    private static void Stage(BackupManifest manifest, string folder, string staged)
    {
        BackupFile.MakeFolder(staged);
        foreach (var file in manifest.Files)
        {
            if (BackupFile.Copy(Path.Combine(folder, file.Path), staged, file.Path) != file)
                throw new BackupRefused($"A file of the backup is not as it was backed up: {file.Path}");
            if (file.Path.StartsWith(EvidenceStore.FolderName, StringComparison.Ordinal) && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(Path.Combine(staged, file.Path), UnixFileMode.UserRead);
        }

        using var db = BackupDatabase.Open(Path.Combine(staged, BackupDatabase.FileName), SqliteOpenMode.ReadWrite);
        var epoch = DatabaseMark.NewEpoch();
        db.Marks.ExecuteUpdate(marks => marks.SetProperty(mark => mark.Epoch, epoch));
        new HighWaterFile(staged).Write(WaterLevel.Of(db));
    }

    /// <returns>The folder that has it now; null when there was nothing.</returns>
    private string? MoveAside()
    {
        var present = BesideTheDatabase.Select(end => storage.Database + end)
            .Concat(HighWaterFile.Names.Append(EvidenceStore.FolderName).Append(StorageOptions.KeysFolder).Select(name => Path.Combine(storage.Path, name)))
            .Where(path => File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Any()))
            .ToList();
        if (present.Count == 0)
            return null;

        var aside = Aside();
        BackupFile.MakeFolder(aside);
        foreach (var path in present)
            Move(path, Path.Combine(aside, Path.GetFileName(path)));
        return aside;
    }

    // Two within a second are two.
    private string Aside()
    {
        var name = Path.Combine(storage.Path, AsideName + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        return Enumerable.Range(1, int.MaxValue).Select(at => at == 1 ? name : $"{name}-{at}").First(path => !Directory.Exists(path));
    }

    // The database last: without it nothing here is taken for a whole.
    private void PutInPlace(string staged)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(staged).OrderBy(path => Path.GetFileName(path) == BackupDatabase.FileName).ToList())
        {
            var name = Path.GetFileName(path);
            var to = name == BackupDatabase.FileName ? storage.Database : Path.Combine(storage.Path, name);
            // What is left of it is empty: the start makes these folders before anything is known.
            if (Directory.Exists(to))
                Directory.Delete(to, recursive: true);
            Move(path, to);
        }

        Directory.Delete(staged);
    }

    private static void Move(string from, string to)
    {
        if (Directory.Exists(from))
            Directory.Move(from, to);
        else
            File.Move(from, to);
    }
}

/// <param name="Aside">Where what was there before is kept; null when there was nothing.</param>
internal sealed record Restored(BackupManifest Manifest, string? Aside);
