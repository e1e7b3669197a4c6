using System.Text;

namespace AlertDavao.Domain.Reports;

/// <summary>
/// What people type, as data: composed (NFC), trimmed, lines separated by a line feed, without control and
/// direction-changing characters. Encoding for a page is the page's work, never done here.
/// </summary>
public static class PlainText
{
    /// <summary>False for text that is no Unicode (a lone surrogate): a database would store something else.</summary>
    public static bool TryNormalise(string text, out string normalised)
    {
        normalised = "";
        if (HasLoneSurrogate(text))
            return false;

        var kept = new StringBuilder(text.Length);
        foreach (var letter in text.Replace("\r\n", "\n", StringComparison.Ordinal).Normalize(NormalizationForm.FormC))
        {
            if (letter is '\r')
                kept.Append('\n');
            else if (letter is '\t')
                kept.Append(' ');
            else if (letter is '\n' || !(char.IsControl(letter) || ChangesDirection(letter)))
                kept.Append(letter);
        }

        normalised = kept.ToString().Trim();
        return true;
    }

    /// <summary>Bidirectional overrides, embeddings, isolates and marks, and the byte order mark.</summary>
    private static bool ChangesDirection(char letter)
        => letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C' or '\uFEFF';

    private static bool HasLoneSurrogate(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (!char.IsHighSurrogate(text[at]) || ++at == text.Length || !char.IsLowSurrogate(text[at]))
                return true;
        }

        return false;
    }
}
