using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>What gateways tell of messages later: whether they reached the phone.</summary>
public sealed class MessageDeliveries(IStudioWriter writer)
{
    private const int LongestSaid = 300;

    /// <summary>
    /// Notes what became of a message. False where there is no such message. What has reached the phone stays so, whatever comes late.
    /// </summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="gatewayId">What the gateway calls the message.</param>
    /// <param name="arrived">Whether it reached the phone.</param>
    /// <param name="said">What the gateway says of it; may be empty.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<bool> TakeAsync(
        Tenant tenant, string gatewayId, bool arrived, string said, CancellationToken cancellationToken) => writer.WriteAsync(
        tenant.WorkspaceId,
        write =>
        {
            if (write.Db.Outbox.Of(tenant).FirstOrDefault(o => o.GatewayId == gatewayId) is not { } row) return false;
            if (row.Status == MessageStatus.Delivered) return true;
            row.Status = arrived ? MessageStatus.Delivered : MessageStatus.Undelivered;
            row.Said = ShownText.Fit(arrived ? "" : ShownText.OneLine(said), LongestSaid);
            return true;
        },
        cancellationToken);
}
