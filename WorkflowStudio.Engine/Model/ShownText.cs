using System.Text;
using System.Text.Json;

namespace WorkflowStudio.Engine.Model;

/// <summary>Text of others inside messages. Characters are counted as editors count them: units of UTF-16, from 1.</summary>
public static class ShownText
{
    /// <summary>The text, or as many of its characters and an ellipsis. No sign that takes two of them is torn apart.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        return text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + "…";
    }

    /// <summary>The character of its line at which JSON could not be read: the parser counts bytes.</summary>
    /// <param name="utf8">What was read.</param>
    /// <param name="failure">What the parser said.</param>
    public static int Character(ReadOnlySpan<byte> utf8, JsonException failure)
    {
        for (var line = failure.LineNumber ?? 0; line > 0 && utf8.IndexOf((byte)'\n') is >= 0 and var end; line--) utf8 = utf8[(end + 1)..];
        return Encoding.UTF8.GetCharCount(utf8[..(int)Math.Min(failure.BytePositionInLine ?? 0, utf8.Length)]) + 1;
    }
}
