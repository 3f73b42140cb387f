using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>Sends an endpoint something at once, so that somebody sees whether it works.</summary>
public sealed class EndpointTrial
{
    private readonly DeliveryPost post;
    private readonly TimeProvider clock;

    internal EndpointTrial(DeliveryPost post, TimeProvider clock) => (this.post, this.clock) = (post, clock);

    /// <summary>
    /// One try, on or off. Of the sandbox nothing is sent. Answers the delivery, which is to be kept; the endpoint itself stays as it is.
    /// </summary>
    public async Task<DeliveryRow> SendAsync(EndpointRow endpoint, Guid id, CancellationToken cancellationToken)
    {
        var row = new DeliveryRow
        {
            Id = id,
            EndpointId = endpoint.Id,
            WorkspaceId = endpoint.WorkspaceId,
            Environment = endpoint.Environment,
            Dialect = endpoint.Dialect,
            Event = WebhookEvents.Test,
            State = DeliveryState.Captured,
            CreatedAt = clock.GetUtcNow(),
        };
        if (endpoint.Environment == StudioEnvironment.Live)
            DeliveryBook.Write(row, await post.SendAsync(endpoint, row, cancellationToken), clock.GetUtcNow(), next: null);
        return row;
    }
}
