using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Http;

namespace WorkflowStudio.Components.Editor.Inspector;

/// <summary>Asks for a curl command and makes it the settings of an HTTP request, as one action.</summary>
public sealed partial class CurlPaste
{
    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Toasts { get; set; } = null!;

    [Parameter, EditorRequired]
    public EditorDocument Document { get; set; } = null!;

    [Parameter, EditorRequired]
    public WorkflowNode Node { get; set; } = null!;

    /// <summary>Texts that are typed and not reported yet.</summary>
    [Parameter]
    public TypedTexts Typed { get; set; } = new();

    /// <summary>The settings were changed: the canvas has to hear of it.</summary>
    [Parameter]
    public EventCallback<EditOutcome> OnEdit { get; set; }

    private async Task PasteAsync()
    {
        await Typed.ReportAsync();
        var id = Node.Id;
        if (await Dialogs.OpenAsync<CurlDialog>("Paste a curl command", DialogShape.Form) is not CurlCommand command) return;
        // somebody may have deleted it meanwhile
        if (Document.Definition.Node(id) is not { } node)
        {
            Toasts.Say("This step no longer exists.");
            return;
        }

        Document.Seal();
        foreach (var unread in Document.Unread.Where(u => u.Id == id && CurlCommand.Sets(u.Setting.Split('.', '[', '#')[0])).ToList())
            await OnEdit.InvokeAsync(Document.KeepUnread(id, unread.Setting, null));
        await OnEdit.InvokeAsync(Document.ChangeConfig(id, command.Onto(node.Config), "config"));
        Document.Seal();
        if (command.Notes.Count > 0) Toasts.Say(string.Join(" ", command.Notes));
    }
}
