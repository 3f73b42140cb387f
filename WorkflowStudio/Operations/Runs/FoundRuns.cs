using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Runs;

/// <summary>
/// Finds runs for whoever asks: those of the own environment, and for people the test runs of drafts, which are made in the sandbox.
/// </summary>
internal static class FoundRuns
{
    /// <summary>The header of a run; null when the caller has none of this id.</summary>
    public static async Task<RunRow?> FindAsync(this RunHistory history, Caller caller, Guid runId, CancellationToken cancellationToken)
    {
        if (await history.HeaderAsync(caller.Tenant, runId, cancellationToken) is { } own) return own;
        return caller.SeesTests && await history.HeaderAsync(caller.Sandbox, runId, cancellationToken) is { IsTest: true } test
            ? test
            : null;
    }

    /// <summary>Whose the run is.</summary>
    public static Tenant Tenant(this RunRow run) => new(run.WorkspaceId, run.Environment);
}
