using System.Text.Json;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>What a step was given, what it gave, and how often it was tried. For the start: the data that was received.</summary>
public sealed partial class StepPanel
{
    private const string InputTab = "Input";
    private const string OutputTab = "Output";
    private const string TriesTab = "Tries";
    private const string DataTab = "Received";

    private const string ItemsTab = "Items";

    private string? chosenTab;
    private string? outer; // which run through items is shown, of a for-each inside another

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Parameter, EditorRequired]
    public RunWatch Run { get; set; } = null!;

    [Parameter, EditorRequired]
    public string StepId { get; set; } = "";

    [Parameter]
    public bool MayRun { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Parameter]
    public EventCallback OnWake { get; set; }

    /// <summary>Called with the number of an iteration that is to be done again.</summary>
    [Parameter]
    public EventCallback<int> OnRetry { get; set; }

    private IReadOnlyList<LoopView> Loops => IsStart ? [] : Run.Iterations.Of(StepId);

    private LoopView Loop => Loops.FirstOrDefault(l => l.Outer == outer) ?? Loops[^1];

    private bool IsStart => StepId == WorkflowDefinition.TriggerId;

    private StepState? Step => IsStart ? null : Run.Step(StepId);

    private string Name => StepNames.Of(Run, StepId);

    private string Group => IsStart ? "trigger" : Run.TypeOf(StepId).Group.ToString().ToLowerInvariant();

    private string Symbol => IsStart ? StepNames.TypeOf(Run.Definition.Trigger)?.Icon ?? "bolt" : Run.TypeOf(StepId).Icon;

    private IReadOnlyList<string> Tabs =>
        IsStart ? [DataTab] : Loops.Count > 0 ? [ItemsTab, InputTab, OutputTab, TriesTab] : [InputTab, OutputTab, TriesTab];

    private string Tab => chosenTab is not null && Tabs.Contains(chosenTab) ? chosenTab
        : IsStart ? DataTab
        : Loops.Count > 0 ? ItemsTab
        : Step is { Output.ValueKind: not JsonValueKind.Undefined } ? OutputTab : InputTab;

    private JsonElement Shown => Tab switch
    {
        DataTab => Run.State.Payload,
        OutputTab => Step!.Output,
        _ => Run.SettingsUsed(StepId),
    };

    private string Summary
    {
        get
        {
            if (Step is not { } step) return $"Started {Session.Format.DateTime(Run.State.StartedAt)}";
            var words = StatusLook.Of(step.Status).Words + (step.Round > 0 ? $", round {step.Round + 1}" : "");
            if (Run.IsInside(StepId)) return IterationWords.OfStep(Run, StepId, Track.Longest) ?? words;
            if (step.Status != StepStatus.Done) return words;
            return $"{words}{(step.Attempt > 1 ? $" on try {step.Attempt}" : "")}, {StudioFormat.Duration(Track.Took)}";
        }
    }

    private StepTrack Track => Run.Tries.Of(StepId);

    // which item, why, or when
    private string NoteOf(StepStretch stretch) => (IterationWords.Place(stretch.Iteration), stretch.Note) switch
    {
        (null, { } note) => note,
        (null, null) => Session.Format.DateTime(stretch.From),
        ({ } place, null) => $"{char.ToUpperInvariant(place[0])}{place[1..]}, {Session.Format.DateTime(stretch.From)}",
        ({ } place, { } note) => $"{char.ToUpperInvariant(place[0])}{place[1..]}: {note}",
    };

    private static StatusLook LookOf(StepStretch stretch) => stretch.Status switch
    {
        StepStatus.Retrying => new StatusLook("failed", "error", $"Try {stretch.Try} failed", Filled: true),
        StepStatus.Waiting when stretch.To is not null => new StatusLook("waiting", "schedule", "Waited"),
        StepStatus.Waiting => new StatusLook("waiting", "schedule", "Waits"),
        var status => StatusLook.Of(status),
    };

    private string WaitsFor(StepState step) => step switch
    {
        { Status: StepStatus.Retrying, Until: { } again } => $"Tries again {Session.Format.DateTime(again)}",
        { Until: { } until } when RunWords.AsksApproval(Run, StepId) => $"Waits for an approval until {Session.Format.DateTime(until)}",
        { Until: { } until } => $"Waits until {Session.Format.DateTime(until)}",
        _ => "Waits for something to happen",
    };
}
