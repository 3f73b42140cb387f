using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Operations.Home;

/// <summary>What pages show of a workspace.</summary>
/// <param name="Name">What clients read.</param>
/// <param name="TimeZone">The IANA zone.</param>
/// <param name="CapturesSms">Whether SMS stay in the outbox: in the test environment, and until a gateway is connected.</param>
/// <param name="CapturesMail">Whether e-mail does: in the test environment, and until a mail server is connected.</param>
public sealed record WorkspaceFacts(string Name, string TimeZone, bool CapturesSms, bool CapturesMail)
{
    /// <summary>Whether any messages stay in the outbox.</summary>
    public bool Captures => CapturesSms || CapturesMail;
}

/// <summary>Reads the workspace in which somebody works.</summary>
public sealed class ReadWorkspace(WorkspaceStore workspaces, IConnections connections)
{
    /// <summary>The facts, or the problem that the workspace is gone.</summary>
    public async Task<Result<WorkspaceFacts>> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (await workspaces.FindAsync(caller.Tenant.WorkspaceId, cancellationToken) is not { } workspace)
            return new OperationProblem.NotFound("workspace");
        return new WorkspaceFacts(workspace.Name, workspace.TimeZone, await CapturesAsync(ConnectionKinds.Sms),
            await CapturesAsync(ConnectionKinds.Smtp));

        async Task<bool> CapturesAsync(string kind) => caller.Tenant.Environment == StudioEnvironment.Test
            || (workspace.CaptureUntilConnected
                && (await connections.NamesAsync(caller.Tenant, kind, cancellationToken)).Count == 0);
    }
}
