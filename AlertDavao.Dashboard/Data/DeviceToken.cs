namespace AlertDavao.Dashboard.Data;

/// <summary>
/// What a wallboard or a patrol's tablet reads the board with on an officer's behalf: a secret of its own, good for the
/// board and the feed alone. It sees what its officer sees now.
/// </summary>
internal sealed class DeviceToken
{
    /// <summary>Characters of <see cref="Label"/> at most.</summary>
    public const int MaxLabel = 80;

    /// <summary>Of one officer, neither revoked nor over.</summary>
    public const int MostLive = 10;

    public required Guid Id { get; init; }

    public required Guid OfficerId { get; init; }

    /// <summary>What the officer calls the device; typed by a person.</summary>
    public required string Label { get; init; }

    /// <summary>SHA-256 of the secret: 256 random bits, so a slow hash would add nothing.</summary>
    public required byte[] SecretHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was used last, as exact as a minute; null before the first time.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Null for one that stands until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
