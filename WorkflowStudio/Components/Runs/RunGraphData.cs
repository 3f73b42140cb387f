using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Layout;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>A run's version and its statuses as the canvas draws them.</summary>
internal static class RunGraphData
{
    /// <summary>The version's graph, laid out where it has no positions.</summary>
    public static CanvasGraph Graph(RunWatch run, IStepTypes types)
    {
        var places = GraphLayout.Complete(run.Definition, run.Editor.Nodes, types).ToDictionary(p => p.Id);
        var start = places[WorkflowDefinition.TriggerId];
        var trigger = run.Definition.Trigger;
        var kind = StepNames.TypeOf(trigger);
        var nodes = new List<CanvasNode>
        {
            new(WorkflowDefinition.TriggerId, CanvasNodeKind.Trigger, trigger.Type, kind?.Title ?? trigger.Type, StepGroup.Trigger,
                kind?.Icon ?? "bolt", StepNames.OfTrigger(trigger),
                start.X, start.Y, Inputs: false, [new CanvasPort("out")]),
        };
        nodes.AddRange(run.Definition.Nodes.Select(node =>
        {
            var (type, place) = (run.TypeOf(node.Id), places[node.Id]);
            return new CanvasNode(
                node.Id, CanvasNodeKind.Step, node.Type, type.Title, (StepGroup)(int)type.Group, type.Icon, StepNames.Of(run, node.Id),
                place.X, place.Y, Inputs: true,
                [.. run.PortsOf(node.Id).Select(p => new CanvasPort(p.Id, p.Label))], type.Summary(node.Config), null, node.Disabled);
        }));
        var links = run.Definition.Links.Select(
            (link, i) => new CanvasLink($"link{i}", link.From, link.FromPort ?? FirstPort(run, link.From), link.To));
        return new CanvasGraph(
            nodes, [.. links],
            [.. run.Editor.Notes.Select(n => new Editor.Canvas.CanvasNote(n.Id, n.X, n.Y, n.Width, n.Text, n.By))],
            [.. run.Editor.Groups.Select(g => new Editor.Canvas.CanvasGroup(g.Id, g.X, g.Y, g.Width, g.Height, g.Title))]);
    }

    /// <summary>Where every step stands, with the words below it.</summary>
    public static IReadOnlyList<ShownStep> Statuses(RunWatch run, StudioFormat format) =>
    [
        new ShownStep(WorkflowDefinition.TriggerId, ShownStatus.Done),
        .. run.Definition.Nodes.Select(node =>
        {
            var step = run.Step(node.Id);
            return new ShownStep(node.Id, Draw(step.Status), Caption(run, node.Id, step, format));
        }),
    ];

    /// <summary>The words below a step of a run: how far its items are, which round it is, or what it does.</summary>
    private static string? Caption(RunWatch run, string id, StepState step, StudioFormat format)
    {
        var track = run.Tries.Of(id);
        var said = run.IsInside(id) ? run.Iterations.Tally(id) is { Running: 0, Waiting: 0, Failed: 0 }
            ? IterationWords.OfStep(run, id, track.Longest)
            : IterationWords.OfStep(run, id)
            : step.Status is StepStatus.Looping or StepStatus.Done && IterationWords.OfLoop(run.Iterations.Of(id)) is { } items ? items
            : RunWords.AsksApproval(run, id) ? "Waits for an approval"
            : Caption(step, track.Took, format);
        return step.Round == 0 ? said : said is null ? $"Round {step.Round + 1}" : $"{said}, round {step.Round + 1}";
    }

    /// <summary>The words below a step: how long it took with its waits, until when it waits, after how many tries it failed.</summary>
    public static string? Caption(StepState step, TimeSpan took, StudioFormat format) => step.Status switch
    {
        StepStatus.Done => StudioFormat.Duration(took) + (step.Attempt > 1 ? $", try {step.Attempt}" : ""),
        StepStatus.Waiting when step.Until is { } until => $"Waits until {format.DateTime(until)}",
        StepStatus.Waiting => step.Caption is { } what ? $"Waits for {what}" : "Waits",
        StepStatus.Retrying when step.Until is { } again => $"Tries again {format.Time(again)}",
        StepStatus.Failed => step.Attempt > 1 ? $"Failed after {step.Attempt} tries" : "Failed",
        StepStatus.Skipped => "Skipped",
        StepStatus.Canceled => "Canceled",
        _ => null,
    };

    private static ShownStatus Draw(StepStatus status) => status switch
    {
        StepStatus.Running or StepStatus.Looping => ShownStatus.Running,
        StepStatus.Waiting or StepStatus.Retrying => ShownStatus.Waiting,
        StepStatus.Done => ShownStatus.Done,
        StepStatus.Failed => ShownStatus.Failed,
        StepStatus.Skipped => ShownStatus.Skipped,
        StepStatus.Canceled => ShownStatus.Canceled,
        _ => ShownStatus.NotStarted,
    };

    private static string FirstPort(RunWatch run, string id) =>
        id == WorkflowDefinition.TriggerId ? "out" : run.PortsOf(id) is [var first, ..] ? first.Id : "out";
}
