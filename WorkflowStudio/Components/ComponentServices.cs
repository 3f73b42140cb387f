using Microsoft.AspNetCore.Components.Server.Circuits;
using WorkflowStudio.Components.Runs.Desk;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Components.Workflows;

namespace WorkflowStudio.Components;

/// <summary>What the pages need from the container, beside Blazor and MudBlazor themselves.</summary>
internal static class ComponentServices
{
    public static IServiceCollection AddStudioComponents(this IServiceCollection services)
    {
        services.AddScoped<TabConnection>().AddScoped<CircuitHandler>(s => s.GetRequiredService<TabConnection>());
        services.AddSingleton<RunDesks>().AddScoped<EditorDesk>().AddScoped<JustMade>().AddSingleton<StoredEdits>();
        services.AddScoped<BrowserStore>().AddScoped<StudioTheme>().AddSingleton<LiveUpdates>().AddScoped<WorkflowActions>();
        return services;
    }
}
