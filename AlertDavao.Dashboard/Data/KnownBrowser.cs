namespace AlertDavao.Dashboard.Data;

/// <summary>
/// A browser that an officer has signed in with before. It has its own small count of wrong tries, so that strangers' tries
/// do not lock the officer out of it.
/// </summary>
internal sealed class KnownBrowser
{
    public required Guid Id { get; init; }

    public required Guid OfficerId { get; init; }

    /// <summary>SHA-256 of the key that the browser holds; a desk that officers share has one key and a row for each.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>Wrong tries since the last sign-in.</summary>
    public int Tries { get; set; }

    public required DateTimeOffset SeenAt { get; set; }
}
