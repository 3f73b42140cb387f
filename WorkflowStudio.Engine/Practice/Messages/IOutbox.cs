using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>Keeps what would have left the practice, so that people can see it.</summary>
public interface IOutbox
{
    /// <summary>Keeps it once for each key of the source.</summary>
    Task<SentMessage> CaptureAsync(Tenant tenant, OutgoingMessage message, EffectSource source, CancellationToken cancellationToken);
}
