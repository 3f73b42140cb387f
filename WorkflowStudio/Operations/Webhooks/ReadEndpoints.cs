using WorkflowStudio.Engine.Webhooks;

namespace WorkflowStudio.Operations.Webhooks;

/// <summary>Lists the endpoints of the caller's workspace and environment, oldest first; there are 50 at most.</summary>
internal sealed class ListEndpoints(EndpointStore store)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWebhooks;

    public async Task<Result<IReadOnlyList<EndpointFacts>>> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        EndpointFacts[] all = [.. (await store.ListAsync(caller.Seen, cancellationToken)).Select(EndpointFacts.Of)];
        return all;
    }
}

/// <summary>One endpoint.</summary>
internal sealed class GetEndpoint(EndpointStore store)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWebhooks;

    public async Task<Result<EndpointFacts>> RunAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await store.FindAsync(caller.Seen, id, cancellationToken) is { } row
            ? EndpointFacts.Of(row)
            : new OperationProblem.NotFound("webhook");
    }
}
