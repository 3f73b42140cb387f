using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using WorkflowStudio.Components.Shared;

namespace WorkflowStudio.Components.Layout;

/// <summary>The shell of pages that need the whole window (editor, run): a narrow rail and the page from edge to edge.</summary>
public sealed partial class RailLayout : IDisposable
{
    private CalmBoundary? boundary;

    [CascadingParameter]
    private StudioSession? Session { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    public void Dispose() => Navigation.LocationChanged -= Moved;

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    private void Moved(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(() => boundary?.Recover());
}
