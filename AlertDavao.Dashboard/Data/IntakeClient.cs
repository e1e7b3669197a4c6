namespace AlertDavao.Dashboard.Data;

/// <summary>A program that may submit reports, known by its key. The key itself is never stored.</summary>
internal sealed class IntakeClient
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>SHA-256 of the key. Keys are 256 random bits, so a slow hash would add nothing.</summary>
    public required byte[] KeyHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The demo's own client: its reports are marked as demo and have no rate limit.</summary>
    public bool IsDemo { get; init; }
}
