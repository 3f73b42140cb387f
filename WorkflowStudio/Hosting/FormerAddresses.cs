namespace WorkflowStudio.Hosting;

/// <summary>
/// Leads browsers from where the pages once were, and from the root, to where they are: bookmarks and links in messages go on working.
/// </summary>
internal static class FormerAddresses
{
    // of approvals the list alone: each approval's own page is for people without an account, and stays
    private static readonly string[] Lists = ["/schedules", "/calendar", "/invoices", "/approvals", "/outbox"];

    /// <summary>The address of the page that a request is after; null when it goes on to whatever answers it.</summary>
    public static string? Of(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return null;
        if (request.Path == "/") return StudioUrls.Home + request.QueryString;
        return HasMoved(request.Path) && Navigates(request) ? StudioUrls.Home + request.Path.ToUriComponent() + request.QueryString : null;
    }

    private static bool HasMoved(PathString path) =>
        path.StartsWithSegments("/workflows") || path.StartsWithSegments("/runs")
        || Array.Exists(Lists, list => path.Equals(list, StringComparison.OrdinalIgnoreCase));

    // a person who follows a link; a program is answered by the API
    private static bool Navigates(HttpRequest request) =>
        request.Headers["Sec-Fetch-Mode"] == "navigate" && !request.Headers.ContainsKey("Authorization");
}
