using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Documents.Fields;

/// <summary>A text as lines of cells, which are apart by tabs or wide gaps. Beside each cell stands its folded form.</summary>
internal sealed partial class TextLines
{
    private const int MostLines = 20_000;

    private readonly HashSet<int> gaps = [];

    public TextLines(string text)
    {
        Text = text;
        var (lines, isAfterGap) = (new List<TextCell[]>(), false);
        foreach (var line in text.Split('\n').Take(MostLines))
        {
            var isEmpty = string.IsNullOrWhiteSpace(line);
            if (!isEmpty)
            {
                if (isAfterGap) gaps.Add(lines.Count);
                lines.Add(Cells(line.TrimEnd()));
            }

            isAfterGap = isEmpty;
        }

        Lines = lines;
    }

    public string Text { get; }

    /// <summary>The lines that are not empty.</summary>
    public IReadOnlyList<TextCell[]> Lines { get; }

    /// <summary>Whether an empty line stands before a line.</summary>
    public bool IsAfterGap(int line) => gaps.Contains(line);

    /// <summary>A text in small letters without accents, each sign where it was.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, static (into, from) =>
    {
        for (var i = 0; i < from.Length; i++) into[i] = Fold(from[i]);
    });

    private static char Fold(char c)
    {
        if (c < 128) return char.ToLowerInvariant(c);
        if (c is '\u00a0' or '\u202f' or '\u2009') return ' ';
        if (c is 'º' or '°' or 'ª') return 'o';
        return char.IsLetter(c) && UnicodeForm.Of(c.ToString(), NormalizationForm.FormD) is [var letter, ..]
            ? char.ToLower(letter, CultureInfo.InvariantCulture)
            : c;
    }

    private static TextCell[] Cells(string line) => [.. Gaps().Split(line).Select(c => new TextCell(c.Trim(), Fold(c.Trim())))];

    [GeneratedRegex(@"\t| {3,}", RegexOptions.CultureInvariant)]
    private static partial Regex Gaps();
}

/// <summary>A cell; empty where a table has none.</summary>
internal readonly record struct TextCell(string Text, string Folded)
{
    public bool IsEmpty => Text.Length == 0;
}
