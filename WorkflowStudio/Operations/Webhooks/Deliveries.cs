using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Engine.Webhooks;

namespace WorkflowStudio.Operations.Webhooks;

/// <summary>
/// Sends an endpoint an event <c>webhook.test</c> at once, whether it is on or not, and keeps it among its deliveries. Of the sandbox
/// nothing is sent.
/// </summary>
internal sealed class TestEndpoint(IStudioWriter writer, EndpointStore store, EndpointTrial trial, IdFactory ids)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWebhooks;

    /// <summary>Answers the delivery: its state is delivered, given up, or captured. Takes up to 15 seconds.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The endpoint.</param>
    /// <param name="answer">Makes the answer that is stored with it, for requests with an Idempotency-Key.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<DeliveryFacts>> RunAsync(
        Caller caller, Guid id, Func<DeliveryFacts, KeptAnswer?>? answer = null, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (await store.FindAsync(caller.Seen, id, cancellationToken) is not { } endpoint)
            return new OperationProblem.NotFound("webhook");
        var tried = await trial.SendAsync(endpoint, ids.New(), cancellationToken);
        var facts = DeliveryFacts.Of(tried);
        await writer.WriteAsync(
            caller.Tenant.WorkspaceId,
            write =>
            {
                EndpointWrites.Keep(write, tried);
                write.Record(answer?.Invoke(facts));
                return true;
            },
            CancellationToken.None);
        return facts;
    }
}

/// <summary>Lists what was sent to an endpoint, is to be sent, or was kept in the sandbox; newest first. Thirty days.</summary>
internal sealed class ListDeliveries(EndpointStore store)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWebhooks;

    /// <param name="caller">Who asks.</param>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="state">Only these; null for all.</param>
    /// <param name="before">Only what is older than this delivery; null begins with the newest.</param>
    /// <param name="size">1 to 100, kept within.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<Result<DeliveryPage>> RunAsync(
        Caller caller, Guid endpointId, DeliveryState? state = null, Guid? before = null, int size = 20,
        CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (await store.FindAsync(caller.Seen, endpointId, cancellationToken) is null) return new OperationProblem.NotFound("webhook");
        var (rows, more) = await store.DeliveriesAsync(endpointId, caller.Sight, state, before, size, cancellationToken);
        return new DeliveryPage([.. rows.Select(DeliveryFacts.Of)], more ? rows[^1].Id : null);
    }
}

/// <summary>A page of deliveries.</summary>
/// <param name="Items">The deliveries.</param>
/// <param name="Next">What the next page is asked for with; null at the end.</param>
internal sealed record DeliveryPage(IReadOnlyList<DeliveryFacts> Items, Guid? Next);

/// <summary>Sends a delivery once more, with the same id and body and all its tries anew.</summary>
internal sealed class ResendDelivery(IStudioWriter writer, EndpointWrites endpoints, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWebhooks;

    /// <param name="caller">Who asks.</param>
    /// <param name="id">The delivery.</param>
    /// <param name="answer">Makes the answer that is stored with it, for requests with an Idempotency-Key.</param>
    /// <param name="endpointId">The endpoint to which it has to belong; null for any.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<DeliveryFacts>> RunAsync(
        Caller caller, Guid id, Func<DeliveryFacts, KeptAnswer?>? answer = null, Guid? endpointId = null,
        CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await writer.WriteAsync<Result<DeliveryFacts>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (EndpointWrites.FindDelivery(write, caller.Seen, id) is not var (endpoint, row)
                    || (endpointId is { } only && only != endpoint.Id))
                    return new OperationProblem.NotFound("delivery");
                if (row.State == DeliveryState.Captured)
                    return new OperationProblem.Conflict("captured", "It is of the sandbox, which nothing leaves.");
                if (!endpoint.IsOn)
                    return new OperationProblem.Conflict("endpoint_off", "The webhook is off. Turn it on, then send it again.");
                endpoints.SendAgain(write, row, clock.GetUtcNow());
                var sent = DeliveryFacts.Of(row);
                write.Record(answer?.Invoke(sent));
                return sent;
            },
            cancellationToken);
    }
}
