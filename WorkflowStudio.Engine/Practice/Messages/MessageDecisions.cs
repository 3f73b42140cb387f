using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>
/// What people decide about messages that did not go out for sure: that one arrived, that it is sent again, that it is not. The step that
/// waits for it goes on by that.
/// </summary>
public sealed class MessageDecisions
{
    private static readonly ConnectorProblem Gone = new("message_unknown", "There is no such message any more.");

    private readonly IStudioWriter writer;
    private readonly OutboxMessenger messenger;

    internal MessageDecisions(IStudioWriter writer, OutboxMessenger messenger) => (this.writer, this.messenger) = (writer, messenger);

    /// <summary>
    /// Notes what somebody has found out or decided. Problems: <c>message_unknown</c>, <c>message_decided</c> when there is nothing to
    /// decide any more.
    /// </summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="id">The message.</param>
    /// <param name="arrived">Whether it went out; else it is not sent any more.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Answer<MessageStatus>> SettleAsync(Tenant tenant, Guid id, bool arrived, string by, CancellationToken cancellationToken) =>
        writer.WriteAsync<Answer<MessageStatus>>(tenant.WorkspaceId, write =>
        {
            if (write.Db.Outbox.Of(tenant).FirstOrDefault(o => o.Id == id) is not { } row) return Gone;
            if (row.Status is not MessageStatus.Unknown && (arrived || row.Status is not MessageStatus.Failed)) return Decided(row);
            (row.Status, row.Said) = arrived
                ? (MessageStatus.Sent, $"{by} has found out that it went out.")
                : (MessageStatus.GivenUp, $"{by} has decided that it is not sent.");
            Tell(write, tenant, row);
            return row.Status;
        }, cancellationToken);

    /// <summary>
    /// Sends it again. Problems: those of <see cref="SettleAsync"/>, <c>message_captured</c> for what is only ever kept, and those of
    /// <see cref="IMessenger.SendAsync"/>.
    /// </summary>
    public async Task<Answer<SentMessage>> ResendAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        var begun = await BeginAsync(tenant, id, cancellationToken);
        if (!begun.Has(out var row, out var problem)) return problem;
        var source = new EffectSource(row.EffectKey ?? $"outbox:{row.Id:N}", row.RunId, row.WorkflowId, row.NodeId);
        var answer = await messenger.HandOverAsync(tenant, row.ToMessage(), id, source, cancellationToken);
        if (answer.Problem is null)
            await writer.WriteAsync(
                tenant.WorkspaceId,
                write =>
                {
                    Tell(write, tenant, row);
                    return true;
                },
                CancellationToken.None);
        return answer;
    }

    private async Task<Answer<OutboxRow>> BeginAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        var (sms, mail) = (
            await messenger.IsConnectedAsync(tenant, MessageChannel.Sms, cancellationToken),
            await messenger.IsConnectedAsync(tenant, MessageChannel.Email, cancellationToken));
        return await writer.WriteAsync<Answer<OutboxRow>>(tenant.WorkspaceId, write =>
        {
            if (write.Db.Outbox.Of(tenant).FirstOrDefault(o => o.Id == id) is not { } row) return Gone;
            if (row.Captured || row.Channel == MessageChannel.Http || tenant.Environment == StudioEnvironment.Test)
                return new ConnectorProblem("message_captured", "It was never to go out: it is kept here alone.");
            if (row.Status is not (MessageStatus.Unknown or MessageStatus.Failed or MessageStatus.Undelivered or MessageStatus.GivenUp))
                return Decided(row);
            if (!(row.Channel == MessageChannel.Sms ? sms : mail)) return MessageRules.NoGateway(row.Channel);
            if (write.Db.OptOutOf(tenant, row.ToMessage()) is { } wish)
                return MessageRules.OptedOut(row.ToMessage(), wish.Address, wish.Word);
            row.Status = MessageStatus.Sending;
            return row;
        }, cancellationToken);
    }

    private static ConnectorProblem Decided(OutboxRow row) => new("message_decided", row.Status == MessageStatus.Sending
        ? "It is being sent at this moment."
        : "Somebody else has decided about it meanwhile, or it went out.");

    // the step that sent it waits by the key of its effect
    private static void Tell(StudioWrite write, Tenant tenant, OutboxRow row)
    {
        if (row.EffectKey is { } key)
            write.Signal(tenant, OutgoingMessage.DecidedSignal(key), JsonSerializer.SerializeToElement(new { message_id = row.Id }));
    }
}
