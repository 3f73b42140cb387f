using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace WorkflowStudio.Components.Shared;

/// <summary>HTML that somebody else wrote, made safe to be shown: no scripts, forms or frames, and nothing that is fetched.</summary>
internal static class SafeHtml
{
    // what a page would say of itself stands first, so that no rule of the text comes before it
    private const string Head = "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" "
        + "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"><style>body{font:14px/1.5 sans-serif;margin:20px;"
        + "overflow-wrap:anywhere}img{max-width:100%}</style>";

    // a sanitizer is made once and asked from several threads
    private static readonly HtmlSanitizer Sanitizer = Make();

    /// <summary>A document of its own, to be shown in a frame that may do nothing.</summary>
    public static string Document(string html) => Head + Sanitizer.Sanitize(html);

    private static HtmlSanitizer Make()
    {
        var made = new HtmlSanitizer();
        made.AllowedTags.Remove("form");
        made.AllowedTags.Remove("input");
        made.AllowedTags.Remove("button");
        made.AllowedTags.Remove("select");
        made.AllowedTags.Remove("textarea");
        made.AllowedSchemes.Clear();
        made.AllowedSchemes.Add("data");
        made.AllowedAttributes.Remove("href");
        made.AllowedAttributes.Remove("action");
        // an address without a scheme leads somewhere, too
        made.FilterUrl += (_, e) => e.SanitizedUrl = e.OriginalUrl.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            ? e.SanitizedUrl
            : null;
        made.PostProcessNode += (_, e) =>
        {
            if (e.Node is IHtmlImageElement { Source: null or "" } image) image.Remove();
        };
        return made;
    }
}
