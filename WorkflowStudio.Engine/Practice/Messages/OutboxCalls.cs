using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>Keeps in the outbox what would have been called over HTTP.</summary>
internal sealed class OutboxCalls(IStudioWriter writer, IdFactory ids, TimeProvider clock) : IKeptCalls
{
    public async Task KeepAsync(Tenant tenant, KeptCall call, EffectSource source, CancellationToken cancellationToken)
    {
        var text = call.Text.Length <= OutgoingMessage.MaxEmail ? call.Text : call.Text[..OutgoingMessage.MaxEmail];
        var message = new OutgoingMessage(MessageChannel.Http, call.Address, "", call.Title, text);
        var row = OutboxRow.Of(tenant, message, source, ids.New(), clock.GetUtcNow());
        await writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            if (write.Db.Outbox.MadeBy(tenant, source.Key) is not null) return false;
            write.Db.Outbox.Add(row);
            return true;
        }, cancellationToken);
    }
}
