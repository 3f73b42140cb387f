using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using WorkflowStudio.Components.Shared.Browser;

namespace WorkflowStudio.Components;

/// <summary>The document around every page. The theme comes from a cookie, so that the first byte is right.</summary>
public sealed partial class App
{
    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private string Theme => Dark ? Cookies.DarkTheme : Cookies.LightTheme;

    private bool Dark => Http.Request.Cookies[Cookies.Theme] == Cookies.DarkTheme;

    private IComponentRenderMode? Mode => Http.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;
}
