using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Documents.Reading;

namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>The practice's documents, for steps.</summary>
public interface IDocuments
{
    /// <summary>
    /// A document of the tenant with what is in it; null when there is none, and when it came to a workflow that not everybody sees and
    /// the asking one is not a private one of the same owner.
    /// </summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">The document.</param>
    /// <param name="workflowId">The workflow that asks for it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<StoredDocument?> FindAsync(Tenant tenant, Guid id, Guid workflowId, CancellationToken cancellationToken);

    /// <summary>Keeps what a step found out of a document beside it. One that the workflow does not reach is left as it is.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">The document.</param>
    /// <param name="finding">What was found.</param>
    /// <param name="source">The step.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task NoteAsync(Tenant tenant, Guid id, DocumentFinding finding, EffectSource source, CancellationToken cancellationToken);

    /// <summary>
    /// Tells whoever listens what a step found out of a document: once for an effect, and not the workflow whose run it is. Where nobody
    /// listens nothing is written.
    /// </summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="type"><see cref="KnownEvents.DocumentProcessed"/> or <see cref="KnownEvents.ExtractionCompleted"/>.</param>
    /// <param name="data">Makes the data of the event; called only when somebody listens.</param>
    /// <param name="source">The step.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task TellAsync(Tenant tenant, string type, Func<JsonElement> data, EffectSource source, CancellationToken cancellationToken);
}

/// <summary>A document.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">What its sender calls it.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Content">What is in it; null when that is more than is read (<see cref="DocumentLimits.MaxBytes"/>).</param>
public sealed record StoredDocument(Guid Id, string Name, string ContentType, long Size, byte[]? Content);
