using System.Globalization;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Runs;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Runs;

/// <summary>A stretch of a step's time: one call of it, or one wait.</summary>
/// <param name="Status">Running, Waiting, Retrying (a try that failed and is made again), Done, Failed or Canceled.</param>
/// <param name="To">Null while it lasts.</param>
/// <param name="Try">The number of the try.</param>
/// <param name="Note">Why it failed, or what it waits for; null when there is nothing to say.</param>
/// <param name="Planned">Until when a wait is to last; null when it waits for something else.</param>
/// <param name="Iteration">The iterations in which the step stands; null outside of every for-each.</param>
public sealed record StepStretch(StepStatus Status, DateTimeOffset From, DateTimeOffset? To, int Try, string? Note, DateTimeOffset? Planned = null, string? Iteration = null)
{
    /// <summary>Whether it is a wait.</summary>
    public bool IsWait => Status == StepStatus.Waiting;
}

/// <summary>The stretches of every step, from the journal. A step inside a for-each has its own in every iteration.</summary>
internal sealed class StepTries
{
    private readonly Dictionary<(string Step, string? Iteration), List<StepStretch>> found = [];
    private readonly Dictionary<(string Step, string? Iteration), DateTimeOffset> ended = [];
    private readonly HashSet<(string Step, string? Iteration)> open = [];
    private readonly ILookup<string, string> before;
    private readonly Func<string, string, DateTimeOffset?> begun;

    private StepTries(WorkflowDefinition definition, Func<string, string, DateTimeOffset?> begun) => (before, this.begun) = (definition.Links.ToLookup(l => l.To, l => l.From), begun);

    /// <summary>By step, in the order in which they began. A call whose start was not recorded began when the last step before it was over.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<StepStretch>> Of(RunWatch run)
    {
        var loops = run.Iterations.All.ToDictionary(l => (l.NodeId, l.Outer));
        return Of(run.Definition, run.Entries, (loop, iteration) =>
        {
            var dot = iteration.LastIndexOf('.'); // "3.0" is the first item of this for-each in the fourth of the one around it
            var index = int.Parse(iteration.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture);
            return loops.TryGetValue((loop, dot < 0 ? null : iteration[..dot]), out var view) && index < view.Iterations.Count ? view.Iterations[index].StartedAt : null;
        });
    }

    /// <inheritdoc cref="Of(RunWatch)"/>
    /// <param name="definition">The version.</param>
    /// <param name="entries">Its journal.</param>
    /// <param name="begun">When an iteration of a for-each began; null when that is not known.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<StepStretch>> Of(WorkflowDefinition definition, IReadOnlyList<JournalEntry> entries, Func<string, string, DateTimeOffset?>? begun = null)
    {
        var tries = new StepTries(definition, begun ?? ((_, _) => null));
        var steps = definition.Nodes.Select(n => n.Id).ToHashSet();
        foreach (var (_, at, e) in entries)
        {
            if (e is RunEvent.RunStarted) tries.ended[(WorkflowDefinition.TriggerId, null)] = at;
            if (e is RunEvent.RunFailed or RunEvent.RunCanceled) tries.Cut(at, _ => true);
            if (e is RunEvent.IterationEnded) tries.Cut(at, iteration => iteration == e.Iteration || iteration?.StartsWith(e.Iteration + ".", StringComparison.Ordinal) == true);
            else if (e.NodeId is { } id && steps.Contains(id)) tries.Take((id, e.Iteration), e, at);
        }

        var byStep = tries.found.GroupBy(f => f.Key.Step).ToDictionary(g => g.Key, g => g.SelectMany(f => f.Value));
        return steps.ToDictionary(id => id, id => (IReadOnlyList<StepStretch>)[.. byStep.GetValueOrDefault(id, [])]);
    }

    private void Take((string Step, string? Iteration) key, RunEvent e, DateTimeOffset at)
    {
        switch (e)
        {
            case RunEvent.LoopStarted:
                Open(key, StartOf(key, at), e.Attempt);
                break;
            case RunEvent.StepStarted:
                Open(key, at, e.Attempt);
                break;
            case RunEvent.StepWoken:
                Close(key, StepStatus.Waiting, at, null);
                Open(key, at, e.Attempt);
                break;
            case RunEvent.StepParked parked:
                Finish(key, StepStatus.Done, at, e.Attempt, null);
                Add(key, new StepStretch(StepStatus.Waiting, at, null, e.Attempt, parked.Caption, parked.Until, key.Iteration));
                break;
            case RunEvent.RetryScheduled again:
                Finish(key, StepStatus.Retrying, at, e.Attempt, again.Message);
                break;
            case RunEvent.StepCompleted:
                Finish(key, StepStatus.Done, at, e.Attempt, null);
                ended[key] = at;
                break;
            case RunEvent.StepFailed failed:
                Finish(key, StepStatus.Failed, at, e.Attempt, failed.Message);
                ended[key] = at;
                break;
            case RunEvent.StepSkipped:
                ended[key] = at;
                break;
        }
    }

    private DateTimeOffset StartOf((string Step, string? Iteration) key, DateTimeOffset at)
    {
        if (found.GetValueOrDefault(key) is [.., { To: { } last }]) return last;
        DateTimeOffset? latest = null;
        foreach (var step in before[key.Step])
        {
            DateTimeOffset? start = ended.TryGetValue((step, key.Iteration), out var end) ? end : key.Iteration is { } iteration ? begun(step, iteration) : null;
            if (latest is null || start > latest) latest = start;
        }

        return latest ?? at;
    }

    private void Finish((string Step, string? Iteration) key, StepStatus status, DateTimeOffset at, int number, string? note)
    {
        if (!open.Contains(key)) Open(key, StartOf(key, at), number);
        Close(key, status, at, note);
    }

    // a call that a crash cut off is made again: it is the same try
    private void Open((string Step, string? Iteration) key, DateTimeOffset at, int number)
    {
        if (!open.Contains(key)) Add(key, new StepStretch(StepStatus.Running, at, null, number, null, null, key.Iteration));
    }

    private void Add((string Step, string? Iteration) key, StepStretch stretch)
    {
        if (!found.TryGetValue(key, out var stretches)) found[key] = stretches = [];
        stretches.Add(stretch);
        open.Add(key);
    }

    private void Close((string Step, string? Iteration) key, StepStatus status, DateTimeOffset at, string? note)
    {
        if (!open.Remove(key)) return;
        var stretches = found[key];
        var last = stretches[^1];
        stretches[^1] = last with { Status = last.IsWait && status == StepStatus.Canceled ? StepStatus.Waiting : status, To = at, Note = note ?? last.Note };
    }

    // what was under way and has no end of its own
    private void Cut(DateTimeOffset at, Func<string?, bool> within)
    {
        foreach (var key in open.Where(k => within(k.Iteration)).ToList()) Close(key, StepStatus.Canceled, at, null);
    }
}
