namespace AlertDavao.Dashboard.Data;

/// <summary>A code that an officer wrote down, for the day the authenticator app is gone. It opens once.</summary>
internal sealed class RecoveryCode
{
    public required Guid Id { get; init; }

    public required Guid OfficerId { get; init; }

    /// <summary>SHA-256 of the code, which is random: who reads the database cannot sign in with it.</summary>
    public required byte[] Hash { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}
