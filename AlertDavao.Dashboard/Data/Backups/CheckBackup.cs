using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Data.Backups;

/// <summary>Says whether a backup is whole and can be put back by this version, without touching anything else.</summary>
internal sealed class CheckBackup(EvidenceStore evidence)
{
    /// <exception cref="BackupRefused">It is not; the message names the file.</exception>
    public BackupManifest Run(string folder)
    {
        folder = Path.GetFullPath(folder);
        var manifest = BackupManifest.Read(folder);
        foreach (var file in manifest.Files)
            ShouldBe(file, folder);
        if (!manifest.Files.Any(file => file.Path == BackupDatabase.FileName))
            throw new BackupRefused($"The backup has no {BackupDatabase.FileName}.");

        var path = Path.Combine(folder, BackupDatabase.FileName);
        BackupDatabase.ShouldBeWhole(path);
        using var db = BackupDatabase.Open(path);
        if (!db.Database.GetMigrations().Contains(manifest.Schema))
            throw new BackupRefused($"The backup was made by a newer AlertDavao ({manifest.Product}); install that one first.");
        ShouldHaveItsEvidence(db, manifest);
        return manifest;
    }

    private static void ShouldBe(BackupFile file, string folder)
    {
        var path = Path.GetFullPath(Path.Combine(folder, file.Path));
        if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new BackupRefused($"The backup names a file outside of itself: {file.Path}");
        if (!File.Exists(path))
            throw new BackupRefused($"A file of the backup is missing: {file.Path}");
        if (BackupFile.Of(folder, file.Path) != file)
            throw new BackupRefused($"A file of the backup is not as it was backed up: {file.Path}");
    }

    private void ShouldHaveItsEvidence(AlertDavaoDb db, BackupManifest manifest)
    {
        var sums = manifest.Files.ToDictionary(file => file.Path, file => file.Sha256, StringComparer.Ordinal);
        foreach (var file in db.Evidence.AsNoTracking().Select(file => new { file.Id, file.Sha256 }))
        {
            var path = evidence.Within(evidence.Original(file.Id));
            if (sums.GetValueOrDefault(path) != Convert.ToHexStringLower(file.Sha256))
                throw new BackupRefused($"A report's file is not in the backup: {path}");
        }
    }
}
