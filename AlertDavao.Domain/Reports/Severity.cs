namespace AlertDavao.Domain.Reports;

/// <summary>How urgent a report is; ordered, Critical highest.</summary>
public enum Severity
{
    Low = 0,
    Medium = 1,
    High = 2,
    Critical = 3,
}

/// <summary>The rule table of the domain: a report has the highest severity of its types.</summary>
public static class SeverityTable
{
    private static readonly Dictionary<string, Severity> ByType = Table(
        (Severity.Critical,
        [
            "murder", "homicide", "rape", "sexual assault", "robbery", "physical injury", "assault", "domestic violence", "missing person",
        ]),
        (Severity.High,
        [
            "burglary", "break-in", "carnapping", "motornapping", "threats", "harassment", "illegal possession of firearm", "illegal drugs",
        ]),
        (Severity.Medium,
        [
            "theft", "fraud", "vandalism", "drunk driving", "illegal gambling", "disturbance",
            "hacking", "online scam", "phishing", "identity theft", "computer fraud", "cyber fraud", "cyber libel", "cyberbullying",
            "data breach", "unauthorized access",
        ]));

    /// <summary>The severity of one type; free text that no rule knows is Low.</summary>
    public static Severity Of(string type)
        => ByType.TryGetValue(type.Trim(), out var severity) ? severity
            : CrimeType.IsCyber(type) ? Severity.Medium
            : Severity.Low;

    /// <summary>The highest severity of the types; Low for none.</summary>
    public static Severity Of(IEnumerable<string> types) => types.Select(Of).DefaultIfEmpty(Severity.Low).Max();

    private static Dictionary<string, Severity> Table(params (Severity Severity, string[] Types)[] rules)
        => rules
            .SelectMany(rule => rule.Types, (rule, type) => (type, rule.Severity))
            .ToDictionary(row => row.type, row => row.Severity, StringComparer.OrdinalIgnoreCase);
}
