using System.Collections.Immutable;
using System.Text.Json;

namespace AlertDavao.Dashboard.Data.Backups;

/// <summary>What a backup says of itself.</summary>
internal sealed record BackupManifest
{
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>The version of the product that made it.</summary>
    public required string Product { get; init; }

    /// <summary>The newest migration of its database.</summary>
    public required string Schema { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    public required long Epoch { get; init; }

    /// <summary>The last number of each log.</summary>
    public required ImmutableSortedDictionary<string, long> Logs { get; init; }

    public required int Reports { get; init; }

    /// <summary>Originals, not counting their viewing copies.</summary>
    public required int EvidenceFiles { get; init; }

    /// <summary>Everything but this file.</summary>
    public required ImmutableArray<BackupFile> Files { get; init; }

    public long Bytes() => Files.Sum(file => file.Bytes);

    /// <summary>In words, for the console.</summary>
    public string Content() => $"{Reports:N0} reports, {EvidenceFiles:N0} evidence files, {Bytes():N0} bytes";

    public void Write(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew, FileAccess.Write);
        JsonSerializer.Serialize(file, this, Readable);
        file.Flush(flushToDisk: true);
    }

    /// <exception cref="BackupRefused">There is none that can be read.</exception>
    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new BackupRefused($"There is no backup in {folder}: it has no {FileName}.");
        return Parse(File.ReadAllBytes(path)) is { Files.IsDefault: false, Logs: not null } manifest
            ? manifest
            : throw new BackupRefused($"The backup's {FileName} cannot be read.");
    }

    private static BackupManifest? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
