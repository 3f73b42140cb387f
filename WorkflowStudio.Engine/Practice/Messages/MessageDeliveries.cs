using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>What gateways and other mail servers tell of messages later: whether they arrived.</summary>
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

    /// <summary>
    /// Notes that an e-mail came back. False where none of this id went out to this address.
    /// </summary>
    public Task<bool> BouncedAsync(Tenant tenant, MailBounce bounce, CancellationToken cancellationToken) => writer.WriteAsync(
        tenant.WorkspaceId,
        write =>
        {
            if (write.Db.Outbox.Of(tenant).FirstOrDefault(o => o.Id == bounce.MessageId && o.Channel == MessageChannel.Email) is not { } row
                || row.Status is not (MessageStatus.Sent or MessageStatus.Undelivered)
                || !MailAddresses.BareOnes(row.To, row.Cc, row.Bcc).Contains(bounce.To)) return false;
            row.Status = MessageStatus.Undelivered;
            row.Said = ShownText.Fit(
                $"It could not be brought to {bounce.To}{(bounce.Reason.Length > 0 ? $": {bounce.Reason}" : "")}.", LongestSaid);
            return true;
        },
        cancellationToken);
}
