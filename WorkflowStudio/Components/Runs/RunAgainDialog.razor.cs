using System.Text.Json;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Inspector.Fields;

namespace WorkflowStudio.Components.Runs;

/// <summary>Runs a run again with its data, which can be changed first. Answers an AgainChoice.</summary>
public sealed partial class RunAgainDialog
{
    private string payload = "";
    private string? problem;
    private bool edited;
    private bool sameVersion;
    private System.Text.Json.JsonElement data;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>What the run started with.</summary>
    [Parameter, EditorRequired]
    public System.Text.Json.JsonElement Payload { get; set; }

    /// <summary>The number of the version it had.</summary>
    [Parameter, EditorRequired]
    public int Version { get; set; }

    protected override void OnInitialized()
    {
        payload = JsonEdit.Pretty(Payload);
        data = Payload;
    }

    private void Check()
    {
        if (!JsonReading.TryReadObject(payload, out var read, out problem)) return;
        edited = !System.Text.Json.JsonElement.DeepEquals(read, Payload);
        data = read;
    }

    private void Choose() => Dialog.Close(new AgainChoice(edited ? data : null, sameVersion));

    /// <summary>What was chosen; no data stands for the same.</summary>
    public sealed record AgainChoice(System.Text.Json.JsonElement? Payload, bool SameVersion);
}
