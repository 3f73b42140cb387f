using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Fonts;

namespace WorkflowStudio.Engine.Practice.Invoices.Print;

/// <summary>
/// The fonts of what is printed: Inter at two weights, one file for each alphabet (wwwroot-assets/print-fonts.mjs). A text may mix
/// alphabets; each character is set in the first font that has it.
/// </summary>
internal sealed class PrintFonts : IFontResolver
{
    private const string Missing = "\u00b7";
    private static readonly Lock Setting = new();
    private static readonly (string Alphabet, (int First, int Last)[] Ranges)[] Coverage = [.. Read()];

    private PrintFonts()
    {
    }

    /// <summary>Whether any of the fonts has this character.</summary>
    public static bool Has(int character) => Of(character) is not null;

    /// <summary>
    /// A text in pieces, each with the font that has it. What none has, such as an emoji or Chinese, is a middle dot; what is not shown
    /// is left out.
    /// </summary>
    public static IEnumerable<(string Text, string Family)> Pieces(string text)
    {
        var (piece, family) = (new System.Text.StringBuilder(), "");
        foreach (var rune in text.EnumerateRunes())
        {
            if (System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark && Of(rune.Value) is null) continue;
            var found = Of(rune.Value);
            var (shown, its) = (found is null ? Missing : rune.ToString(), found ?? Coverage[0].Alphabet);
            // a space is in all of them
            if (its != family && !(shown == " " && piece.Length > 0))
            {
                if (piece.Length > 0) yield return (piece.ToString(), family);
                piece.Clear();
                family = its;
            }

            piece.Append(shown);
        }

        if (piece.Length > 0) yield return (piece.ToString(), family);
    }

    /// <summary>A font.</summary>
    public static XFont Font(string family, double size, bool strong)
    {
        lock (Setting) GlobalFontSettings.FontResolver ??= new PrintFonts();
        return new XFont(family, size, strong ? XFontStyleEx.Bold : XFontStyleEx.Regular);
    }

    /// <inheritdoc/>
    public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
        new($"{familyName}-{(isBold ? "strong" : "regular")}");

    /// <inheritdoc/>
    public byte[] GetFont(string faceName)
    {
        using var stream = Resource($"{faceName}.ttf");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string? Of(int character)
    {
        foreach (var (alphabet, ranges) in Coverage)
            foreach (var (first, last) in ranges)
                if (character >= first && character <= last) return alphabet;
        return null;
    }

    private static IEnumerable<(string, (int, int)[])> Read()
    {
        using var reader = new StreamReader(Resource("coverage.txt"));
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            yield return (parts[0], [.. parts[1].Split(',').Select(Range)]);
        }
    }

    private static (int First, int Last) Range(string text)
    {
        var ends = text.Split('-');
        return (Hex(ends[0]), Hex(ends[^1]));
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static Stream Resource(string name) =>
        typeof(PrintFonts).Assembly.GetManifestResourceStream($"WorkflowStudio.Engine.Practice.Invoices.Print.Fonts.{name}")
        ?? throw new InvalidOperationException($"The font file {name} is missing.");
}
