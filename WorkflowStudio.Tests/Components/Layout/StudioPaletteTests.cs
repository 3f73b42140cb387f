using System.Text.RegularExpressions;
using MudBlazor;
using MudBlazor.Utilities;
using WorkflowStudio.Components.Layout;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Components.Layout;

/// <summary>MudBlazor's parts and ours are drawn in the same colours.</summary>
public sealed partial class StudioPaletteTests
{
    [Fact]
    public void Palette_EveryColourOfIt_IsTheToken()
    {
        var css = SharedFiles.ReadOfCheckout("WorkflowStudio/wwwroot/tokens.css");
        var dark = css.IndexOf("[data-theme=\"dark\"]", StringComparison.Ordinal);
        Check(StudioPalette.Theme.PaletteLight, Tokens(css[..dark]));
        Check(StudioPalette.Theme.PaletteDark, Tokens(css[dark..]));
    }

    private static Dictionary<string, MudColor> Tokens(string css) =>
        Token().Matches(css).DistinctBy(m => m.Groups[1].Value).ToDictionary(m => m.Groups[1].Value, m => new MudColor(m.Groups[2].Value));

    private static void Check(Palette palette, Dictionary<string, MudColor> tokens)
    {
        Assert.Equal(tokens["accent"], palette.Primary);
        Assert.Equal(tokens["on-accent"], palette.PrimaryContrastText);
        Assert.Equal(tokens["accent-hover"], new MudColor(palette.PrimaryDarken));
        Assert.Equal(tokens["done"], palette.Success);
        Assert.Equal(tokens["running"], palette.Info);
        Assert.Equal(tokens["waiting"], palette.Warning);
        Assert.Equal(tokens["failed"], palette.Error);
        Assert.Equal(tokens["text"], palette.TextPrimary);
        Assert.Equal(tokens["text-2"], palette.TextSecondary);
        Assert.Equal(tokens["text-3"], palette.TextDisabled);
        Assert.Equal(tokens["bg"], palette.Background);
        Assert.Equal(tokens["sunken"], palette.BackgroundGray);
        Assert.Equal(tokens["surface"], palette.Surface);
        Assert.Equal(tokens["line"], palette.LinesDefault);
        Assert.Equal(tokens["field-line"], palette.LinesInputs);
        Assert.Equal(tokens["row-hover"], palette.TableHover);
        Assert.Equal(tokens["hover"], palette.Skeleton);
    }

    [GeneratedRegex("--ws-([a-z0-9-]+): (#[0-9a-f]{6});")]
    private static partial Regex Token();
}
