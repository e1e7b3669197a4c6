namespace AlertDavao.Dashboard.Data;

/// <summary>
/// One sign-in of an officer on one browser. The browser holds a key to it and nothing else; while the row stands and its
/// time runs, the key opens.
/// </summary>
internal sealed class OfficerSession
{
    /// <summary>Characters of <see cref="Label"/> at most.</summary>
    public const int MaxLabel = 80;

    /// <summary>However active: after it the officer says again who they are.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>Of a session that may only set up a second step.</summary>
    public static readonly TimeSpan LongestSetUp = TimeSpan.FromMinutes(30);

    /// <summary>So long before the end it is announced, and may be renewed in place.</summary>
    public static readonly TimeSpan Announced = TimeSpan.FromMinutes(15);

    public required Guid Id { get; init; }

    public required Guid OfficerId { get; init; }

    /// <summary>SHA-256 of the key; who reads the database cannot sign in with it.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>The account's security stamp at the sign-in: a password that is changed ends the session, whoever changed it.</summary>
    public required string Stamp { get; init; }

    /// <summary>Which device, in a few words made of what the browser says of itself, e.g. "Chrome on Windows".</summary>
    public required string Label { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When anything came from it last; as exact as a minute.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When its officer last touched anything, or said who they are; as exact as a minute. Past the idle time the session is locked.</summary>
    public required DateTimeOffset LastInputAt { get; set; }

    public required DateTimeOffset EndsAt { get; set; }

    /// <summary>It may do nothing but set up a second step: the account must have one, and has none.</summary>
    public bool SetsUp { get; init; }

    /// <summary>Ended before its time.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
