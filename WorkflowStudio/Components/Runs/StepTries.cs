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
public sealed record StepStretch(StepStatus Status, DateTimeOffset From, DateTimeOffset? To, int Try, string? Note, DateTimeOffset? Planned = null)
{
    /// <summary>Whether it is a wait.</summary>
    public bool IsWait => Status == StepStatus.Waiting;
}

/// <summary>The stretches of every step, from the journal. A step inside a for-each has one, from its first event to its last.</summary>
internal static class StepTries
{
    /// <summary>By step, in the order of time. A call whose start was not recorded began when the last step before it was over.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<StepStretch>> Of(RunWatch run) => Of(run.Definition, run.Entries);

    /// <inheritdoc cref="Of(RunWatch)"/>
    public static IReadOnlyDictionary<string, IReadOnlyList<StepStretch>> Of(WorkflowDefinition definition, IReadOnlyList<JournalEntry> entries)
    {
        var found = definition.Nodes.ToDictionary(n => n.Id, _ => new List<StepStretch>());
        var before = definition.Links.ToLookup(l => l.To, l => l.From);
        var ended = new Dictionary<string, DateTimeOffset>();
        foreach (var (_, at, e) in entries)
        {
            if (e is RunEvent.RunStarted) ended[WorkflowDefinition.TriggerId] = at;
            if (e is RunEvent.RunFailed or RunEvent.RunCanceled)
                foreach (var open in found.Values) Close(open, StepStatus.Canceled, at, null);
            if (e.NodeId is not { } id || !found.TryGetValue(id, out var stretches)) continue;
            if (e.Iteration is not null && e is not RunEvent.IterationEnded)
            {
                Stretch(stretches, e, at); // all iterations as one: they overlap
                continue;
            }

            switch (e)
            {
                case RunEvent.LoopStarted:
                    Open(stretches, StartOf(id, stretches, at), e.Attempt);
                    break;
                case RunEvent.StepStarted:
                    Open(stretches, at, e.Attempt);
                    break;
                case RunEvent.StepWoken:
                    Close(stretches, StepStatus.Waiting, at, null);
                    Open(stretches, at, e.Attempt);
                    break;
                case RunEvent.StepParked parked:
                    Finish(StepStatus.Done, null);
                    stretches.Add(new StepStretch(StepStatus.Waiting, at, null, e.Attempt, parked.Caption, parked.Until));
                    break;
                case RunEvent.RetryScheduled again:
                    Finish(StepStatus.Retrying, again.Message);
                    break;
                case RunEvent.StepCompleted:
                    Finish(StepStatus.Done, null);
                    ended[id] = at;
                    break;
                case RunEvent.StepFailed failed:
                    Finish(StepStatus.Failed, failed.Message);
                    ended[id] = at;
                    break;
                case RunEvent.StepSkipped:
                    ended[id] = at;
                    break;
            }

            void Finish(StepStatus status, string? note)
            {
                if (stretches is not [.., { To: null }]) Open(stretches, StartOf(id, stretches, at), e.Attempt);
                Close(stretches, status, at, note);
            }
        }

        return found.ToDictionary(f => f.Key, f => (IReadOnlyList<StepStretch>)f.Value);

        DateTimeOffset StartOf(string id, List<StepStretch> stretches, DateTimeOffset at)
        {
            if (stretches is [.., { To: { } last }]) return last;
            var starts = before[id].Where(ended.ContainsKey).Select(b => ended[b]).ToList();
            return starts.Count == 0 ? at : starts.Max();
        }
    }

    private static void Stretch(List<StepStretch> stretches, RunEvent e, DateTimeOffset at)
    {
        if (e is RunEvent.StepSkipped or RunEvent.RoundStarted) return;
        if (stretches.Count == 0) stretches.Add(new StepStretch(StepStatus.Running, at, null, 1, null));
        var known = stretches[0];
        stretches[0] = known with
        {
            To = at,
            Status = e is RunEvent.StepFailed || known.Status == StepStatus.Failed ? StepStatus.Failed : StepStatus.Done,
            Note = (e as RunEvent.StepFailed)?.Message ?? known.Note,
        };
    }

    private static void Open(List<StepStretch> stretches, DateTimeOffset at, int number)
    {
        if (stretches is [.., { To: null }]) return; // a call that a crash cut off is made again: it is the same try
        stretches.Add(new StepStretch(StepStatus.Running, at, null, number, null));
    }

    private static void Close(List<StepStretch> stretches, StepStatus status, DateTimeOffset at, string? note)
    {
        if (stretches is not [.., { To: null } last]) return;
        stretches[^1] = last with { Status = last.IsWait && status == StepStatus.Canceled ? StepStatus.Waiting : status, To = at, Note = note ?? last.Note };
    }
}
