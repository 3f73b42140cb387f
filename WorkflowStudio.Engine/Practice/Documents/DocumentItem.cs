namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>A document without what is in it.</summary>
public sealed record DocumentItem(
    Guid Id, string Name, string ContentType, long Size, byte[] Sha256, Guid? WorkflowId, Guid? RunId, DateTimeOffset CreatedAt);
