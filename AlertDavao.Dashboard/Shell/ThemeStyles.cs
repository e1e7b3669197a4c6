using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using MudBlazor;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// The stylesheet with both palettes of <see cref="DavaoTheme"/>. MudThemeProvider writes only the palette of the moment,
/// and a statically rendered page does not know which of the two its reader wants.
/// </summary>
internal static class ThemeStyles
{
    private const string Path = "/theme.css";

    private static readonly byte[] Css = Encoding.UTF8.GetBytes(Write(DavaoTheme.Theme));
    private static readonly string Version = Convert.ToHexStringLower(SHA256.HashData(Css))[..16];

    /// <summary>The address carries the content's hash, so that a browser may keep it for ever.</summary>
    public static string Href { get; } = $"{Path.TrimStart('/')}?v={Version}";

    public static IEndpointRouteBuilder Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, Get).AllowAnonymous();
        return app;
    }

    private static FileContentHttpResult Get(HttpResponse response)
    {
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(Css, "text/css; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Version}\""));
    }

    private static string Write(MudTheme theme)
    {
        string[] light = [.. new PaletteWriter(theme, isDark: false).Write(), .. Glyphs.Write(theme.PaletteLight)];
        string[] dark = [.. new PaletteWriter(theme, isDark: true).Write().Except(light), .. Glyphs.Write(theme.PaletteDark)];
        return $$"""
            :root {
            {{string.Join(";\n", light)}}
            }
            :root[data-theme=dark] {
            {{string.Join(";\n", dark)}}
            }
            @media (prefers-color-scheme: dark) {
            :root:not([data-theme=light]) {
            {{string.Join(";\n", dark)}}
            }
            }
            {{Glyphs.Classes}}
            """;
    }

    /// <summary>MudBlazor's own generator, asked for one palette: the names are the ones its stylesheet reads.</summary>
    private sealed class PaletteWriter : MudThemeProvider
    {
        public PaletteWriter(MudTheme theme, bool isDark)
        {
            Theme = theme;
            IsDarkMode = isDark;
        }

        public string[] Write()
        {
            // Parameters set outside a renderer take effect when the component initialises.
            OnInitialized();
            var css = new StringBuilder();
            GenerateTheme(css);
            return css.ToString().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
    }
}
