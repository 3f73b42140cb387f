using System.Globalization;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>A row per step with a bar per try; waits are hatched and shortened, their true length stands at the right.</summary>
public sealed partial class RunTimeline
{
    private TimelinePlan plan = null!;
    private List<Row> rows = [];

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Parameter, EditorRequired]
    public RunWatch Run { get; set; } = null!;

    /// <summary>The stretches of each step.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<string, IReadOnlyList<StepStretch>> Tries { get; set; } = null!;

    [Parameter]
    public string? Chosen { get; set; }

    [Parameter]
    public EventCallback<string?> ChosenChanged { get; set; }

    protected override void OnParametersSet()
    {
        var now = Run.State.IsFinal ? Run.State.LastAt : Session.Format.Now.ToUniversalTime();
        var drawn = Tries.ToDictionary(t => t.Key, t => ItemStretches.Merge(t.Value, now));
        plan = TimelinePlan.Of(Run.State.StartedAt, now, drawn.Values.SelectMany(t => t));
        rows =
        [
            new Row(WorkflowDefinition.TriggerId, StepNames.OfTrigger(Run.Definition.Trigger), StatusLook.Of(StepStatus.Done), [new Bar(0, 0, "done")], ""),
            .. Run.Definition.Nodes.Select(node => RowOf(node.Id, drawn[node.Id], now)),
        ];
    }

    private static string Percent(double share) => (100 * share).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    private Row RowOf(string id, IReadOnlyList<StepStretch> tries, DateTimeOffset now)
    {
        var status = Run.Step(id).Status;
        var bars = tries.Select(t => new Bar(plan.Place(t.From), plan.Place(TimelinePlan.EndOf(t, now)), Tone(t.Status)));
        if (status == StepStatus.Looping) return new Row(id, StepNames.Of(Run, id), StatusLook.Of(status), [.. bars], IterationWords.Through(Run.Iterations.Of(id)), IterationWords.OfLoop(Run.Iterations.Of(id)));
        return Run.IsInside(id) && status is not (StepStatus.NotStarted or StepStatus.Skipped)
            ? new Row(id, StepNames.Of(Run, id), StatusLook.Of(status), [.. bars], IterationWords.Through(Run, id), IterationWords.OfStep(Run, id, Tries[id]))
            : new Row(id, StepNames.Of(Run, id), StatusLook.Of(status), [.. bars], Length(status, tries, now));
    }

    private static string Length(StepStatus status, IReadOnlyList<StepStretch> tries, DateTimeOffset now)
    {
        if (status is StepStatus.NotStarted or StepStatus.Skipped or StepStatus.Canceled && tries.Count == 0) return StatusLook.Of(status).Words;
        if (status == StepStatus.Running) return "Running";
        if (tries.Count == 0) return "";
        var wait = tries.Where(t => t.IsWait).Aggregate(TimeSpan.Zero, (sum, t) => sum + (TimelinePlan.EndOf(t, now) - t.From));
        return StudioFormat.Duration(wait > TimeSpan.Zero ? wait + RunGraphData.Worked(tries) : RunGraphData.Worked(tries));
    }

    private static string Tone(StepStatus status) => status switch
    {
        StepStatus.Running => "running",
        StepStatus.Waiting => "waiting",
        StepStatus.Failed or StepStatus.Retrying => "failed",
        StepStatus.Canceled => "skipped",
        _ => "done",
    };

    private sealed record Row(string Id, string Name, StatusLook Look, IReadOnlyList<Bar> Bars, string Length, string? Title = null);

    private sealed record Bar(double From, double To, string Tone);
}
