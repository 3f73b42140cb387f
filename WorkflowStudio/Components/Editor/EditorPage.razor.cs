using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Components.Editor;

/// <summary>The address of an editor: opens the workflow, or says why that is not possible. What is open is closed by its room.</summary>
public sealed partial class EditorPage : IAsyncDisposable
{
    private EditorSession? work;
    private bool open;
    private string? problem;

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private EditorDesk Desk { get; set; } = null!;

    [Parameter]
    public string Id { get; set; } = "";

    public ValueTask DisposeAsync() => work is null || open ? default : work.DisposeAsync();

    protected override async Task OnParametersSetAsync()
    {
        var known = ShownId.TryRead(Id, out var id);
        if (known && work?.Id == id) return;
        var (opening, unopened) = (known ? Desk.Open(Session.Caller, id) : null, open ? null : work);
        (work, open, problem) = (opening, false, known ? null : "There is no workflow with this address.");
        if (unopened is not null) await unopened.DisposeAsync();
        if (opening is null) return;
        var refused = await opening.OpenAsync();
        if (work == opening) (open, problem) = (refused is null, refused?.Message); // else another address has been asked for meanwhile
    }
}
