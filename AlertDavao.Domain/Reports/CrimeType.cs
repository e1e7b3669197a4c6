namespace AlertDavao.Domain.Reports;

/// <summary>Names of crime types: the list of the citizens' app, or free text of 2 to 60 text elements.</summary>
public static class CrimeType
{
    public const int MinLength = 2;
    public const int MaxLength = 60;
    public const int MaxPerReport = 5;

    /// <summary>The citizens' app's 4 categories with their types, in its order.</summary>
    public static readonly IReadOnlyList<(string Category, IReadOnlyList<string> Types)> ByCategory =
    [
        ("Crime Against Persons",
            ["Homicide", "Murder", "Physical Injury", "Sexual Assault", "Rape", "Domestic Violence", "Harassment", "Threats", "Missing Person"]),
        ("Crime Against Property", ["Theft", "Robbery", "Burglary", "Break-in", "Carnapping", "Motornapping"]),
        ("Crime Against Society", ["Fraud", "Cybercrime"]),
        ("Uncategorized", ["Others"]),
    ];

    /// <summary>The same 18 types without their categories.</summary>
    public static readonly IReadOnlyList<string> Listed = [.. ByCategory.SelectMany(category => category.Types)];

    /// <summary>
    /// Routing rule 1: trimmed and lower-cased it is "cybercrime" or "cyber crime", or starts with one of them and " -".
    /// "hacking" or "online scam" alone are not.
    /// </summary>
    public static bool IsCyber(string type)
    {
        var name = type.AsSpan().Trim();
        return Says(name, "cybercrime") || Says(name, "cyber crime");
    }

    /// <summary>The listed spelling where there is one, else the trimmed text itself.</summary>
    public static string Canonical(string type)
    {
        var name = type.Trim();
        return Listed.FirstOrDefault(listed => string.Equals(listed, name, StringComparison.OrdinalIgnoreCase)) ?? name;
    }

    private static bool Says(ReadOnlySpan<char> name, string word)
        => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            && (name.Length == word.Length || name[word.Length..].StartsWith(" -", StringComparison.Ordinal));
}
