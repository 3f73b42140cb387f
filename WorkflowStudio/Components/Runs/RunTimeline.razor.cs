using System.Globalization;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
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

    [Parameter]
    public string? Chosen { get; set; }

    [Parameter]
    public EventCallback<string?> ChosenChanged { get; set; }

    protected override void OnParametersSet()
    {
        var now = Run.State.IsFinal ? Run.State.LastAt : Session.Format.Now.ToUniversalTime();
        var drawn = Run.Definition.Nodes.ToDictionary(n => n.Id, n => Run.Tries.Of(n.Id).Drawn(now));
        plan = TimelinePlan.Of(Run.State.StartedAt, now, drawn.Values.SelectMany(t => t));
        rows =
        [
            new Row(WorkflowDefinition.TriggerId, StepNames.OfTrigger(Run.Definition.Trigger), StatusLook.Of(StepStatus.Done),
                [new Bar(0, 0, "done")], ""),
            .. Run.Definition.Nodes.Select(node => RowOf(node.Id, drawn[node.Id], now)),
        ];
    }

    private static string Percent(double share) => (100 * share).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    private Row RowOf(string id, IReadOnlyList<StepStretch> drawn, DateTimeOffset now)
    {
        var (status, track) = (Run.Step(id).Status, Run.Tries.Of(id));
        var bars = drawn.Select(t => new Bar(plan.Place(t.From), plan.Place(t.EndOf(now)), Tone(t.Status)));
        if (status == StepStatus.Looping)
            return new Row(id, StepNames.Of(Run, id), StatusLook.Of(status), [.. bars], IterationWords.Through(Run.Iterations.Of(id)),
                IterationWords.OfLoop(Run.Iterations.Of(id)));
        return Run.IsInside(id) && status is not (StepStatus.NotStarted or StepStatus.Skipped)
            ? new Row(id, StepNames.Of(Run, id), StatusLook.Of(status), [.. bars], IterationWords.Through(Run, id),
                IterationWords.OfStep(Run, id, track.Longest))
            : new Row(id, StepNames.Of(Run, id), StatusLook.Of(status), [.. bars], Length(status, track, now));
    }

    private static string Length(StepStatus status, StepTrack track, DateTimeOffset now)
    {
        if (status is StepStatus.NotStarted or StepStatus.Skipped or StepStatus.Canceled && track.Count == 0)
            return StatusLook.Of(status).Words;
        if (status == StepStatus.Running) return "Running";
        return track.Count == 0 ? "" : StudioFormat.Duration(track.TookAt(now));
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
