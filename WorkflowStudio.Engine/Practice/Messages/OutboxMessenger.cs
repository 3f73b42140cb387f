using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>The embedded messenger: it has no gateway, so a message is captured in the outbox or refused.</summary>
internal sealed class OutboxMessenger(IStudioWriter writer, IdFactory ids, TimeProvider clock) : IMessenger, IKeptCalls
{
    public async Task<Answer<SentMessage>> SendAsync(
        Tenant tenant, OutgoingMessage message, EffectSource source, CancellationToken cancellationToken)
    {
        if (MessageRules.Check(message) is { } problem) return problem;
        var row = Row(tenant, message, source);
        return await writer.WriteAsync<Answer<SentMessage>>(tenant.WorkspaceId, write =>
        {
            if (write.Db.Outbox.MadeBy(tenant, source.Key) is { } made) return Read(made);
            var capture = write.Db.Workspaces.Where(w => w.Id == tenant.WorkspaceId).Select(w => w.CaptureUntilConnected).FirstOrDefault();
            return EffectPolicy.Route(tenant.Environment, connected: false, capture) == EffectRoute.Refuse
                ? MessageRules.NoGateway(message.Channel)
                : Add(write, row);
        }, cancellationToken);
    }

    public Task KeepAsync(Tenant tenant, KeptCall call, EffectSource source, CancellationToken cancellationToken)
    {
        var text = call.Text.Length <= OutgoingMessage.MaxEmail ? call.Text : call.Text[..OutgoingMessage.MaxEmail];
        var row = Row(tenant, new OutgoingMessage(MessageChannel.Http, call.Address, "", call.Title, text), source);
        return writer.WriteAsync(tenant.WorkspaceId,
            write => write.Db.Outbox.MadeBy(tenant, source.Key) is { } made ? Read(made) : Add(write, row), cancellationToken);
    }

    private static SentMessage Add(StudioWrite write, OutboxRow row)
    {
        write.Db.Outbox.Add(row);
        return Read(row);
    }

    private OutboxRow Row(Tenant tenant, OutgoingMessage message, EffectSource source) => new()
    {
        Id = ids.New(),
        WorkspaceId = tenant.WorkspaceId,
        Environment = tenant.Environment,
        EffectKey = source.Key,
        CreatedAt = clock.GetUtcNow(),
        Channel = message.Channel,
        To = message.To,
        From = message.From,
        Subject = message.Subject,
        Body = message.Body,
        Status = MessageStatus.Captured,
        Captured = true,
        RunId = source.RunId,
        WorkflowId = source.WorkflowId,
        NodeId = source.NodeId,
    };

    private static SentMessage Read(OutboxRow row) => new(row.Id, row.Channel, row.To, row.Body, row.Status, row.CreatedAt);
}
