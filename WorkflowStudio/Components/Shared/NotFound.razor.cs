using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;

namespace WorkflowStudio.Components.Shared;

/// <summary>
/// What people see when there is nothing at an address. Clients of the practice read of their invoice or a form, not of the
/// studio.
/// </summary>
public sealed partial class NotFound
{
    /// <summary>The page's own address, to which unanswered requests are handed on.</summary>
    internal const string Path = "/not-found";

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    private bool IsInvoice => WasAt("/i/");

    private bool IsForm => WasAt("/forms/");

    private bool WasAt(string beginning) =>
        Http?.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath.StartsWith(beginning, StringComparison.Ordinal) == true;
}
