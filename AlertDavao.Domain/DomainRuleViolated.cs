namespace AlertDavao.Domain;

/// <summary>A rule of the domain was about to be broken; nothing was changed.</summary>
/// <param name="rule">Stable name of the rule, for logs and tests. Never holds what a person typed.</param>
public sealed class DomainRuleViolated(string rule) : Exception($"Domain rule violated: {rule}")
{
    public string Rule { get; } = rule;
}
