using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Documents.Reading;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>Documents in the practice's own tables.</summary>
internal sealed class DocumentShelf(
    IDbContextFactory<StudioDbContext> contexts, IStudioWriter writer, PlatformEvents events, DocumentDesk desk) : IDocuments
{
    public async Task<StoredDocument?> FindAsync(Tenant tenant, Guid id, Guid workflowId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var cameTo = await db.Documents.Of(tenant).Where(d => d.Id == id).Select(d => d.WorkflowId).FirstOrDefaultAsync(cancellationToken);
        if (cameTo is { } its && its != workflowId && !EventReach.Reaches(db, its, workflowId)) return null;
        return await db.Documents.AsNoTracking().Of(tenant).Where(d => d.Id == id)
            .Select(d => new StoredDocument(
                d.Id, d.Name, d.ContentType, d.Size, d.Size <= DocumentLimits.MaxBytes ? d.Content : null))
            .FirstOrDefaultAsync(cancellationToken);
    }

    public Task NoteAsync(
        Tenant tenant, Guid id, DocumentFinding finding, EffectSource source, CancellationToken cancellationToken) =>
        desk.NoteAsync(tenant, id, finding, source, cancellationToken);

    public async Task TellAsync(
        Tenant tenant, string type, Func<JsonElement> data, EffectSource source, CancellationToken cancellationToken)
    {
        var happened = new PlatformEvent(type, data)
        { Id = source.Key, RaisedBy = source.RunId, WorkflowId = source.WorkflowId, IsForOwnWorkflow = false };
        if (!await events.IsHeardAsync(tenant, happened, cancellationToken)) return;
        if (source.RunId is { } run) happened = happened with { Chain = await ChainOfAsync(run, cancellationToken) };
        happened = await events.WeighAsync(tenant, happened, cancellationToken);
        await writer.WriteAsync(tenant.WorkspaceId, write => events.Raise(write, tenant, happened), cancellationToken);
    }

    private async Task<EventChain?> ChainOfAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await db.Runs.Where(r => r.Id == runId).Select(r => new { r.WorkflowId, r.VersionSerial })
            .FirstOrDefaultAsync(cancellationToken);
        return run is null ? null : events.ChainOf(db, runId, run.WorkflowId, run.VersionSerial);
    }
}
