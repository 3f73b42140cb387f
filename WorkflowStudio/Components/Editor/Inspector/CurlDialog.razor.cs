using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Engine.Nodes.Http;

namespace WorkflowStudio.Components.Editor.Inspector;

/// <summary>Asks for a curl command. Answers a <see cref="CurlCommand"/>.</summary>
public sealed partial class CurlDialog
{
    private string text = "";
    private string? problem;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    private void Take()
    {
        if (CurlCommand.TryRead(text, out var command, out var wrong)) Dialog.Close(command);
        else problem = wrong;
    }
}
