using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>Reads a web page as people read it: no scripts, no styles, nothing hidden; nothing is fetched and nothing runs.</summary>
internal static class HtmlReading
{
    // a page of tags alone takes a hundred times its size in memory
    private const int MostCharacters = 5_000_000;

    private static readonly HashSet<string> Unseen = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "head", "template", "noscript", "svg", "math", "iframe", "object", "select", "textarea", "audio", "video",
    };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
        "tbody", "tfoot", "thead", "title", "tr", "ul",
    };

    public static DocumentText Read(string html, string name, CancellationToken cancellationToken)
    {
        var isCut = html.Length > MostCharacters;
        if (isCut) html = html[..MostCharacters];
        if (HtmlDepth.IsOver(html, cancellationToken)) throw new DocumentRefusedException(DocumentProblem.Bomb(name));
        using var page = new HtmlParser().ParseDocument(html);
        var room = new TextRoom();
        Write(page.Body, room, cancellationToken);
        return new DocumentText(DocumentKind.Html, room.ToString()) { IsCut = isCut || room.IsFull };
    }

    // from node to node, without recursion: pages may be nested as deep as their sender likes
    private static void Write(INode? root, TextRoom room, CancellationToken cancellationToken)
    {
        for (var node = root; node is not null && !room.IsFull;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Begin(node, room) && node.FirstChild is { } child)
            {
                node = child;
                continue;
            }

            while (node is not null)
            {
                End(node, room);
                if (node == root) return;
                if (node.NextSibling is { } next)
                {
                    node = next;
                    break;
                }

                node = node.Parent;
            }
        }
    }

    // whether what is inside is read
    private static bool Begin(INode node, TextRoom room)
    {
        if (node is IText text)
        {
            AddCollapsed(text.Data, room);
            return false;
        }

        if (node is not IElement element) return node is not IComment;
        if (Unseen.Contains(element.LocalName) || IsHidden(element)) return false;
        if (element.LocalName == "br") room.Add('\n');
        else if (Blocks.Contains(element.LocalName)) room.EndLine();
        if (element.LocalName == "li") room.Add("- ");
        if (element.LocalName == "img" && element.GetAttribute("alt") is { Length: > 0 } words) AddCollapsed(words, room);
        return true;
    }

    private static void End(INode node, TextRoom room)
    {
        if (node is not IElement element || Unseen.Contains(element.LocalName) || IsHidden(element)) return;
        if (element.LocalName is "td" or "th") room.Add('\t');
        else if (Blocks.Contains(element.LocalName)) room.EndLine();
    }

    private static bool IsHidden(IElement element) => element.HasAttribute("hidden")
        || (element.GetAttribute("style") is { } style
            && style.Replace(" ", "", StringComparison.Ordinal) is var tight
            && (tight.Contains("display:none", StringComparison.OrdinalIgnoreCase)
                || tight.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase)));

    private static void AddCollapsed(string text, TextRoom room)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune)) room.Add(rune.ToString());
            else if (room.Last is not (' ' or '\n' or '\t')) room.Add(' ');
        }
    }
}
