using System.Buffers;
using System.Globalization;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>
/// What may stand in the head of a request, whoever sends it. A line break in a name or value would end the header and begin another one,
/// or another request, with what somebody else wrote (RFC 9110, 5.5 and 17.5).
/// </summary>
public static class HttpHeaderRule
{
    private static readonly SearchValues<char> Token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // they say where a message goes and where it ends: the client writes them (RFC 9110, 7.6.1)
    private static readonly HashSet<string> OfTheClient = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "Expect", "TE", "Trailer",
    };

    /// <summary>Why no header can have this name; null when one can.</summary>
    public static string? NameProblem(string name)
    {
        if (name.Length == 0) return "A header has no name. Give it one, such as X-Request-Source.";
        var at = name.AsSpan().IndexOfAnyExcept(Token);
        if (at >= 0)
            return $"The header “{Shown(name)}” has {Sign(name, at)} in its name. Names of headers are made of letters from A to Z, digits "
                + "and signs such as - and _.";
        return IsOfTheClient(name)
            ? $"The header {name} is written by the server itself for every call. Take it out."
            : null;
    }

    /// <summary>Whether the client writes this header itself, so that nobody else may.</summary>
    public static bool IsOfTheClient(string name) =>
        OfTheClient.Contains(name) || name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Why the header cannot have this value; null when it can. The value is not shown: it may be a credential.</summary>
    public static string? ValueProblem(string name, string value)
    {
        var at = value.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        while (at >= 0 && value[at] == '\t') at = Next(value, at + 1);
        return at < 0
            ? null
            : $"The value of the header {name} has {Sign(value, at)} at character {(at + 1).ToString(CultureInfo.InvariantCulture)}, which "
                + "a header cannot hold. Take it out, or encode the value: url_encode(…).";
    }

    /// <summary>Why this header cannot be sent; null when it can.</summary>
    public static string? Problem(string name, string value) => NameProblem(name) ?? ValueProblem(name, value);

    private static int Next(string value, int from) =>
        value.AsSpan(from).IndexOfAnyExceptInRange(' ', '~') is >= 0 and var next ? from + next : -1;

    private static string Sign(string text, int at) => text[at] switch
    {
        '\r' or '\n' => "a line break",
        ' ' => "a space",
        <= ' ' or '\x7f' => string.Create(CultureInfo.InvariantCulture, $"a control character (code {(int)text[at]})"),
        _ when char.IsSurrogatePair(text, at) => $"“{text.Substring(at, 2)}”",
        var sign when char.IsSurrogate(sign) || char.IsControl(sign) =>
            string.Create(CultureInfo.InvariantCulture, $"a control character (code {(int)sign})"),
        var sign => $"“{sign}”",
    };

    // in a message a line break would be one again
    private static string Shown(string name) => string.Concat(name.Take(40).Select(c => char.IsControl(c) ? '�' : c));
}
