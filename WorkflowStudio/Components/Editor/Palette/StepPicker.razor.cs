using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Palette;

/// <summary>Chooses a step type where one is to be put.</summary>
public sealed partial class StepPicker
{
    private IReadOnlyList<StepChoice> all = [];
    private IReadOnlyList<StepChoice> shown = [];
    private string search = "";
    private int active;
    private int inView;
    private ElementReference field;

    [Inject]
    private NodeCatalog Catalog { get; set; } = null!;

    [Inject]
    private BrowserStore Browser { get; set; } = null!;

    /// <summary>Where in the window, in pixels; null is in the middle.</summary>
    [Parameter]
    public (double X, double Y)? At { get; set; }

    [Parameter]
    public EventCallback<StepChoice> OnChoose { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    private string Place => At is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"left:min({at.X:0}px, 100vw - 296px);top:min({at.Y:0}px, 100vh - 376px)")
        : "left:calc(50vw - 140px);top:18vh";

    protected override void OnInitialized() => shown = all = [.. StepChoice.All(Catalog).Where(c => c.Group != NodeGroup.Trigger)];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await field.FocusAsync();
        if (active == inView) return;
        inView = active;
        await Browser.ShowAsync($"picker-{active}");
    }

    private void Search(string? text)
    {
        search = text ?? "";
        (shown, active) = (StepChoice.Search(all, search), 0);
    }

    private Task Press(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" when shown.Count > 0: active = (active + 1) % shown.Count; break;
            case "ArrowUp" when shown.Count > 0: active = (active + shown.Count - 1) % shown.Count; break;
            case "Enter" when shown.Count > 0: return OnChoose.InvokeAsync(shown[active]);
            case "Escape": return OnClose.InvokeAsync();
        }
        return Task.CompletedTask;
    }
}
