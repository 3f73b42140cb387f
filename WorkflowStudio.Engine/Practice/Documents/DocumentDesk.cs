using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>Documents that people and programs put in by hand, and what they say of any.</summary>
public sealed class DocumentDesk(IStudioWriter writer, TimeProvider clock, PlatformEvents events)
{
    private static readonly ConnectorProblem Gone = new("document_unknown", "There is no such document any more.");

    private static readonly ConnectorProblem Nobody = new("contact_unknown", "There is no contact with this id.");

    /// <summary>
    /// Keeps a file and raises <see cref="KnownEvents.DocumentUploaded"/>. Problems: <c>contact_unknown</c>, <c>documents_full</c>.
    /// </summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="file">The file.</param>
    /// <param name="contactId">Whom it is about; null for nobody.</param>
    /// <param name="most">How many bytes of documents the workspace may keep.</param>
    /// <param name="answer">What is kept with it for an Idempotency-Key; null for nothing.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Answer<DocumentItem>> AddAsync(
        Tenant tenant, NewDocument file, Guid? contactId, long most, Func<DocumentItem, KeptAnswer?>? answer,
        CancellationToken cancellationToken)
    {
        var row = new DocumentRow
        {
            Id = file.Id, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, CreatedAt = clock.GetUtcNow(),
            Name = file.Name, ContentType = file.ContentType, Size = file.Content.Length, Sha256 = SHA256.HashData(file.Content.Span),
            ContactId = contactId, Content = file.Content.ToArray(),
        };
        var item = new DocumentItem(row.Id, row.Name, row.ContentType, row.Size, row.Sha256, null, null, row.CreatedAt)
        { ContactId = contactId };
        return await writer.WriteAsync<Answer<DocumentItem>>(tenant.WorkspaceId, write =>
        {
            if (contactId is { } contact && !write.Db.Contacts.Of(tenant).Any(c => c.Id == contact)) return Nobody;
            if (!StoredDocuments.Take(write.Db, tenant.WorkspaceId, row.Size, most))
                return new ConnectorProblem("documents_full", $"The workspace keeps at most {most >> 20} MiB of documents; with this "
                    + "file it would be more. Remove some that nobody needs any more.");
            write.Db.Documents.Add(row);
            events.Raise(write, tenant, DocumentEvents.Uploaded(row));
            write.Record(answer?.Invoke(item));
            return item;
        }, cancellationToken);
    }

    /// <summary>Changes what is said of one that is seen. Problems: <c>document_unknown</c>, <c>contact_unknown</c>.</summary>
    public async Task<Answer<Guid>> ChangeAsync(Seen seen, Guid id, DocumentChange change, CancellationToken cancellationToken) =>
        await writer.WriteAsync<Answer<Guid>>(seen.Tenant.WorkspaceId, write =>
        {
            var db = write.Db;
            var rows = DocumentQueries.Of(db, seen, id);
            if (!rows.Any()) return Gone;
            if (change.ContactId is { } contact && !db.Contacts.Of(seen.Tenant).Any(c => c.Id == contact)) return Nobody;
            // the row is wide: only what changes is written
            var one = db.Documents.Where(d => d.Id == id);
            if (change.Name is { } name) one.ExecuteUpdate(set => set.SetProperty(d => d.Name, NewDocument.NameOf(name)));
            if (change.ContactId is not null || change.IsAboutNobody)
                one.ExecuteUpdate(set => set.SetProperty(d => d.ContactId, change.ContactId));
            if (change.Fields is { } fields) Note(db, id, null, fields.GetRawText(), null, null);
            var told = rows.Select(d => new { d.Name, d.ContentType, d.Size, d.WorkflowId, d.RunId, d.CreatedAt }).First();
            events.Raise(write, seen.Tenant, DocumentEvents.Updated(
                new DocumentItem(id, told.Name, told.ContentType, told.Size, [], told.WorkflowId, told.RunId, told.CreatedAt)));
            return id;
        }, cancellationToken);

    /// <summary>Keeps what a step found out of a document that its workflow reaches; fields that are too many are not kept.</summary>
    internal Task NoteAsync(Tenant tenant, Guid id, DocumentFinding finding, EffectSource source, CancellationToken cancellationToken)
    {
        var fields = finding.Fields.GetRawText();
        if (fields.Length > DocumentFacts.MaxFields) return Task.CompletedTask;
        return writer.WriteAsync(tenant.WorkspaceId, write =>
        {
            var its = write.Db.Documents.Of(tenant).Where(d => d.Id == id).Select(d => new { d.WorkflowId }).FirstOrDefault();
            if (its is null || (its.WorkflowId is { } workflow && source.WorkflowId is { } asking && workflow != asking
                && !EventReach.Reaches(write.Db, workflow, asking))) return false;
            Note(write.Db, id, finding.Schema, fields, finding.Confidence, source.RunId);
            return true;
        }, cancellationToken);
    }

    private void Note(StudioDbContext db, Guid id, string? schema, string fields, double? confidence, Guid? runId)
    {
        var row = db.DocumentFacts.FirstOrDefault(f => f.DocumentId == id);
        if (row is null) db.DocumentFacts.Add(row = new DocumentFactsRow { DocumentId = id, Fields = fields });
        (row.Schema, row.Fields, row.Confidence, row.RunId, row.At) = (schema, fields, confidence, runId, clock.GetUtcNow());
    }
}

/// <summary>What somebody says of a document; what is null stays.</summary>
public sealed record DocumentChange
{
    /// <summary>What it is called.</summary>
    public string? Name { get; init; }

    /// <summary>Whom it is about.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>Whether it is about nobody.</summary>
    public bool IsAboutNobody { get; init; }

    /// <summary>What stands in it, by names: an object.</summary>
    public JsonElement? Fields { get; init; }
}

/// <summary>What a step found out of a document.</summary>
/// <param name="Schema">By which schema it looked; null for fields of one's own.</param>
/// <param name="Fields">The fields by their names, an object.</param>
/// <param name="Confidence">How sure it is, 0 to 1.</param>
public sealed record DocumentFinding(string? Schema, JsonElement Fields, double Confidence);
