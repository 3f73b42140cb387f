using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>The embedded messenger: it has no gateway, so a message is captured in the outbox or refused.</summary>
internal sealed class OutboxMessenger(IStudioWriter writer, IdFactory ids, TimeProvider clock) : IMessenger, IOutbox
{
    public async Task<Answer<SentMessage>> SendAsync(Tenant tenant, OutgoingMessage message, EffectSource source, CancellationToken cancellationToken)
    {
        if (Check(message) is { } problem) return problem;
        var row = Row(tenant, message, source);
        return await writer.WriteAsync<Answer<SentMessage>>(tenant.WorkspaceId, write =>
        {
            if (write.Db.Outbox.MadeBy(tenant, source.Key) is { } made) return Read(made);
            var capture = write.Db.Workspaces.Where(w => w.Id == tenant.WorkspaceId).Select(w => w.CaptureUntilConnected).FirstOrDefault();
            return EffectPolicy.Route(tenant.Environment, connected: false, capture) == EffectRoute.Refuse ? EffectPolicy.NoGateway(message.Channel) : Add(write, row);
        }, cancellationToken);
    }

    public Task<SentMessage> CaptureAsync(Tenant tenant, OutgoingMessage message, EffectSource source, CancellationToken cancellationToken)
    {
        var row = Row(tenant, message, source);
        return writer.WriteAsync(tenant.WorkspaceId, write => write.Db.Outbox.MadeBy(tenant, source.Key) is { } made ? Read(made) : Add(write, row), cancellationToken);
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

    private static ConnectorProblem? Check(OutgoingMessage message)
    {
        var (what, max) = message.Channel == MessageChannel.Sms ? ("SMS", OutgoingMessage.MaxSms) : ("e-mail", OutgoingMessage.MaxEmail);
        if (string.IsNullOrWhiteSpace(message.To)) return new("recipient_missing", $"The {what} has no recipient.");
        if (string.IsNullOrWhiteSpace(message.Body)) return new("message_empty", $"The {what} to {message.To} is empty. Write its message in the step's settings.");
        return message.Body.Length > max
            ? new("message_too_long", $"The {what} to {message.To} has {message.Body.Length} characters, at most {max} are possible. Shorten the message in the step's settings.")
            : null;
    }

    private static SentMessage Read(OutboxRow row) => new(row.Id, row.Channel, row.To, row.Body, row.Status, row.CreatedAt);
}
