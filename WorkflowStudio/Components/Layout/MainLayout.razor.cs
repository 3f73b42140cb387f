using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using WorkflowStudio.Components.Shared;

namespace WorkflowStudio.Components.Layout;

/// <summary>The shell of the ordinary pages: the sidebar and one panel.</summary>
public sealed partial class MainLayout : IDisposable
{
    private CalmBoundary? boundary;
    private bool open;

    [CascadingParameter]
    private StudioSession? Session { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    public void Dispose() => Navigation.LocationChanged -= Moved;

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    private void Moved(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(() =>
    {
        open = false;
        boundary?.Recover();
        StateHasChanged();
    });
}
