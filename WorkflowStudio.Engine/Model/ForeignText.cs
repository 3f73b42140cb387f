using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace WorkflowStudio.Engine.Model;

/// <summary>
/// Reads text that others have written, in the charset that they name, UTF-8 when they name none. A charset is used or refused, never
/// guessed, and no byte is replaced in silence. A byte order mark is taken off; it says itself what it marks.
/// </summary>
public static class ForeignText
{
    private static readonly UTF8Encoding Utf8 = new(false, true);
    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];

    /// <summary>The text; false with why the bytes are none.</summary>
    /// <param name="bytes">The whole text.</param>
    /// <param name="charset">The name that was given, perhaps in quotes; null or empty for none.</param>
    /// <param name="text">The text without its mark.</param>
    /// <param name="problem">Why it cannot be read.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, string? charset, [NotNullWhen(true)] out string? text,
        [NotNullWhen(false)] out ForeignTextProblem? problem)
    {
        text = null;
        if (!TryEncoding(charset, out var encoding, out problem)) return false;
        var (marked, length) = Marked(bytes, IsNamed(charset) ? encoding : null);
        return TryDecode(bytes[length..], marked ?? encoding, out text, out problem);
    }

    /// <summary>Whether the bytes may be other than plain UTF-8: a charset is named, or a mark stands in front.</summary>
    public static bool IsForeign(ReadOnlySpan<byte> bytes, string? charset) =>
        (IsNamed(charset) && !(TryEncoding(charset, out var encoding, out _) && encoding.CodePage == Utf8.CodePage))
        || Marked(bytes, null).Length > 0;

    /// <summary>The encoding of a charset, which throws at what it cannot read; false when nobody here knows it.</summary>
    public static bool TryEncoding(string? charset, out Encoding encoding, [NotNullWhen(false)] out ForeignTextProblem? problem)
    {
        (encoding, problem) = (Utf8, null);
        if (!IsNamed(charset)) return true;
        var name = charset!.Trim().Trim('"').Trim().ToLowerInvariant();
        if (name is "utf8") return true;
        if (name.StartsWith("cp12", StringComparison.Ordinal)) name = "windows-" + name[2..];
        try
        {
            encoding = CodePagesEncodingProvider.Instance.GetEncoding(
                name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            problem = new ForeignTextProblem(Shown(name), null);
            return false;
        }
    }

    /// <summary>The text of bytes that have no mark; false when one of them does not belong to the encoding.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, Encoding encoding, [NotNullWhen(true)] out string? text,
        [NotNullWhen(false)] out ForeignTextProblem? problem)
    {
        try
        {
            (text, problem) = (encoding.GetString(bytes), null);
            return true;
        }
        catch (DecoderFallbackException e)
        {
            (text, problem) = (null, new ForeignTextProblem(encoding.WebName, Math.Clamp(e.Index, 0, bytes.Length)));
            return false;
        }
    }

    private static bool IsNamed(string? charset) => !string.IsNullOrWhiteSpace(charset);

    // three bytes that no text of another charset begins with; two that could stand in one which is named
    private static (Encoding? Encoding, int Length) Marked(ReadOnlySpan<byte> bytes, Encoding? named)
    {
        if (bytes.StartsWith(Utf8Mark)) return (Utf8, Utf8Mark.Length);
        var isWide = named?.CodePage is 12000 or 12001;
        if (isWide && bytes is [0xFF, 0xFE, 0, 0, ..]) return (new UTF32Encoding(false, false, true), 4);
        if (isWide && bytes is [0, 0, 0xFE, 0xFF, ..]) return (new UTF32Encoding(true, false, true), 4);
        if (named is not null && named.CodePage is not (1200 or 1201 or 65001)) return default;
        return bytes is [0xFF, 0xFE, ..] ? (new UnicodeEncoding(false, false, true), 2)
            : bytes is [0xFE, 0xFF, ..] ? (new UnicodeEncoding(true, false, true), 2)
            : default;
    }

    private static string Shown(string name) => string.Concat(name.Take(40).Where(c => !char.IsControl(c)));
}

/// <summary>Why bytes are no text.</summary>
/// <param name="Charset">The charset in which they were to be read.</param>
/// <param name="At">The byte that does not belong to it, from 0; null when nobody here knows the charset.</param>
public sealed record ForeignTextProblem(string Charset, int? At)
{
    /// <summary>What is wrong, behind the words for the text: "names the charset x, which is not known here".</summary>
    public string Words => At is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"is not {Charset}: byte {at + 1} does not belong to it")
        : $"names the charset {Charset}, which is not known here";
}
