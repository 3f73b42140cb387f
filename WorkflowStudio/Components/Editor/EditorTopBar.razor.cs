using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Components.Shared.Browser;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Components.Editor;

/// <summary>The bar above the canvas: what is open, whether it is saved, and what can be done with it.</summary>
public sealed partial class EditorTopBar
{
    /// <summary>The id of the field of the workflow's name.</summary>
    internal const string NameField = "workflow-name";

    private bool renaming;
    private bool focus;
    private string? refused; // a name that was typed and could not be given: it stays until another one can
    private ElementReference field;

    [Inject]
    private BrowserStore Browser { get; set; } = null!;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Parameter, EditorRequired]
    public EditorSession Work { get; set; } = null!;

    /// <summary>A button asks for a command.</summary>
    [Parameter]
    public EventCallback<EditorCommand> OnCommand { get; set; }

    [Parameter]
    public EventCallback OnPublish { get; set; }

    /// <summary>Gives the workflow another name; false when that was refused.</summary>
    [Parameter]
    public Func<string, Task<bool>> OnRename { get; set; } = _ => Task.FromResult(true);

    /// <summary>Whether the list of steps is shown beside the canvas.</summary>
    [Parameter]
    public bool ListOpen { get; set; }

    [Parameter]
    public EventCallback<bool> ListOpenChanged { get; set; }

    /// <summary>Lets the workflow's name be written.</summary>
    public void StartRenaming()
    {
        (renaming, focus) = (true, true);
        StateHasChanged();
    }

    private bool Paused => Work.Workflow.Status == WorkflowStatus.Paused;

    private string SavedIcon => Work.Save switch
    {
        SaveState.Saved => "cloud_done",
        SaveState.Failed or SaveState.Conflict => "cloud_off",
        _ => "cloud_upload",
    };

    private string SavedWords => Work.Save switch
    {
        SaveState.Saved => $"Saved {Session.Format.Time(Work.SavedAt)}",
        SaveState.Failed or SaveState.Conflict => "Not saved",
        SaveState.Unsaved => "Not saved yet",
        _ => "Saving",
    };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!focus) return;
        focus = false;
        await Browser.SelectTextAsync(field);
    }

    private static string Titled(EditorCommand command, string? action) =>
        action is null ? command.Title : command.TitleOf($"{command.Words}: {char.ToLowerInvariant(action[0])}{action[1..]}");

    private async Task Rename(ChangeEventArgs args)
    {
        var name = args.Value?.ToString()?.Trim() ?? "";
        refused = name.Length == 0 || name == Work.Workflow.Name || await OnRename(name) ? null : name;
        renaming = refused is not null;
    }
}
