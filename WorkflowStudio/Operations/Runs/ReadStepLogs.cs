using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Operations.Runs;

/// <summary>What the steps of some runs came to and how long they took: the journals of all of them in two queries.</summary>
internal sealed class ReadStepLogs(RunHistory history, WorkflowStore workflows)
{
    /// <summary>By the run; steps in the order in which they began. The caller has checked whose the runs are.</summary>
    public async Task<ILookup<Guid, StepLog>> OfAsync(IReadOnlyCollection<Guid> runs, CancellationToken cancellationToken = default)
    {
        var marks = await history.MarksAsync(runs, cancellationToken);
        return marks.GroupBy(m => m.RunId).SelectMany(run => Fold(run).Select(step => (run.Key, Step: step)))
            .ToLookup(s => s.Key, s => s.Step);
    }

    /// <summary>What the versions of some runs define. The caller has checked whose the runs are.</summary>
    public async Task<IReadOnlyDictionary<long, WorkflowDefinition>> DefinitionsAsync(
        IEnumerable<DialectRun> runs, CancellationToken cancellationToken = default)
    {
        var texts = await workflows.DefinitionsAsync([.. runs.Select(r => r.Run.VersionSerial).Distinct()], cancellationToken);
        return texts.ToDictionary(t => t.Key, t => StoredDefinitions.Definition(t.Value));
    }

    // a step that only computes has no beginning in the journal: it began where what was before it was over
    private static IEnumerable<StepLog> Fold(IEnumerable<RunMark> run)
    {
        var steps = new OrderedDictionary<string, StepLog>(StringComparer.Ordinal);
        DateTimeOffset? before = null;
        foreach (var mark in run)
        {
            if (mark.NodeId is { } node && StatusOf(mark.Kind) is { } status)
            {
                var began = steps.TryGetValue(node, out var known) ? known.StartedAt
                    : mark.Kind == RunEventKind.StepStarted ? mark.At : before ?? mark.At;
                steps[node] = new StepLog(
                    node, status, began, status is StepStatus.Done or StepStatus.Failed ? mark.At - began : null);
            }

            before = mark.At;
        }

        return steps.Values;
    }

    private static StepStatus? StatusOf(RunEventKind kind) => kind switch
    {
        RunEventKind.StepStarted or RunEventKind.StepWoken or RunEventKind.RetryScheduled => StepStatus.Running,
        RunEventKind.StepParked => StepStatus.Waiting,
        RunEventKind.StepCompleted => StepStatus.Done,
        RunEventKind.StepFailed => StepStatus.Failed,
        _ => null,
    };
}

/// <summary>What a step of a run came to.</summary>
/// <param name="NodeId">The step.</param>
/// <param name="Status">Running, waiting, done or failed.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Took">How long it took; null while it is not over.</param>
internal sealed record StepLog(string NodeId, StepStatus Status, DateTimeOffset StartedAt, TimeSpan? Took);
