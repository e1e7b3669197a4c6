using System.Text.Json;

namespace AlertDavao.Dashboard.Data.Continuity;

/// <summary>
/// What the database had got to, kept beside it: it stays when the database alone is replaced by an older copy. Two files, the
/// level and an empty one that says that the level may be behind; where the second is not there, the first is exact.
/// </summary>
internal sealed class HighWaterFile(string folder)
{
    private readonly string _level = Path.Combine(folder, Names[0]);
    private readonly string _behind = Path.Combine(folder, Names[1]);

    /// <summary>The names of the two.</summary>
    public static IReadOnlyList<string> Names { get; } = ["high-water.json", "high-water.behind"];

    public bool Exists => File.Exists(_level);

    public bool IsBehind => File.Exists(_behind);

    /// <summary>What was written last; null when there is none or it cannot be read.</summary>
    public WaterLevel? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<WaterLevel>(File.ReadAllBytes(_level)) is { Logs.IsDefault: false } level ? level : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>It is on the disk when this returns, whole or as it was.</summary>
    public void Write(WaterLevel level)
    {
        var next = _level + ".next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, level);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, _level, overwrite: true);
    }

    /// <summary>From now on the level may be behind. Not waited for on the disk: the system has it, and outlives the process.</summary>
    public void FallBehind() => File.Create(_behind).Dispose();

    /// <summary>The level is exact.</summary>
    public void CatchUp() => File.Delete(_behind);
}
