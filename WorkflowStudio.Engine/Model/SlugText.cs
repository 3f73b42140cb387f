using System.Globalization;
using System.Text;

namespace WorkflowStudio.Engine.Model;

/// <summary>Text as a part of an address: lower-case Latin letters, digits and single dashes between.</summary>
public static class SlugText
{
    // letters that Unicode does not take apart into a letter and its mark, as they are written where only Latin letters may stand
    private static readonly Dictionary<char, string> Letters = new()
    {
        ['ß'] = "ss", ['ẞ'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['ø'] = "o", ['đ'] = "d", ['ð'] = "d", ['þ'] = "th", ['ł'] = "l",
        ['ı'] = "i", ['ħ'] = "h", ['ŋ'] = "ng",
        ['ĸ'] = "k", ['ŧ'] = "t", ['ĳ'] = "ij", ['ŀ'] = "l", ['ŉ'] = "n", ['ſ'] = "s", ['ə'] = "e",
    };

    /// <summary>The text, as much of it as fits into a length; empty where it holds no Latin letter or digit.</summary>
    public static string Of(string text, int longest = int.MaxValue)
    {
        var slug = new StringBuilder();
        // twice: İ becomes one of the small letters only when it is taken apart
        foreach (var c in UnicodeForm.Of(text.ToLowerInvariant(), NormalizationForm.FormD).ToLowerInvariant())
        {
            var latin = char.IsAsciiLetterOrDigit(c) ? c.ToString() : Letters.GetValueOrDefault(c);
            if (latin is null && (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || slug.Length == 0
                || slug[^1] == '-')) continue;
            if (slug.Length + (latin ?? "-").Length > longest) break;
            slug.Append(latin ?? "-");
        }

        return slug.ToString().TrimEnd('-');
    }
}
