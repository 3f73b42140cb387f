using System.Security.Cryptography;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>The files of a post: they are there when its run is, and not without it.</summary>
/// <param name="files">The files.</param>
/// <param name="most">How many bytes of documents the workspace may keep; where it would be more, no run is made.</param>
public sealed class PostedDocuments(IReadOnlyList<NewDocument> files, long most) : StoredAttachment
{
    /// <inheritdoc/>
    public override void Write(StudioWrite write, RunStart start)
    {
        if (!StoredDocuments.Take(write.Db, start.Run.Tenant.WorkspaceId, files.Sum(f => (long)f.Content.Length), most))
            throw StartRefusedException.Full();
        write.Db.Documents.AddRange(files.Select(f => Row(f, start)));
    }

    private static DocumentRow Row(NewDocument f, RunStart start) => new()
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
    };
}
