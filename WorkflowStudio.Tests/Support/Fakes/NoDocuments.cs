using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Documents;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>No documents; what steps tell is kept.</summary>
internal sealed class NoDocuments : IDocuments
{
    public List<(string Type, JsonElement Data, EffectSource Source)> Told { get; } = [];

    public Task<StoredDocument?> FindAsync(
        Tenant tenant, Guid id, Guid workflowId, CancellationToken cancellationToken) =>
        Task.FromResult<StoredDocument?>(null);

    public List<(Guid Document, DocumentFinding Finding)> Noted { get; } = [];

    public Task NoteAsync(Tenant tenant, Guid id, DocumentFinding finding, EffectSource source, CancellationToken cancellationToken)
    {
        Noted.Add((id, finding));
        return Task.CompletedTask;
    }

    public Task TellAsync(Tenant tenant, string type, Func<JsonElement> data, EffectSource source, CancellationToken cancellationToken)
    {
        Told.Add((type, data(), source));
        return Task.CompletedTask;
    }
}
