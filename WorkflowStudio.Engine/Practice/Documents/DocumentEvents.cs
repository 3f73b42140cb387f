using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>The events of documents, raised where the row is written.</summary>
internal static class DocumentEvents
{
    public static PlatformEvent Uploaded(DocumentRow document) => new(KnownEvents.DocumentUploaded, () => Paper(document));

    public static PlatformEvent Updated(DocumentItem document) => new(KnownEvents.DocumentUpdated, () => Paper(document))
    { WorkflowId = document.WorkflowId };

    private static JsonElement Paper(DocumentRow d) => Paper(
        new DocumentItem(d.Id, d.Name, d.ContentType, d.Size, d.Sha256, d.WorkflowId, d.RunId, d.CreatedAt));

    private static JsonElement Paper(DocumentItem d) => JsonSerializer.SerializeToElement(new
    {
        document_id = d.Id,
        name = d.Name,
        file_type = Path.GetExtension(d.Name).TrimStart('.').ToLowerInvariant(),
        content_type = d.ContentType,
        size = d.Size,
        workflow_id = d.WorkflowId,
        run_id = d.RunId,
        uploaded_at = d.CreatedAt,
    });
}
