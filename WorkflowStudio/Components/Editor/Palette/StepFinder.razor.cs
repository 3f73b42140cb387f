using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Palette;

/// <summary>Finds a step of this workflow by its name: Ctrl+F.</summary>
public sealed partial class StepFinder
{
    private const int Most = 50;

    private IReadOnlyList<FoundStep> shown = [];
    private string search = "";
    private int active;
    private int inView;
    private ElementReference field;

    [Inject]
    private NodeCatalog Catalog { get; set; } = null!;

    [Inject]
    private BrowserStore Browser { get; set; } = null!;

    [Parameter, EditorRequired]
    public EditorDocument Document { get; set; } = null!;

    [Parameter]
    public EventCallback<string> OnChoose { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    protected override void OnInitialized() => Search("");

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await field.FocusAsync();
        if (active == inView) return;
        inView = active;
        await Browser.ShowAsync($"finder-{active}");
    }

    private void Search(string? text)
    {
        search = text ?? "";
        (shown, active) = ([.. FoundStep.In(Document.Definition, Catalog, search).Take(Most)], 0);
    }

    private Task Press(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" when shown.Count > 0: active = (active + 1) % shown.Count; break;
            case "ArrowUp" when shown.Count > 0: active = (active + shown.Count - 1) % shown.Count; break;
            case "Enter" when shown.Count > 0: return OnChoose.InvokeAsync(shown[active].Id);
            case "Escape": return OnClose.InvokeAsync();
        }
        return Task.CompletedTask;
    }
}
