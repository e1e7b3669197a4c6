namespace AlertDavao.Dashboard.Data;

/// <summary>A link that was sent to an officer and sets a password, once.</summary>
internal sealed class AccountLink
{
    public required Guid Id { get; init; }

    public required Guid OfficerId { get; init; }

    public required AccountLinkKind Kind { get; init; }

    /// <summary>SHA-256 of the token, which is random: who reads the database cannot use the link.</summary>
    public required byte[] Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Brought forward when a newer link takes its place.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>What a link is for. The numbers are stored.</summary>
internal enum AccountLinkKind
{
    /// <summary>The first password of a new account.</summary>
    Invitation = 1,

    /// <summary>Another password in place of a forgotten one.</summary>
    Reset = 2,
}
