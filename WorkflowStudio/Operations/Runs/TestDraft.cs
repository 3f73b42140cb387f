using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Runs;

/// <summary>
/// Runs a workflow's draft, up to a step and with outputs that stand for steps, in the workspace's sandbox: every outside effect is
/// captured. Errors of the validator refuse it. The run keeps the draft as it is now, as a version that no list shows.
/// </summary>
internal sealed class TestDraft(IStudioWriter writer, WorkflowValidator validator, NodeCatalog catalog, RunService runs, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.RunWorkflows;

    public async Task<Result<StartedRun>> RunAsync(
        Caller caller, Guid workflowId, DraftTest test, CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        var kept = await writer.WriteAsync(caller.Tenant.WorkspaceId, write => Keep(write, caller, workflowId, test), cancellationToken);
        if (!kept.Ok) return kept.Problem;
        return await runs.TestAsync(
            new StartRunRequest
            { Tenant = caller.Sandbox, VersionSerial = kept.Value, Payload = test.Payload, Cause = "test", UpTo = test.UpTo }, test.Pinned,
            cancellationToken);
    }

    private Result<long> Keep(StudioWrite write, Caller caller, Guid workflowId, DraftTest test)
    {
        if (!write.TryWorkflow(caller, workflowId, Needs, out var row, out var refused)) return refused;
        if (UnreadTexts.Problems(row) is { Count: > 0 } unread)
            return new OperationProblem.Invalid("The workflow has settings that cannot be read. Correct them, then test it.", unread);
        var definition = StoredDefinitions.Definition(row.DraftDefinition ?? write.ActiveDefinition(row)!);
        var errors = validator.Validate(definition).Where(p => p.Severity == ProblemSeverity.Error).ToList();
        if (errors.Count > 0) return new OperationProblem.Invalid("The workflow has errors. Correct them, then test it.", errors);
        if (Unfit(RunPlan.Of(definition, catalog), test).ToList() is { Count: > 0 } unfit)
            return new OperationProblem.Invalid("The test does not fit the workflow.", unfit);
        return row.DraftDefinition is null
            ? row.ActiveSerial!.Value
            : write.TestVersion(row, StoredDefinitions.Text(definition), clock.GetUtcNow());
    }

    private static IEnumerable<WorkflowProblem> Unfit(RunPlan plan, DraftTest test)
    {
        if (test.UpTo is { } last && plan.IndexOf(last) < 0)
            yield return WorkflowProblem.Error("unknown_node", "up_to", null, $"There is no step {last} to test up to.");
        foreach (var id in test.Pinned.Keys)
        {
            if (plan.IndexOf(id) is not (>= 0 and var index))
                yield return WorkflowProblem.Error(
                    "unknown_node", $"pinned.{id}", null, $"There is no step {id} whose output could be pinned.");
            else if (plan.Steps[index].Region != 0)
                yield return WorkflowProblem.Error("pinned_in_for_each", $"pinned.{id}", id,
                    $"The step {id} is run once for each item, so one output cannot stand for it. Unpin it.");
        }
    }
}

/// <summary>What to test.</summary>
/// <param name="Payload">The data, usually an object.</param>
/// <param name="UpTo">The step at which the test ends; null tests everything.</param>
internal sealed record DraftTest(JsonElement Payload, string? UpTo = null)
{
    /// <summary>Outputs that stand for steps that are not to be called, by step id.</summary>
    public IReadOnlyDictionary<string, JsonElement> Pinned { get; init; } = new Dictionary<string, JsonElement>();
}
