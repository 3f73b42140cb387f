namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>
/// Counts how deep a page would be nested, without reading it: a parser looks through all that is open at each tag, so its time grows with
/// the square of the depth.
/// </summary>
internal static class HtmlDepth
{
    private const int Most = 2_000;

    // never open for long, with or without an end
    private static readonly HashSet<string> Shallow = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link", "meta", "option", "p",
        "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    };

    public static bool IsOver(string html, CancellationToken cancellationToken)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var depth = 0;
        for (var at = html.IndexOf('<'); at >= 0; at = html.IndexOf('<', at + 1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isEnd = at + 1 < html.Length && html[at + 1] == '/';
            var from = at + (isEnd ? 2 : 1);
            var to = from;
            while (to < html.Length && to - from < 40 && char.IsAsciiLetterOrDigit(html[to])) to++;
            if (to == from || Shallow.Contains(html[from..to])) continue;
            var name = html[from..to];
            var count = open.GetValueOrDefault(name);
            if (!isEnd) (open[name], depth) = (count + 1, depth + 1);
            else if (count > 0) (open[name], depth) = (count - 1, depth - 1);
            if (depth > Most) return true;
        }

        return false;
    }
}
