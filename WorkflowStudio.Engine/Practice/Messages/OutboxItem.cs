
namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>A message in the outbox.</summary>
public sealed record OutboxItem(
    Guid Id, MessageChannel Channel, string To, string From, string? Subject, string Body, MessageStatus Status, bool Captured,
    Guid? RunId, Guid? WorkflowId, string? NodeId, DateTimeOffset CreatedAt, string Said = "")
{
    /// <summary>Of a single message that is an e-mail the same as HTML, as it was written; null for none.</summary>
    public string? Html { get; init; }
}
