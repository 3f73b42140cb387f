using System.Globalization;
using System.Text;

namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>A file that somebody sent, before it is stored.</summary>
/// <param name="Id">The id that it will have.</param>
/// <param name="Name">Its name, see <see cref="NameOf"/>.</param>
/// <param name="ContentType">Its media type, as the sender says: nobody has looked whether it is one.</param>
/// <param name="Content">What is in it.</param>
public sealed record NewDocument(Guid Id, string Name, string ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>
    /// The name of a file as it is kept: without folders, and without signs that are not seen or turn others around.
    /// </summary>
    public static string NameOf(string given)
    {
        var name = new StringBuilder();
        foreach (var rune in given[(given.LastIndexOfAny(['/', '\\']) + 1)..].EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator)) name.Append(rune.ToString());
        var kept = name.ToString().Trim().TrimStart('.').Trim();
        if (kept.Length > LongestName) kept = kept[..(char.IsHighSurrogate(kept[LongestName - 1]) ? LongestName - 1 : LongestName)];
        return kept.Length == 0 ? "file" : kept;
    }
}
