using Microsoft.AspNetCore.SignalR;
using MudBlazor.Services;
using WorkflowStudio.Components;
using WorkflowStudio.Components.Shared;

namespace WorkflowStudio.Hosting;

/// <summary>The pages: Blazor Server with MudBlazor.</summary>
internal static class PagesSetup
{
    // a definition of 500 steps with its layout crosses the circuit in one message
    private const long MaxCircuitMessageBytes = 2 * 1024 * 1024;

    public static IServiceCollection AddStudioPages(this IServiceCollection services)
    {
        // A page whose circuit is gone is loaded again (reconnect.js). Made anew in the page that is there it would stand beside the
        // scripts of the old one.
        services.AddRazorComponents().AddInteractiveServerComponents(o => o.PersistedCircuitInMemoryMaxRetained = 0);
        services.Configure<HubOptions>(o => o.MaximumReceiveMessageSize = MaxCircuitMessageBytes);
        services.AddMudServices(o => Toasts.Configure(o.SnackbarConfiguration));
        return services.AddStudioComponents();
    }

    public static void MapStudioPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRecordDownloads();
        app.MapCalendarDownloads();
        app.MapInvoiceDownloads();
        app.MapDocumentDownloads();
        app.MapSubmissionDownloads();
        // said once, in SecurityHeaders
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null);
    }
}
