using System.Text.Json;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>
/// Prepares the runs that a run starts: sub-workflows and error workflows. They are made in the commit of the run that starts them.
/// </summary>
internal sealed class ChildRuns(PlanSource plans, IVersionStore versions, RunIds ids, RunFamilies families, RunTracing? tracing = null)
{
    /// <summary>How many runs may start each other, one after the other.</summary>
    public const int MaxDepth = 20;

    /// <summary>The cause of error workflows: a failure is told however many runs are open.</summary>
    public const string Error = "error";

    /// <summary>A run to be started, or why it cannot be.</summary>
    /// <param name="parent">The run that starts it.</param>
    /// <param name="workflow">The workflow's id or slug.</param>
    /// <param name="payload">The data that starts it.</param>
    /// <param name="cause">What lists show as its cause.</param>
    /// <param name="now">The time of the start.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(RunStart? Start, NodeOutcome.Failed? Refusal)> PrepareAsync(
        RunIdentity parent, string workflow, JsonElement payload, string cause, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (parent.Depth >= MaxDepth)
            return (null, new("too_deep",
                $"Workflows have started each other {MaxDepth} times in a row, as often as is allowed. Look for one that starts itself."));
        var root = parent.RootId ?? parent.RunId;
        if (cause != Error && !await families.HasRoomAsync(root, cancellationToken))
            return (null, new("too_many_runs", $"{RunFamilies.MostOpen:N0} runs that one run has started, or those that it started, are "
                + "not over: as many as are allowed. Look for a workflow that starts itself."));
        // a test run of a live draft runs in the sandbox, but the workflows that the draft names are those beside it
        var home = (await plans.PlanAsync(parent.VersionSerial, cancellationToken)).Version.Environment;
        if (await versions.FindActiveAsync(parent.Tenant with { Environment = home }, workflow, cancellationToken) is not { } found)
            return (null,
                new(WorkflowProblemCodes.UnknownWorkflow, $"There is no workflow {workflow}. It may have been deleted; choose another."));
        if (found.Serial is not { } serial || found.Status != WorkflowStatus.Active)
            return (null,
                new(WorkflowProblemCodes.WorkflowNotActive, $"The workflow {found.Name} is not active. Activate it, or choose another."));

        PlannedVersion version;
        try
        {
            version = await plans.PlanAsync(serial, cancellationToken);
        }
        catch (Exception e) when (UnreadableRunException.IsMeantBy(e))
        {
            return (null, new("workflow_unreadable", $"The workflow {found.Name} cannot be run: {e.Message}"));
        }

        var run = NewRun.Of(parent, ids.New(), version.Version.WorkflowId, serial);
        var start = NewRun.Start(run, new RunEvent.RunStarted(payload) { TraceParent = tracing?.Parent() }, cause, now) with
        {
            Concurrency = run.IsTest ? null : version.Version.Definition.Settings.Concurrency,
        };
        return (start, null);
    }
}
