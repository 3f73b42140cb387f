using System.Text.Json;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Inspector.Fields;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor;

/// <summary>Starts a run with data that can be changed first. Answers a RunChoice.</summary>
public sealed partial class RunDialog
{
    private string payload = "";
    private string? problem;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>The version that runs; 0 before the first.</summary>
    [Parameter]
    public int Version { get; set; }

    /// <summary>Whether the draft can be published first.</summary>
    [Parameter]
    public bool CanPublish { get; set; }

    /// <summary>What the draft changes, in a number.</summary>
    [Parameter]
    public int Changes { get; set; }

    [Parameter]
    public JsonElement Payload { get; set; }

    [Parameter]
    public bool FromLastRun { get; set; }

    private string Text => (Version, Changes) switch
    {
        (0, _) when CanPublish => "The workflow was never published. Publishing makes version 1 and switches it on.",
        (0, _) => "The workflow was never published, and its draft has errors. Correct them first.",
        (_, 0) => $"Runs version {Version}, the one that is published.",
        _ => $"Version {Version} is published. {Changes} {(Changes == 1 ? "change is" : "changes are")} only in your draft.",
    };

    protected override void OnInitialized() => payload = JsonEdit.Pretty(Payload);

    private void Choose(bool publish, bool test = false)
    {
        if (JsonReading.TryReadObject(payload, out var data, out problem)) Dialog.Close(new RunChoice(data, publish, test));
    }

    /// <summary>What was chosen.</summary>
    public sealed record RunChoice(JsonElement Payload, bool Publish, bool Test = false);
}
