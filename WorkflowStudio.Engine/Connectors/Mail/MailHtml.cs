using System.Text;
using MimeKit.Text;

namespace WorkflowStudio.Engine.Connectors.Mail;

/// <summary>
/// The text of a mail that comes as HTML alone. Read mark by mark, without a tree: a mail may be nested as deep as its sender likes. What
/// mail programs mark as quoted is left out, unless nothing else is there.
/// </summary>
internal static class MailHtml
{
    private static readonly HashSet<string> Unseen = new(StringComparer.OrdinalIgnoreCase)
    { "script", "style", "title", "template", "noscript", "svg", "math", "iframe", "object", "select", "textarea" };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    { "address", "blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "table", "tr", "ul" };

    // without an end of their own
    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    { "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr" };

    private static readonly string[] Quotes =
    [
        "gmail_quote", "gmail_signature", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix", "moz-signature", "gmx_quote",
        "webde_quote", "zmail_extra", "tutanota_quote",
    ];

    /// <summary>What was written.</summary>
    public static string Text(string html) => Read(html, withQuotes: false) is { } text && !string.IsNullOrWhiteSpace(text)
        ? text
        : Read(html, withQuotes: true);

    private static string Read(string html, bool withQuotes)
    {
        var text = new StringBuilder();
        var tokens = new HtmlTokenizer(new StringReader(html));
        var (skipped, depth) = ("", 0);
        while (tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                if (depth > 0)
                {
                    // of what is left out only its own kind is counted: its end ends it
                    if (tag.Name.Equals(skipped, StringComparison.OrdinalIgnoreCase))
                        depth += tag.IsEndTag ? -1 : tag.IsEmptyElement ? 0 : 1;
                }
                else if (!tag.IsEndTag && IsLeftOut(tag, withQuotes))
                {
                    (skipped, depth) = (tag.Name, 1);
                    EndLine(text);
                }
                else if (tag.Name.Equals("br", StringComparison.OrdinalIgnoreCase))
                {
                    text.Append('\n');
                }
                else if (Blocks.Contains(tag.Name))
                {
                    EndLine(text);
                }
            }
            else if (depth == 0 && token is HtmlDataToken data and not HtmlScriptDataToken)
            {
                Collapse(data.Data, text);
            }
        }

        return text.ToString();
    }

    private static bool IsLeftOut(HtmlTagToken tag, bool withQuotes)
    {
        if (tag.IsEmptyElement || Void.Contains(tag.Name)) return false;
        if (Unseen.Contains(tag.Name) || IsHidden(tag)) return true;
        if (withQuotes) return false;
        return (tag.Name.Equals("blockquote", StringComparison.OrdinalIgnoreCase)
                && Value(tag, "type").Equals("cite", StringComparison.OrdinalIgnoreCase))
            || (Value(tag, "class") is { Length: > 0 } names && names.Split(' ').Any(Quotes.Contains))
            || Value(tag, "name") is "quote";
    }

    private static bool IsHidden(HtmlTagToken tag) => Value(tag, "style") is { Length: > 0 } style
        && style.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase);

    private static string Value(HtmlTagToken tag, string name) =>
        tag.Attributes.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value ?? "";

    private static void EndLine(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        if (text.Length > 0 && text[^1] != '\n') text.Append('\n');
    }

    private static void Collapse(string more, StringBuilder text)
    {
        foreach (var sign in more)
            if (!char.IsWhiteSpace(sign)) text.Append(sign);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n')) text.Append(' ');
    }
}
