using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// A reader's words as an expression of the full-text search. Every word is quoted, so that nothing a person types is ever
/// read as syntax; a report matches when it has them all, each at the beginning of one of its words.
/// </summary>
internal sealed partial record SearchWords
{
    /// <summary>Characters of a search.</summary>
    public const int MaxLength = 200;

    private const int MaxWords = 8;

    private SearchWords(string match, string? code)
    {
        Match = match;
        Code = code;
    }

    /// <summary>For MATCH.</summary>
    public string Match { get; }

    /// <summary>The tracking code that the words are, in its own spelling; null for other words.</summary>
    public string? Code { get; }

    /// <returns>Null when there is no letter and no digit to look for.</returns>
    public static SearchWords? Of(string text)
    {
        if (Codes().Match(text.Trim()) is { Success: true } code)
        {
            var whole = $"DVO-{code.Groups[1].Value}-{code.Groups[2].Value}".ToUpperInvariant();
            return new SearchWords(Prefix(whole), whole);
        }

        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(IsWord).Take(MaxWords).Select(Prefix).ToList();
        return words.Count == 0 ? null : new SearchWords(string.Join(" AND ", words), null);
    }

    /// <summary>The expression for one of a report's types, as the search has it: within the stored list of types.</summary>
    /// <returns>Null for a type without letter and digit, which the search does not know.</returns>
    public static string? OfType(string storedType) => IsWord(storedType) ? $"CrimeTypes : {Quote(storedType)}" : null;

    // One letter begins too many words to look for all of them.
    private static string Prefix(string word) => word.EnumerateRunes().Take(2).Count() == 1 ? Quote(word) : Quote(word) + "*";

    private static string Quote(string word) => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static bool IsWord(string word) => word.EnumerateRunes().Any(rune => Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber);

    [GeneratedRegex("^DVO[- ]?([0-9A-Z]{4})[- ]?([0-9A-Z]{4})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Codes();
}
