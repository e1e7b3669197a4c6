namespace AlertDavao.Dashboard.Data;

/// <summary>A program that may submit reports, known by its key. The key itself is never stored.</summary>
internal sealed class IntakeClient
{
    /// <summary>Characters of <see cref="Name"/> at most.</summary>
    public const int MaxName = 80;

    /// <summary>Keys in force at most: they are all held in memory.</summary>
    public const int MostLive = 50;

    /// <summary>The highest limit of its own that a key may have, in requests a minute.</summary>
    public const int MostPerMinute = 100_000;

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>SHA-256 of the key. Keys are 256 random bits, so a slow hash would add nothing.</summary>
    public required byte[] KeyHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When it was used last, as exact as a minute; null before the first time.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>Requests a minute; null for what <c>Limits:IntakePerKeyPerMinute</c> says.</summary>
    public int? PerMinute { get; init; }

    /// <summary>The demo's own client: its reports are marked as demo and have no rate limit.</summary>
    public bool IsDemo { get; init; }
}
