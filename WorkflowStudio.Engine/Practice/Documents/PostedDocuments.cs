using System.Security.Cryptography;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>The files of a post: they are there when its run is, and not without it. Each is an event.</summary>
/// <param name="files">The files.</param>
/// <param name="most">How many bytes of documents the workspace may keep; where it would be more, no run is made.</param>
/// <param name="events">Where they are told of.</param>
public sealed class PostedDocuments(IReadOnlyList<NewDocument> files, long most, PlatformEvents events) : StoredAttachment
{
    /// <inheritdoc/>
    public override void Write(StudioWrite write, RunStart start)
    {
        if (!StoredDocuments.Take(write.Db, start.Run.Tenant.WorkspaceId, files.Sum(f => (long)f.Content.Length), most))
            throw StartRefusedException.Full();
        foreach (var file in files)
        {
            var row = Row(file, start);
            write.Db.Documents.Add(row);
            if (!start.Run.IsTest)
                events.Raise(write, start.Run.Tenant,
                    DocumentEvents.Uploaded(row) with { RaisedBy = start.Run.RunId, WorkflowId = start.Run.WorkflowId });
        }
    }

    private static DocumentRow Row(NewDocument file, RunStart start) => new()
    {
        Id = file.Id,
        WorkspaceId = start.Run.Tenant.WorkspaceId,
        Environment = start.Run.Tenant.Environment,
        CreatedAt = start.First.At,
        Name = file.Name,
        ContentType = file.ContentType,
        Size = file.Content.Length,
        Sha256 = SHA256.HashData(file.Content.Span),
        Content = file.Content.ToArray(),
        WorkflowId = start.Run.WorkflowId,
        RunId = start.Run.RunId,
    };
}
