using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Operations.Home;

/// <summary>What pages show of a workspace.</summary>
/// <param name="Name">What clients read.</param>
/// <param name="TimeZone">The IANA zone.</param>
/// <param name="Captures">Whether messages stay in the outbox: in the test environment, and until a gateway is connected.</param>
public sealed record WorkspaceFacts(string Name, string TimeZone, bool Captures);

/// <summary>Reads the workspace in which somebody works.</summary>
public sealed class ReadWorkspace(WorkspaceStore workspaces)
{
    /// <summary>The facts, or the problem that the workspace is gone.</summary>
    public async Task<Result<WorkspaceFacts>> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (await workspaces.FindAsync(caller.Tenant.WorkspaceId, cancellationToken) is not { } workspace)
            return new OperationProblem.NotFound("workspace");
        return new WorkspaceFacts(
            workspace.Name, workspace.TimeZone, caller.Tenant.Environment == StudioEnvironment.Test || workspace.CaptureUntilConnected);
    }
}
