using System.Text;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>
/// Reads values as CSV has them (RFC 4180): a separator or the end of a line ends a value; one in quotation marks may hold both, and
/// quotation marks doubled. Pure.
/// </summary>
internal static class QuotedValues
{
    private const char Mark = '"';

    /// <summary>Whether a character can part values.</summary>
    public static bool CanSeparate(string separator) => separator is [not (Mark or '\r' or '\n')];

    /// <summary>The values of all lines, one after the other; one with a problem is the last.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">What parts the values of a line.</param>
    /// <param name="trim">Whether spaces around values, not inside of quotation marks, are taken off.</param>
    public static IEnumerable<(string Value, string? Problem)> Read(string text, char separator, bool trim)
    {
        var at = 0;
        for (var number = 1; ; number++)
        {
            var (value, end, problem) = Next(text, at, separator, trim);
            if (problem is not null)
            {
                yield return ("", $"Value {number} {problem}");
                yield break;
            }

            yield return (value, null);
            if (end == text.Length) yield break;
            at = end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
            // the end of the last line begins no other
            if (at == text.Length && text[^1] != separator) yield break;
        }
    }

    private static (string Value, int End, string? Problem) Next(string text, int at, char separator, bool trim)
    {
        var start = trim ? Unspaced(text, at, separator) : at;
        if (start < text.Length && text[start] == Mark) return Quoted(text, start + 1, separator, trim);
        var end = text.AsSpan(at).IndexOfAny(separator, '\r', '\n') is >= 0 and var length ? at + length : text.Length;
        var value = text[at..end];
        return value.Contains(Mark, StringComparison.Ordinal)
            ? ("", 0, "has a quotation mark inside. Put the whole value into quotation marks, and double those in it.")
            : (trim ? value.Trim() : value, end, null);
    }

    private static (string Value, int End, string? Problem) Quoted(string text, int at, char separator, bool trim)
    {
        var value = new StringBuilder();
        while (text.IndexOf(Mark, at) is >= 0 and var mark)
        {
            value.Append(text, at, mark - at);
            at = mark + 1;
            if (at < text.Length && text[at] == Mark)
            {
                value.Append(Mark);
                at++;
                continue;
            }

            var end = trim ? Unspaced(text, at, separator) : at;
            return end == text.Length || text[end] == separator || text[end] is '\r' or '\n'
                ? (value.ToString(), end, null)
                : ("", 0, "goes on behind its closing quotation mark. Double the quotation marks that belong to it.");
        }

        return ("", 0, "begins with a quotation mark that is never closed. Close it, or leave it out.");
    }

    private static int Unspaced(string text, int at, char separator)
    {
        while (at < text.Length && text[at] is ' ' or '\t' && text[at] != separator) at++;
        return at;
    }
}
