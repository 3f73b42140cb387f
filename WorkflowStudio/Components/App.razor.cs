using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using WorkflowStudio.Components.Shared.Browser;

namespace WorkflowStudio.Components;

/// <summary>The document around every page. The theme comes from a cookie, so that the first byte is right.</summary>
public sealed partial class App
{
    // by their plain names: under the names with a fingerprint files of packages are sent as they are, ten times as large
    private const string Sheet = "_content/MudBlazor/MudBlazor.min.css";
    private const string Script = "_content/MudBlazor/MudBlazor.min.js";

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    // null on a first visit
    private bool? Dark => Http.Request.Cookies[Cookies.Theme] is { } theme ? theme == Cookies.DarkTheme : null;

    // as it is: quotes that are written into the style element one by one arrive as &quot;, and the sheet is not found
    private static MarkupString LayersOfMud => new($"@layer base, mud, own; @import url(\"{Sheet}\") layer(mud);");

    private IComponentRenderMode? Mode => Http.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;
}
