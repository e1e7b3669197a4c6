using System.Security.Cryptography;

namespace AlertDavao.Dashboard.Data.Backups;

/// <summary>One file of a backup.</summary>
/// <param name="Path">Within the backup, with slashes.</param>
/// <param name="Sha256">Hexadecimal.</param>
internal sealed record BackupFile(string Path, long Bytes, string Sha256)
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int BlockSize = 1 << 17;

    /// <summary>Copies a file into a folder, readable by the owner alone; it is on the disk when this returns.</summary>
    /// <param name="from">An absolute path.</param>
    /// <param name="path">Its path within <paramref name="folder"/>.</param>
    public static BackupFile Copy(string from, string folder, string path)
    {
        var to = System.IO.Path.Combine(folder, path);
        MakeFolder(System.IO.Path.GetDirectoryName(to)!);
        using var source = Open(from);
        using var target = new FileStream(to, New());
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[BlockSize];
        for (var read = source.Read(block); read > 0; read = source.Read(block))
        {
            hash.AppendData(block, 0, read);
            target.Write(block, 0, read);
        }

        target.Flush(flushToDisk: true);
        return new BackupFile(path, target.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>What stands there now.</summary>
    public static BackupFile Of(string folder, string path)
    {
        using var file = Open(System.IO.Path.Combine(folder, path));
        return new BackupFile(path, file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    /// <summary>A folder that only the program's own user can open, with those above it that are missing.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, StorageOptions.OwnersAlone);
    }

    private static FileStream Open(string path)
        => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BlockSize, FileOptions.SequentialScan);

    private static FileStreamOptions New()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerAlone;
        return options;
    }
}
