using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Feed;

/// <summary>
/// When every step of a run was worked on and waited, entry by entry. A step inside a for-each has stretches of its own in every iteration;
/// what is kept of them does not grow with the number of items.
/// </summary>
public sealed class StepTries
{
    private readonly Dictionary<string, StepTrack> tracks;
    private readonly ILookup<string, string> before;
    private readonly Func<string, string, DateTimeOffset?> begun;
    private readonly Func<string, IEnumerable<string>> inside;
    private readonly Dictionary<string, List<StepTrack>> bodies = [];

    /// <summary>For a version.</summary>
    /// <param name="definition">The version.</param>
    /// <param name="begun">When an iteration of a for-each began; null when that is not known.</param>
    /// <param name="inside">The steps inside a for-each.</param>
    internal StepTries(WorkflowDefinition definition, Func<string, string, DateTimeOffset?> begun, Func<string, IEnumerable<string>> inside)
    {
        (this.begun, this.inside) = (begun, inside);
        tracks = definition.Nodes.ToDictionary(n => n.Id, _ => new StepTrack());
        before = definition.Links.ToLookup(l => l.To, l => l.From);
        Start = new StepTrack();
    }

    private StepTries(StepTries from, IterationViews iterations)
    {
        (begun, inside, before, Start) = (iterations.StartOf, iterations.Inside, from.before, from.Start.Copy());
        tracks = from.tracks.ToDictionary(t => t.Key, t => t.Value.Copy());
    }

    /// <summary>Whether any step has waited.</summary>
    public bool HasWaited => tracks.Values.Any(t => t.HasWaited);

    /// <summary>The stretches of a step; none for the start.</summary>
    public StepTrack Of(string nodeId) => tracks.GetValueOrDefault(nodeId) ?? StepTrack.None;

    // the start is no step, but what follows it begins when it is over
    private StepTrack Start { get; }

    /// <summary>The same for the copy of a view.</summary>
    internal StepTries Copy(IterationViews iterations) => new(this, iterations);

    /// <summary>Takes in an entry. A call whose start was not recorded began when the last step before it was over.</summary>
    internal void Apply(in JournalEntry entry)
    {
        var (_, at, e) = entry;
        if (e is RunEvent.RunStarted) Start.Over(null, at);
        else if (e is RunEvent.RunFailed or RunEvent.RunCanceled) Cut(tracks.Values, null, at);
        else if (e is RunEvent.IterationEnded) Cut(Inside(e.NodeId!), e.Iteration, at);
        else if (e.NodeId is { } id && tracks.TryGetValue(id, out var track)) Take(track, id, e, at);
    }

    private void Take(StepTrack track, string id, RunEvent e, DateTimeOffset at)
    {
        switch (e)
        {
            case RunEvent.LoopStarted:
                Begin(track, e, StartOf(track, id, e.Iteration, at));
                break;
            case RunEvent.StepStarted:
                Begin(track, e, at);
                break;
            case RunEvent.StepWoken:
                if (track.OpenIn(e.Iteration) is { } wait) track.Close(wait, StepStatus.Waiting, at, null);
                Begin(track, e, at);
                break;
            case RunEvent.StepParked parked:
                Finish(track, id, e, StepStatus.Done, at, null);
                track.Open(new StepStretch(StepStatus.Waiting, at, null, e.Attempt, parked.Caption, parked.Until, e.Iteration));
                break;
            case RunEvent.RetryScheduled again:
                Finish(track, id, e, StepStatus.Retrying, at, again.Message);
                break;
            case RunEvent.StepCompleted:
                Finish(track, id, e, StepStatus.Done, at, null);
                End(track, id, e, at);
                break;
            case RunEvent.StepFailed failed:
                Finish(track, id, e, StepStatus.Failed, at, failed.Message);
                End(track, id, e, at);
                break;
            case RunEvent.StepSkipped:
                track.Over(e.Iteration, at);
                break;
        }
    }

    private DateTimeOffset StartOf(StepTrack track, string id, string? iteration, DateTimeOffset at)
    {
        var latest = track.LastEnd(iteration);
        foreach (var step in before[id])
        {
            var end = step == WorkflowDefinition.TriggerId ? Start.OverAt(null) : Of(step).OverAt(iteration);
            if (end is null && iteration is not null) end = begun(step, iteration);
            if (latest is null || end > latest) latest = end;
        }

        return latest ?? at;
    }

    // a for-each that broke ends what was under way for its items
    private void End(StepTrack track, string id, RunEvent e, DateTimeOffset at)
    {
        track.Over(e.Iteration, at);
        Cut(Inside(id), e.Iteration, at);
    }

    private void Finish(StepTrack track, string id, RunEvent e, StepStatus status, DateTimeOffset at, string? note)
    {
        if (track.OpenIn(e.Iteration) is null) Begin(track, e, StartOf(track, id, e.Iteration, at));
        track.Close(track.OpenIn(e.Iteration)!, status, at, note);
    }

    // a call that a crash cut off is made again: it is the same try
    private static void Begin(StepTrack track, RunEvent e, DateTimeOffset at)
    {
        if (track.OpenIn(e.Iteration) is null)
            track.Open(new StepStretch(StepStatus.Running, at, null, e.Attempt, null, null, e.Iteration));
    }

    private List<StepTrack> Inside(string loop)
    {
        if (!bodies.TryGetValue(loop, out var body)) bodies[loop] = body = [.. inside(loop).Select(Of)];
        return body;
    }

    // what was under way and has no end of its own
    private static void Cut(IEnumerable<StepTrack> within, string? iteration, DateTimeOffset at)
    {
        foreach (var track in within) track.Cut(iteration, at);
    }
}
