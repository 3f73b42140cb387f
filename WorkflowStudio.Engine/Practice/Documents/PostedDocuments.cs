using System.Security.Cryptography;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>The files of a post: they are there when its run is, and not without it.</summary>
public sealed class PostedDocuments(IReadOnlyList<NewDocument> files) : StoredAttachment
{
    /// <inheritdoc/>
    public override void Write(StudioWrite write, RunStart start) => write.Db.Documents.AddRange(files.Select(f => new DocumentRow
    {
        Id = f.Id,
        WorkspaceId = start.Run.Tenant.WorkspaceId,
        Environment = start.Run.Tenant.Environment,
        CreatedAt = start.First.At,
        Name = f.Name,
        ContentType = f.ContentType,
        Size = f.Content.Length,
        Sha256 = SHA256.HashData(f.Content.Span),
        Content = f.Content.ToArray(),
        WorkflowId = start.Run.WorkflowId,
        RunId = start.Run.RunId,
    }));
}
