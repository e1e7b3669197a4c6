namespace AlertDavao.Dashboard.Data;

/// <summary>A question to the list of all reports that one officer keeps under a name; nobody else sees it.</summary>
internal sealed class SavedView
{
    /// <summary>Characters of <see cref="Name"/> at most.</summary>
    public const int MaxName = 40;

    /// <summary>Characters of <see cref="Query"/> at most.</summary>
    public const int MaxQuery = 1_000;

    /// <summary>Of one officer.</summary>
    public const int Most = 20;

    public required Guid Id { get; init; }

    public required Guid OfficerId { get; init; }

    /// <summary>Typed by a person; an officer has each name once, whatever its case.</summary>
    public required string Name { get; init; }

    /// <summary>The filter as it stands in the address, with its question mark. It was read and written anew, and widens no scope.</summary>
    public required string Query { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
