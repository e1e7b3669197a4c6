using System.Globalization;
using System.Text;
using MudBlazor;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// The glyphs that rows are full of, as background images in both palettes: each <c>svg</c> element in a row costs the
/// browser as much as the rest of the row whenever another row arrives above it.
/// </summary>
internal static class Glyphs
{
    /// <summary>Colours that the palette has no name for: the marks of Medium and Low.</summary>
    private const string Medium = "--ad-medium";
    private const string Low = "--ad-low";

    private static readonly (string Name, string Light, string Dark)[] Marks = [(Medium, "#7C6000", "#EBCB5A"), (Low, "#5C687A", "#95A1B4")];

    private static readonly string Clock = Line("<circle cx='8' cy='8' r='5.8'/><path d='M8 4.8V8l2.2 1.5'/>", "2");

    private static readonly GlyphImage[] All =
    [
        new("critical", 16, palette => palette.Error, "<path fill='{0}' fill-rule='evenodd' d='M5 1h6l4 4v6l-4 4H5l-4-4V5zM7 3.8l.3 5.2h1.4L9 3.8zM7 10.3v2h2v-2z'/>"),
        new("high", 16, palette => palette.Warning, "<path fill='{0}' d='M8 1.3 15.3 14.5H.7z'/>"),
        new("medium", 16, palette => Mark(Medium, palette), "<path d='M8 1.5 14.5 8 8 14.5 1.5 8z' fill='none' stroke='{0}' stroke-width='2' stroke-linejoin='round'/><path d='M8 1.5 14.5 8H1.5z' fill='{0}'/>"),
        new("low", 16, palette => Mark(Low, palette), "<circle cx='8' cy='8' r='5.5' fill='none' stroke='{0}' stroke-width='2'/>"),
        new("received", 14, palette => palette.TextPrimary, "<circle cx='7' cy='7' r='5.5' fill='none' stroke='{0}' stroke-width='1.6' stroke-dasharray='2.3 2'/>"),
        new("acknowledged", 14, palette => palette.Info, "<circle cx='7' cy='7' r='5.5' fill='none' stroke='{0}' stroke-width='1.6'/><circle cx='7' cy='7' r='1.9' fill='{0}'/>"),
        new("responding", 14, palette => palette.Primary, "<circle cx='7' cy='7' r='5.5' fill='none' stroke='{0}' stroke-width='1.6'/><path d='M7 3.5a3.5 3.5 0 0 1 0 7z' fill='{0}'/>"),
        new("investigating", 14, palette => palette.Tertiary, "<circle cx='7' cy='7' r='5.5' fill='none' stroke='{0}' stroke-width='1.6'/><path d='M7 7V3.5A3.5 3.5 0 1 1 3.5 7z' fill='{0}'/>"),
        new("resolved", 14, palette => palette.Success, "<circle cx='7' cy='7' r='6.3' fill='{0}'/><path d='m4.3 7.2 1.9 1.9 3.6-3.9' fill='none' stroke='{1}' stroke-width='1.6'/>"),
        new("invalid", 14, palette => palette.TextSecondary, "<circle cx='7' cy='7' r='5.5' fill='none' stroke='{0}' stroke-width='1.6'/><path d='m3.2 10.8 7.6-7.6' fill='none' stroke='{0}' stroke-width='1.6'/>"),
        new("duplicate", 14, palette => palette.TextSecondary, "<g stroke='{0}' stroke-width='1.5'><rect x='1.5' y='1.5' width='8' height='8' rx='1.5' fill='none'/><rect x='4.5' y='4.5' width='8' height='8' rx='1.5' fill='{1}'/></g>"),
        new("check", 16, palette => palette.TextSecondary, Line("<path d='m3 8.5 3.2 3.2L13 4.8'/>", "1.5")),
        new("hand", 16, palette => palette.TextSecondary, Line("<path d='M8 14c-2.5 0-3.5-1.2-4.5-3L2.3 8.6c-.5-1 .8-1.7 1.5-.8L5 9.3V3.8a.9.9 0 0 1 1.8 0v3.4-4.4a.9.9 0 0 1 1.8 0v4.4-3.6a.9.9 0 0 1 1.8 0v4-2.4a.9.9 0 0 1 1.8 0V10c0 2.5-1.7 4-4.2 4z'/>", "1.5")),
        new("clip", 16, palette => palette.TextSecondary, Line("<path d='m12.8 7.3-4.9 4.9a3 3 0 0 1-4.2-4.2l5.2-5.2a2 2 0 0 1 2.8 2.8l-5.1 5.1a1 1 0 0 1-1.4-1.4l4.6-4.6'/>", "1.5")),
        new("clock", 16, palette => palette.TextPrimary, Clock),
        new("clock-late", 16, palette => palette.Warning, Clock),
        new("clock-over", 16, palette => palette.ErrorContrastText, Clock),
        new("eye", 16, palette => palette.TextSecondary, Line("<path d='M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z'/><circle cx='8' cy='8' r='2'/>", "1.5")),
    ];

    /// <summary>One class a glyph, the same in both palettes.</summary>
    public static string Classes { get; } = string.Concat(All.Select(glyph => $".g-{glyph.Name}{{--g:var(--ad-g-{glyph.Name})}}\n"));

    /// <summary>The declarations of one palette.</summary>
    public static IEnumerable<string> Write(Palette palette)
        => Marks.Select(mark => $"{mark.Name}: {Mark(mark.Name, palette)}").Concat(All.Select(glyph => glyph.Write(palette)));

    private static MudBlazor.Utilities.MudColor Mark(string name, Palette palette)
    {
        var (_, light, dark) = Marks.Single(mark => mark.Name == name);
        return palette is PaletteDark ? dark : light;
    }

    private static string Line(string shapes, string width)
        => $"<g fill='none' stroke='{{0}}' stroke-width='{width}' stroke-linecap='round' stroke-linejoin='round'>{shapes}</g>";

    private sealed record GlyphImage(string Name, int Size, Func<Palette, MudBlazor.Utilities.MudColor> Colour, string Shapes)
    {
        private static readonly CompositeFormat Frame = CompositeFormat.Parse("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {0} {0}'>{1}</svg>");

        public string Write(Palette palette)
        {
            var shapes = string.Format(CultureInfo.InvariantCulture, Shapes, Css(Colour(palette)), Css(palette.Surface));
            var image = string.Format(CultureInfo.InvariantCulture, Frame, Size, shapes);
            return $"--ad-g-{Name}: url(\"data:image/svg+xml,{image.Replace("#", "%23", StringComparison.Ordinal)}\")";
        }

        private static string Css(MudBlazor.Utilities.MudColor colour) => colour.ToString(MudBlazor.Utilities.MudColorOutputFormats.Hex);
    }
}
