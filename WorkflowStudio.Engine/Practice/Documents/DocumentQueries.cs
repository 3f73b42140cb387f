using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>Reads documents. One of a workflow that is not seen is not seen either.</summary>
public sealed class DocumentQueries(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>One page, the last that came first, and how many there are, as far as they are counted.</summary>
    public async Task<(IReadOnlyList<DocumentItem> Items, int Total)> PageAsync(
        Seen seen, DocumentFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = Filtered(db, All(db, seen), filter);
        var total = await found.Take(PracticePages.MostCounted).CountAsync(cancellationToken);
        var rows = found.OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id).Skip(skip).Take(take);
        return (await ToldAsync(db, rows, cancellationToken), total);
    }

    /// <summary>What is known of a document; null when there is none.</summary>
    public async Task<DocumentItem?> FindAsync(Seen seen, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await ToldAsync(db, Of(db, seen, id), cancellationToken)).FirstOrDefault();
    }

    /// <summary>What is in a document; null when there is none.</summary>
    public async Task<byte[]?> ContentAsync(Seen seen, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, seen, id).Select(d => d.Content).FirstOrDefaultAsync(cancellationToken);
    }

    internal static IQueryable<DocumentRow> Of(StudioDbContext db, Seen seen, Guid id) => All(db, seen).Where(d => d.Id == id);

    private static IQueryable<DocumentRow> All(StudioDbContext db, Seen seen)
    {
        var rows = db.Documents.AsNoTracking().Of(seen.Tenant);
        if (seen.Sight.SeesAll) return rows;
        var workflows = db.SeenWorkflows(seen.Sight);
        return rows.Where(d => d.WorkflowId == null || workflows.Any(w => w.Id == d.WorkflowId));
    }

    private static IQueryable<DocumentRow> Filtered(StudioDbContext db, IQueryable<DocumentRow> rows, DocumentFilter filter)
    {
        if (filter.ContactId is { } contact) rows = rows.Where(d => d.ContactId == contact);
        if (filter.WorkflowId is { } workflow) rows = rows.Where(d => d.WorkflowId == workflow);
        if (filter.RunId is { } run) rows = rows.Where(d => d.RunId == run);
        if (filter.From is { } from) rows = rows.Where(d => d.CreatedAt >= from);
        if (filter.To is { } to) rows = rows.Where(d => d.CreatedAt <= to);
        var facts = db.DocumentFacts;
        if (filter.HasFields is { } has) rows = rows.Where(d => facts.Any(f => f.DocumentId == d.Id) == has);
        if (string.IsNullOrWhiteSpace(filter.Search)) return rows;
        var like = LikeText.Holding(filter.Search.Trim());
        return rows.Where(d => EF.Functions.Like(d.Name, like, LikeText.Escape));
    }

    // two queries for a page, however long it is
    private static async Task<List<DocumentItem>> ToldAsync(
        StudioDbContext db, IQueryable<DocumentRow> rows, CancellationToken cancellationToken)
    {
        var items = await rows
            .Select(d => new DocumentItem(d.Id, d.Name, d.ContentType, d.Size, d.Sha256, d.WorkflowId, d.RunId, d.CreatedAt)
            { ContactId = d.ContactId })
            .ToListAsync(cancellationToken);
        var ids = items.ConvertAll(i => i.Id);
        var facts = await db.DocumentFacts.AsNoTracking().Where(f => ids.Contains(f.DocumentId))
            .ToDictionaryAsync(f => f.DocumentId, Read, cancellationToken);
        return [.. items.Select(i => i with { Facts = facts.GetValueOrDefault(i.Id) })];
    }

    private static DocumentFacts Read(DocumentFactsRow row) =>
        new(row.Schema, JsonElement.Parse(row.Fields), row.Confidence, row.At, row.RunId);
}
