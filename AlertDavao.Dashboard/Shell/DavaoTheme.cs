using MudBlazor;

namespace AlertDavao.Dashboard.Shell;

/// <summary>The one source of colour, type and measure; <see cref="ThemeStyles"/> writes both palettes of it as CSS variables.</summary>
internal static class DavaoTheme
{
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = Light(),
        PaletteDark = Dark(),
        Typography = Type(),
        LayoutProperties = new()
        {
            DefaultBorderRadius = "6px",
            AppbarHeight = "48px",
            DrawerMiniWidthLeft = "72px",
        },
        Shadows = Shadows(),
    };

    private static PaletteLight Light() => new()
    {
        Black = "#0B0F16",
        White = "#FFFFFF",
        TextPrimary = "#121A26",
        TextSecondary = "#4A5566",
        TextDisabled = "#627083",
        ActionDefault = "#4A5566",
        ActionDisabled = "#627083",
        ActionDisabledBackground = "#EBEEF3",
        Background = "#F4F6F9",
        BackgroundGray = "#EBEEF3",
        Surface = "#FFFFFF",
        AppbarBackground = "#FFFFFF",
        AppbarText = "#121A26",
        DrawerBackground = "#F4F6F9",
        DrawerText = "#4A5566",
        DrawerIcon = "#4A5566",
        LinesDefault = "#D9DEE7",
        LinesInputs = "#788396",
        Divider = "#D9DEE7",
        DividerLight = "#E6EAF0",
        TableLines = "#E6EAF0",
        TableHover = "#F1F4F8",
        Skeleton = "#E1E6ED",
        Primary = "#1D50C8",
        PrimaryContrastText = "#FFFFFF",
        PrimaryDarken = "#163F9F",
        Secondary = "#4A5566",
        SecondaryContrastText = "#FFFFFF",
        Tertiary = "#6B3FC2",
        TertiaryContrastText = "#FFFFFF",
        Info = "#0A6C80",
        InfoContrastText = "#FFFFFF",
        Success = "#12703A",
        SuccessContrastText = "#FFFFFF",
        Warning = "#A34803",
        WarningContrastText = "#FFFFFF",
        Error = "#C21D2C",
        ErrorContrastText = "#FFFFFF",
        ErrorDarken = "#9C1522",
        Dark = "#121A26",
        DarkContrastText = "#FFFFFF",
        HoverOpacity = 0.05,
        RippleOpacity = 0.06,
    };

    private static PaletteDark Dark() => new()
    {
        Black = "#0B0F16",
        White = "#FFFFFF",
        TextPrimary = "#E8ECF3",
        TextSecondary = "#A8B3C4",
        TextDisabled = "#7F8B9E",
        ActionDefault = "#A8B3C4",
        ActionDisabled = "#7F8B9E",
        ActionDisabledBackground = "#0F141D",
        Background = "#0B0F16",
        BackgroundGray = "#0F141D",
        Surface = "#141A25",
        AppbarBackground = "#10151F",
        AppbarText = "#E8ECF3",
        DrawerBackground = "#0B0F16",
        DrawerText = "#A8B3C4",
        DrawerIcon = "#A8B3C4",
        LinesDefault = "#2A3444",
        LinesInputs = "#66748A",
        Divider = "#2A3444",
        DividerLight = "#222B39",
        TableLines = "#222B39",
        TableHover = "#1A2230",
        Skeleton = "#202938",
        Primary = "#8AADFF",
        PrimaryContrastText = "#0A1733",
        PrimaryDarken = "#A9C3FF",
        Secondary = "#A8B3C4",
        SecondaryContrastText = "#0B0F16",
        Tertiary = "#BCA3FF",
        TertiaryContrastText = "#160A33",
        Info = "#5DC9DC",
        InfoContrastText = "#04181D",
        Success = "#62D08D",
        SuccessContrastText = "#04170B",
        Warning = "#FFAE63",
        WarningContrastText = "#2A1400",
        Error = "#FF8080",
        ErrorContrastText = "#2A0406",
        ErrorDarken = "#FF9D9D",
        Dark = "#E8ECF3",
        DarkContrastText = "#0B0F16",
        HoverOpacity = 0.05,
        RippleOpacity = 0.06,
    };

    // Sizes in rem, so that the browser's own text size works; line heights are ratios of them.
    private static Typography Type() => new()
    {
        Default = new DefaultTypography
        {
            FontFamily = ["Segoe UI Variable Text", "Segoe UI", "Roboto", "Helvetica Neue", "Liberation Sans", "Arial", "sans-serif"],
            FontSize = ".875rem",
            FontWeight = "400",
            LineHeight = "1.4286",
            LetterSpacing = "normal",
        },
        H4 = new H4Typography { FontSize = "1.5rem", FontWeight = "600", LineHeight = "1.3333", LetterSpacing = "-.02em" },
        H5 = new H5Typography { FontSize = "1.25rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "-.01em" },
        H6 = new H6Typography { FontSize = "1rem", FontWeight = "600", LineHeight = "1.5", LetterSpacing = "normal" },
        Subtitle1 = new Subtitle1Typography { FontSize = ".9375rem", FontWeight = "400", LineHeight = "1.6", LetterSpacing = "normal" },
        Subtitle2 = new Subtitle2Typography { FontSize = ".8125rem", FontWeight = "600", LineHeight = "1.3846", LetterSpacing = "normal" },
        Body1 = new Body1Typography { FontSize = ".875rem", FontWeight = "400", LineHeight = "1.4286", LetterSpacing = "normal" },
        Body2 = new Body2Typography { FontSize = ".8125rem", FontWeight = "400", LineHeight = "1.3846", LetterSpacing = "normal" },
        Button = new ButtonTypography { FontSize = ".8125rem", FontWeight = "600", LineHeight = "1.5385", LetterSpacing = "normal", TextTransform = "none" },
        Caption = new CaptionTypography { FontSize = ".75rem", FontWeight = "400", LineHeight = "1.3333", LetterSpacing = "normal" },
        Overline = new OverlineTypography { FontSize = ".6875rem", FontWeight = "600", LineHeight = "1.2727", LetterSpacing = "normal", TextTransform = "none" },
    };

    // A theme has one set of shadows for both palettes; light-dark() gives the dark one its line and its deeper black.
    private static Shadow Shadows()
    {
        const string low = "0 1px 2px light-dark(rgba(16,24,40,.06),transparent)";
        const string menu = "0 0 0 1px light-dark(transparent,#2A3444),0 2px 4px light-dark(rgba(16,24,40,.06),transparent),0 6px 16px light-dark(rgba(16,24,40,.10),rgba(0,0,0,.5))";
        const string dialog = "0 0 0 1px light-dark(transparent,#2A3444),0 4px 8px light-dark(rgba(16,24,40,.08),transparent),0 12px 32px light-dark(rgba(16,24,40,.18),rgba(0,0,0,.6))";
        var shadows = new Shadow();
        for (var level = 0; level < shadows.Elevation.Length; level++)
        {
            shadows.Elevation[level] = level switch
            {
                0 => "none",
                < 4 => low,
                < 8 => menu,
                _ => dialog,
            };
        }

        return shadows;
    }
}
