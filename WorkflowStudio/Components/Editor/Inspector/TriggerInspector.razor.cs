using System.Text.Json;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Inspector.Fields;
using WorkflowStudio.Components.Editor.Session;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Triggers;

namespace WorkflowStudio.Components.Editor.Inspector;

/// <summary>How the workflow starts: by hand or by data that is posted to its address, with a way to try it.</summary>
public sealed partial class TriggerInspector
{
    private const string Example = """{"==": [{"var": "data.plan"}, "gold"]}""";

    private string payload = "";
    private string? problem;

    [Inject]
    private NodeCatalog Catalog { get; set; } = null!;

    [Parameter, EditorRequired]
    public EditorDocument Document { get; set; } = null!;

    /// <summary>The address that starts the workflow.</summary>
    [Parameter, EditorRequired]
    public string Address { get; set; } = "";

    [Parameter]
    public bool IsPublished { get; set; }

    /// <summary>What a test is sent with at first.</summary>
    [Parameter]
    public JsonElement SamplePayload { get; set; }

    [Parameter]
    public EventCallback<EditOutcome> OnEdit { get; set; }

    /// <summary>Starts a run with this data.</summary>
    [Parameter]
    public EventCallback<JsonElement> OnSend { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    private WorkflowTrigger Trigger => Document.Definition.Trigger;

    private TriggerType? Type => Catalog.Trigger(Trigger.Type);

    private IEnumerable<StepProblem> Problems => Document.Problems.Where(p => p.StepId == WorkflowDefinition.TriggerId);

    private SettingContext Context =>
        new SettingContext { StepId = WorkflowDefinition.TriggerId, Expressions = false, Problems = [.. Problems], Typed = Typed }
            .WithUnread(Document, WorkflowDefinition.TriggerId, OnEdit);

    /// <summary>Texts that are typed and not reported yet.</summary>
    [Parameter]
    public TypedTexts Typed { get; set; } = new();

    private string AddressHint =>
        !IsPublished ? "The address works once the workflow is published."
        : IsSigned ? "Posts to this address have to be signed, see Signature under More."
        : "Whoever knows this address can start the workflow. It needs no key.";

    private bool IsSigned => Trigger.Config.ValueKind == JsonValueKind.Object
        && Trigger.Config.TryGetProperty("signature", out var signature)
        && signature.ValueKind == JsonValueKind.Object && signature.TryGetProperty("scheme", out _);

    private string Command => $"curl -X POST {Address} \\\n  -H 'Content-Type: application/json' \\\n  -d "
        + $"'{JsonEdit.Compact(SamplePayload).Replace("'", "'\\''", StringComparison.Ordinal)}'";

    protected override void OnInitialized() => payload = JsonEdit.Pretty(SamplePayload);

    private async Task Change(WorkflowTrigger trigger, string field)
    {
        await OnEdit.InvokeAsync(Document.ChangeTrigger(trigger, field));
        Document.Seal();
    }

    private Task Send() => JsonReading.TryRead(payload, out var data, out problem) ? OnSend.InvokeAsync(data) : Task.CompletedTask;
}
