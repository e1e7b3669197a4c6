namespace AlertDavao.Domain.Officers;

/// <summary>A person who signs in. What one sees and may do comes from <see cref="Duty"/> records alone.</summary>
public sealed class Officer
{
    private Officer() { }

    public Officer(Guid id, string name)
    {
        Id = id;
        Name = name;
    }

    /// <summary>The same id as the sign-in account's.</summary>
    public Guid Id { get; private set; }

    /// <summary>As colleagues read it, e.g. "R. Santos".</summary>
    public string Name { get; private set; } = "";

    public string? Rank { get; init; }

    public string? Badge { get; init; }

    /// <summary>Bumped in the transaction that changes any of the officer's duties; a scope of another version is void.</summary>
    public long ScopeVersion { get; private set; } = 1;

    public void DutiesChanged() => ScopeVersion++;
}
