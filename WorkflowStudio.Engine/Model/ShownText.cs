using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WorkflowStudio.Engine.Model;

/// <summary>Text of others inside messages. Characters are counted as editors count them: units of UTF-16, from 1.</summary>
public static class ShownText
{
    /// <summary>How many characters people count: a sign of two halves, such as an emoji, is one.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    /// <summary>The text, or as many of its characters and an ellipsis. No sign is torn apart.</summary>
    public static string Cut(string text, int length) => text.Length <= length ? text : Begin(text, length) + "…";

    /// <summary>The text with at most so many characters, the ellipsis counted. No sign is torn apart.</summary>
    public static string Fit(string text, int length) => text.Length <= length ? text : Cut(text, length - 1);

    /// <summary>The first characters of a text, fewer where a sign would be torn apart: an emoji, a letter with its accents.</summary>
    public static string Begin(string text, int length)
    {
        if (text.Length <= length) return text;
        var end = 0;
        for (var next = 0; next <= length; next += StringInfo.GetNextTextElementLength(text.AsSpan(next))) end = next;
        return text[..end];
    }

    /// <summary>What another system said, as part of a sentence: in one line, without control characters and the full stop.</summary>
    public static string OneLine(string said) => Fit(
        string.Join(' ', string.Concat(said.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .TrimEnd('.'), 200);

    /// <summary>The character of its line at which JSON could not be read: the parser counts bytes.</summary>
    /// <param name="utf8">What was read.</param>
    /// <param name="failure">What the parser said.</param>
    public static int Character(ReadOnlySpan<byte> utf8, JsonException failure)
    {
        for (var line = failure.LineNumber ?? 0; line > 0 && utf8.IndexOf((byte)'\n') is >= 0 and var end; line--) utf8 = utf8[(end + 1)..];
        return Encoding.UTF8.GetCharCount(utf8[..(int)Math.Min(failure.BytePositionInLine ?? 0, utf8.Length)]) + 1;
    }
}
