using System.Security.Cryptography;

namespace AlertDavao.Dashboard.Data;

/// <summary>One row that says which database this is.</summary>
internal sealed class DatabaseMark
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    /// <summary>Random, made with the database, renewed where it may be a copy: cursors of another epoch are void.</summary>
    public required long Epoch { get; init; }

    /// <summary>Names the set of barangay boundaries in force.</summary>
    public required string BoundaryVersion { get; set; }

    /// <summary>Another epoch than any before; zero is the empty cursor's.</summary>
    public static long NewEpoch() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) | 1;
}
