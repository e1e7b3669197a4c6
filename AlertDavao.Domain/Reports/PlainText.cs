using System.Globalization;
using System.Text;

namespace AlertDavao.Domain.Reports;

/// <summary>
/// What people type, as data: the one normaliser of every entry. Composed (NFC), trimmed, lines separated by a line feed; a
/// second pass changes nothing. Gone are control characters, what changes the direction of its neighbours, what is not seen
/// at all, and marks stacked higher than <see cref="MaxMarks"/>. Encoding for a page is the page's work, never done here.
/// </summary>
public static class PlainText
{
    /// <summary>Combining marks that one character may carry. Thai, Hebrew and Indic writing stays below; a tower of them hides its neighbours.</summary>
    public const int MaxMarks = 4;

    private const int Joiner = 0x200D;
    private const int NonJoiner = 0x200C;

    /// <summary>A text of several lines.</summary>
    /// <returns>False for text that is no Unicode (a lone surrogate): a database would store something else.</returns>
    public static bool TryNormalise(string text, out string normalised)
    {
        normalised = "";
        if (HasLoneSurrogate(text))
            return false;

        // Composed once more at the end: what stood between a letter and its mark may have gone.
        normalised = WithinReason(Visible(text).Normalize(NormalizationForm.FormC)).Normalize(NormalizationForm.FormC).Trim();
        return true;
    }

    /// <summary>A text of one line: a title, a name, an address.</summary>
    /// <returns>False for text that is no Unicode.</returns>
    public static bool TryNormaliseLine(string text, out string normalised)
    {
        var isText = TryNormalise(text, out normalised);
        normalised = normalised.Replace('\n', ' ');
        return isText;
    }

    // What is decided by the character alone.
    private static string Visible(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            if (EndsLine(rune.Value))
                kept.Append('\n');
            else if (rune.Value is '\t' or 0x2800)
                kept.Append(' ');
            else if (!Rune.IsControl(rune) && !ChangesDirection(rune.Value) && !OnlyHides(rune.Value))
                kept.Append(rune.ToString());
        }

        return kept.ToString();
    }

    // What is decided by the character it stands behind: marks, and the two joiners.
    private static string WithinReason(string text)
    {
        var kept = new StringBuilder(text.Length);
        var carrier = new Rune('\n');
        var marks = 0;
        var isJoined = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is Joiner or NonJoiner)
            {
                // One is enough, and only where it shapes something: it would make two equal words unlike.
                if (isJoined || !IsShapedByJoiners(carrier))
                    continue;
                isJoined = true;
            }
            else if (IsMark(rune))
            {
                // A mark needs something to stand on.
                if (Rune.IsWhiteSpace(carrier) || ++marks > MaxMarks)
                    continue;
                isJoined = false;
            }
            else
            {
                (carrier, marks, isJoined) = (rune, 0, false);
            }

            kept.Append(rune.ToString());
        }

        return kept.ToString();
    }

    private static bool EndsLine(int letter) => letter is '\n' or '\r' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029;

    /// <summary>Bidirectional overrides, embeddings, isolates and marks.</summary>
    private static bool ChangesDirection(int letter) => letter is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x61C;

    /// <summary>
    /// Nothing is seen of these, in no script that needs them: soft hyphen, zero-width space and no-break space, grapheme and word
    /// joiner, invisible operators, Mongolian vowel separator, Hangul fillers, annotations, tags, and what is no character at all.
    /// </summary>
    private static bool OnlyHides(int letter) => letter is 0xAD or 0x34F or 0x180E or 0x200B or (>= 0x2060 and <= 0x2065) or (>= 0x206A and <= 0x206F)
        or 0x3164 or 0xFEFF or 0xFFA0 or (>= 0xFFF9 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE007F) or (>= 0xFDD0 and <= 0xFDEF)
        || (letter & 0xFFFE) == 0xFFFE;

    private static bool IsMark(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Pictures, and the scripts from Arabic to Myanmar and from the Philippines' own to Mongolian.</summary>
    private static bool IsShapedByJoiners(Rune rune)
        => rune.Value is (>= 0x600 and < 0x1100) or (>= 0x1700 and < 0x18B0) or 0x203C or 0x2049 or 0x2139 or 0x3030 or (>= 0x1F000 and < 0x20000)
            || Rune.IsSymbol(rune);

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
