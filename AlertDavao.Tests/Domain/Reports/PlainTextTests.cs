using System.Globalization;
using System.Text;
using AlertDavao.Domain.Reports;
using CsCheck;

namespace AlertDavao.Tests.Domain.Reports;

/// <summary>B3: what people type, and what people type to harm. The properties hold for any text at all.</summary>
public sealed class PlainTextTests
{
    private const int Tries = 20_000;

    private static readonly string[] Awkward =
    [
        "a", "e", "i", "o", "=", " ", "\n", "\r", "\r\n", "\t", "\v", "\u0085", "\u2028", "\u2029", "\0", "\u0007", "\u001b[31m", "\u009f",
        "\u0301", "\u0308", "\u0327", "\u0338", "\u20e3", "\ufe0f", "\u0488", "\u0344", "\u200d", "\u200c", "\u200b", "\u2060", "\u2064", "\ufeff",
        "\u00ad", "\u034f", "\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\ufff9", "\ufffe", "\uffff", "\ufdd0",
        "\u0915", "\u093c", "\u094d", "\u0958", "\u0e01", "\u0e33", "\u0e48", "\u05e9", "\u05c1", "\u05bc", "\ufb2c", "\u0627", "\u0653", "\u064b",
        "\u1100", "\u1161", "\u11a8", "\u1160", "\u115f", "\uac00", "\u3164", "\uffa0", "\u2800", "\u00a0", "\u3000", "\u2126", "\uf900", "\u0f40", "\u0fb2",
        "\U0001F468", "\U0001F3FD", "\U0001F1F5", "\U0001F1ED", "\U0001F3F4", "\U000E0067", "\U000E007F", "\U000E0100", "\u2764", "\u203c", "\u2139",
        "\u0600", "\U0001D15E", "\U0002F800", "\U00011099", "\U000110BA", "\U0010FFFF",
    ];

    private static readonly Gen<string> OneAwkward = Gen.Int[0, Awkward.Length - 1].Select(at => Awkward[at]);

    private static readonly Gen<string> AnyRune = Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Select(value => new Rune(value).ToString());

    private static readonly Gen<string> Texts =
        Gen.Frequency((4, OneAwkward), (1, AnyRune)).Array[0, 24].Select(string.Concat);

    [Fact]
    public void A_second_pass_changes_nothing() => Texts.Sample(text => Normal(Normal(text)) == Normal(text) && Line(Line(text)) == Line(text), iter: Tries);

    [Fact]
    public void A_line_is_the_same_in_both_orders() => Texts.Sample(text => Line(Normal(text)) == Line(text) && Normal(Line(text)) == Line(text), iter: Tries);

    [Fact]
    public void No_text_gets_longer_as_a_person_counts()
        => Texts.Sample(text => Elements(Normal(text)) <= Elements(text) && Elements(Line(text)) <= Elements(text), iter: Tries);

    [Fact]
    public void The_result_is_composed_and_trimmed()
        => Texts.Sample(text => Normal(text).IsNormalized(NormalizationForm.FormC) && Normal(text).Trim() == Normal(text), iter: Tries);

    [Fact]
    public void Nothing_forbidden_survives()
        => Texts.Sample(text => Normal(text).EnumerateRunes().All(rune => rune.Value == '\n' || IsWelcome(rune)) && Line(text).EnumerateRunes().All(IsWelcome), iter: Tries);

    [Fact]
    public void No_character_carries_more_than_four_marks() => Texts.Sample(text => HighestTower(Normal(text)) <= 4, iter: Tries);

    [Fact]
    public void Half_a_pair_is_refused_and_nothing_throws()
        => Gen.Char.Array[0, 12].Select(letters => new string(letters)).Sample(text =>
            PlainText.TryNormalise(text, out var normal) ? IsUnicode(text) && IsUnicode(normal) : !IsUnicode(text) && normal.Length == 0, iter: Tries);

    [Theory]
    [InlineData("Nang-agaw ng bag sa Ma\u00f1ago St., Brgy. 23-C; \u20b15,000 \u2013 \"tulong!\"")]
    [InlineData("Gihulga siya\nug gidagan ang motor.\n\n2 ka tawo.")]
    [InlineData("\u4e2d\u6587 \u65e5\u672c\u8a9e \ud55c\uad6d\uc5b4 \u0420\u0443\u0441\u0441\u043a\u0438\u0439 Ti\u1ebfng Vi\u1ec7t")]
    [InlineData("\u0e19\u0e49\u0e33\u0e17\u0e48\u0e27\u0e21\u0e17\u0e35\u0e48\u0e19\u0e35\u0e48 \u0e1b\u0e39\u0e48")]
    [InlineData("\u0939\u093f\u0928\u094d\u0926\u0940 \u0915\u094d\u200d\u0937 \u0d28\u0d4d\u200d \u0dc1\u0dca\u200d\u0dbb\u0dd3")]
    [InlineData("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u0627\u0644\u0634\u064f\u0651\u0631\u0637\u0629")]
    [InlineData("\u1000\u103b\u103d\u1014\u103a\u102f\u1015\u103a \u0f66\u0f92\u0fb1\u0f74")]
    [InlineData("\U0001F468\u200d\U0001F469\u200d\U0001F467\u200d\U0001F466 \U0001F1F5\U0001F1ED 1\ufe0f\u20e3 \u2764\ufe0f\u200d\U0001F525 \U0001F44D\U0001F3FD \U0001F937\U0001F3FE\u200d\u2642\ufe0f")]
    [InlineData("5\u00a0000 \u20ac, 40\u00b0, \u00bd, \u2260, x\u00b2 \u2014 \u2026")]
    public void Ordinary_text_stays_as_it_is(string text) => Normal(text).Should().Be(text);

    [Fact]
    public void Hebrew_points_stay() => Normal("\u05e9\u05c1\u05bc\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd").Should().Be("\u05e9\u05c1\u05bc\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd".Normalize());

    [Theory]
    [InlineData("a\u2028b\u2029c\u0085d\ve\ff", "a\nb\nc\nd\ne\nf")]
    [InlineData("user\u202egnp.exe", "usergnp.exe")]
    [InlineData("mur\u200dder", "murder")]
    [InlineData("mur\u200bd\u00ader\u2060", "murder")]
    [InlineData("\u200d\u0301x\u200c", "x")]
    [InlineData("a \u0301b", "a b")]
    [InlineData("e\u200b\u0301", "\u00e9")]
    [InlineData("\U0001F468\u200d\u200d\u200d\U0001F469", "\U0001F468\u200d\U0001F469")]
    [InlineData("x\U000E0068\U000E0069", "x")]
    [InlineData("\u3164\ufeff\u200b", "")]
    [InlineData("\u2800 \u2800", "")]
    [InlineData("\u001b[31mred", "[31mred")]
    public void What_hides_or_harms_goes(string text, string expected) => Normal(text).Should().Be(expected);

    [Fact]
    public void Of_a_tower_of_a_thousand_marks_four_stay()
    {
        var tower = Normal("Z" + new string('\u0337', 1000) + "algo");

        tower.Should().Be("Z" + new string('\u0337', 4) + "algo");
    }

    [Fact]
    public void A_line_has_spaces_where_lines_ended() => Line("one\r\ntwo\u2028three\n").Should().Be("one two three");

    // Not as data of a theory: the runner would make other characters of them.
    [Fact]
    public void Half_a_pair_is_no_text()
    {
        foreach (var text in new[] { "\ud800", "a\udc00b", "\udc00\ud800", "x\udbff" })
        {
            PlainText.TryNormalise(text, out _).Should().BeFalse();
            PlainText.TryNormaliseLine(text, out _).Should().BeFalse();
        }
    }

    private static string Normal(string text) => PlainText.TryNormalise(text, out var normal) ? normal : throw new InvalidOperationException("The text is Unicode.");

    private static string Line(string text) => PlainText.TryNormaliseLine(text, out var line) ? line : throw new InvalidOperationException("The text is Unicode.");

    private static int Elements(string text) => new StringInfo(text).LengthInTextElements;

    private static bool IsUnicode(string text) => !text.EnumerateRunes().Contains(Rune.ReplacementChar) || !HasLoneHalf(text);

    private static bool HasLoneHalf(string text)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(text);
            return false;
        }
        catch (EncoderFallbackException)
        {
            return true;
        }
    }

    // Written again and otherwise than the product does: by category, and by the list of the brief.
    private static bool IsWelcome(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        // Of the invisible ones the two joiners stay, and signs that stand before numbers.
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D or (>= 0x600 and <= 0x605) or 0x6DD or 0x70F or 0x890 or 0x891 or 0x8E2 or > 0xFFFF,
        _ => (rune.Value & 0xFFFE) != 0xFFFE && rune.Value is not (>= 0xFDD0 and <= 0xFDEF) and not 0x34F and not 0x3164 and not 0xFFA0,
    };

    private static int HighestTower(string text)
    {
        var (highest, tower) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
                highest = Math.Max(highest, ++tower);
            else if (rune.Value is not (0x200C or 0x200D))
                tower = 0;
        }

        return highest;
    }
}
