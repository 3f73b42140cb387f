using System.Globalization;
using MudBlazor;

namespace WorkflowStudio.Components.Layout;

/// <summary>The look of MudBlazor's parts, from the tokens of wwwroot/tokens.css: a colour changes in both (StudioPaletteTests).</summary>
internal static class StudioPalette
{
    public static readonly MudTheme Theme = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#056174", PrimaryContrastText = "#ffffff", // accent, on-accent
            PrimaryDarken = "#004f60", PrimaryLighten = "#004f60", // accent-hover
            Secondary = "#404f53", SecondaryContrastText = "#ffffff", // text-2, surface
            Tertiary = "#1f8198", TertiaryContrastText = "#ffffff", // chart
            Success = "#0b6834", SuccessContrastText = "#ffffff", // done
            Info = "#055cb2", InfoContrastText = "#ffffff", // running
            Warning = "#805306", WarningContrastText = "#ffffff", // waiting
            Error = "#b32228", ErrorContrastText = "#ffffff", // failed
            Dark = "#162326", DarkContrastText = "#ffffff", // text
            TextPrimary = "#162326", TextSecondary = "#404f53", TextDisabled = "#58686c", // text, text-2, text-3
            ActionDefault = "#404f53", ActionDisabled = "#58686c", ActionDisabledBackground = "#e8eef0", // text-2, text-3, hover
            Background = "#f5f8f9", BackgroundGray = "#ecf2f3", Surface = "#ffffff", // bg, sunken, surface
            DrawerBackground = "#ffffff", DrawerText = "#404f53", DrawerIcon = "#404f53", // surface, text-2
            AppbarBackground = "#ffffff", AppbarText = "#162326", // surface, text
            // line, field-line
            LinesDefault = "#dee4e6", TableLines = "#dee4e6", Divider = "#dee4e6", DividerLight = "#dee4e6", LinesInputs = "#7c8b8e",
            TableHover = "#f2f7f8", TableStriped = "#ffffff", Skeleton = "#e8eef0", // row-hover, surface, hover
            OverlayDark = "rgba(22,35,38,0.36)", // scrim
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#01778b", PrimaryContrastText = "#ffffff", PrimaryDarken = "#068095", PrimaryLighten = "#068095",
            Secondary = "#b4bcbe", SecondaryContrastText = "#141b1c",
            Tertiary = "#3f9aad", TertiaryContrastText = "#141b1c",
            Success = "#7acb91", SuccessContrastText = "#141b1c",
            Info = "#81b7fc", InfoContrastText = "#141b1c",
            Warning = "#edb56e", WarningContrastText = "#141b1c",
            Error = "#f98f87", ErrorContrastText = "#141b1c",
            Dark = "#e9eeef", DarkContrastText = "#141b1c",
            TextPrimary = "#e9eeef", TextSecondary = "#b4bcbe", TextDisabled = "#939da0",
            ActionDefault = "#b4bcbe", ActionDisabled = "#939da0", ActionDisabledBackground = "#1f282a",
            Background = "#0c1214", BackgroundGray = "#080d0f", Surface = "#141b1c",
            DrawerBackground = "#141b1c", DrawerText = "#b4bcbe", DrawerIcon = "#b4bcbe",
            AppbarBackground = "#141b1c", AppbarText = "#e9eeef",
            LinesDefault = "#242c2e", LinesInputs = "#637275", TableLines = "#242c2e", Divider = "#242c2e", DividerLight = "#242c2e",
            TableHover = "#182022", TableStriped = "#141b1c", Skeleton = "#1f282a",
            OverlayDark = "rgba(3,6,7,0.64)",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
        Typography = new Typography
        {
            Default = Of<DefaultTypography>(13, 20), Body1 = Of<Body1Typography>(13, 20), Body2 = Of<Body2Typography>(13, 20),
            Subtitle1 = Of<Subtitle1Typography>(14, 20, 620), Subtitle2 = Of<Subtitle2Typography>(12, 16, 550),
            Caption = Of<CaptionTypography>(12, 16),
            H5 = Of<H5Typography>(20, 28, 620), H6 = Of<H6Typography>(16, 24, 620), Button = Of<ButtonTypography>(13, 20, 550),
        },
    };

    // sizes and lines in pixels
    private static T Of<T>(double size, double line, int weight = 400)
        where T : BaseTypography, new() => new()
        {
            FontFamily = ["Inter Variable", "Inter", "system-ui", "sans-serif"],
            FontSize = string.Create(CultureInfo.InvariantCulture, $"{size / 16}rem"),
            LineHeight = string.Create(CultureInfo.InvariantCulture, $"{line / size:0.####}"),
            FontWeight = weight.ToString(CultureInfo.InvariantCulture),
            LetterSpacing = "-0.003em",
            TextTransform = "none",
        };
}
