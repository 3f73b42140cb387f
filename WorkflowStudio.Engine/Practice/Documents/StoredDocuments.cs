using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Practice.Documents;

/// <summary>
/// What a workspace keeps of documents, in bytes: a running total in its row, changed in the transaction that stores or removes them. A sum
/// would read every document for each upload, and one that a node remembers would be wrong as soon as another node stores something.
/// </summary>
public static class StoredDocuments
{
    private const int PieceLength = 100;

    // documents are wide: others write between two pieces
    private const long PieceBytes = 4 << 20;

    /// <summary>Counts what is about to be stored; false, and nothing is counted, where a workspace would keep more than it may.</summary>
    internal static bool Take(StudioDbContext db, Guid workspaceId, long bytes, long most) => db.Workspaces
        .Where(w => w.Id == workspaceId && w.DocumentBytes + bytes <= most)
        .ExecuteUpdate(set => set.SetProperty(w => w.DocumentBytes, w => w.DocumentBytes + bytes)) == 1;

    /// <summary>Removes a document that somebody sees, and says whether there was one.</summary>
    public static bool Remove(StudioWrite write, Seen seen, Guid id) => RemoveSome(write.Db, DocumentQueries.Of(write.Db, seen, id));

    /// <summary>Removes a piece of these, and says whether there was any.</summary>
    internal static bool RemoveSome(StudioDbContext db, IQueryable<DocumentRow> documents)
    {
        var freed = new Dictionary<Guid, long>();
        var (found, left) = (false, PieceBytes);
        foreach (var one in documents.AsNoTracking().OrderBy(d => d.Id).Select(d => new { d.Id, d.WorkspaceId, d.Size }).Take(PieceLength)
            .ToList().TakeWhile(_ => left > 0))
        {
            (found, left) = (true, left - one.Size);
            db.DocumentFacts.Where(f => f.DocumentId == one.Id).ExecuteDelete();
            // whoever else removes it meanwhile counts it
            if (db.Documents.Where(d => d.Id == one.Id).ExecuteDelete() == 1)
                freed[one.WorkspaceId] = freed.GetValueOrDefault(one.WorkspaceId) + one.Size;
        }

        foreach (var (workspace, bytes) in freed)
            db.Workspaces.Where(w => w.Id == workspace)
                .ExecuteUpdate(set => set.SetProperty(w => w.DocumentBytes, w => w.DocumentBytes - bytes));
        return found;
    }
}

/// <summary>A workflow that is erased takes its documents along.</summary>
internal sealed class DocumentsOfWorkflow : RowsOfWorkflow
{
    // documents are wide: however many rows may go, these go in pieces of their own
    internal override bool EraseSome(StudioDbContext db, Guid workflowId, int rows) =>
        StoredDocuments.RemoveSome(db, db.Documents.Where(d => d.WorkflowId == workflowId));
}

/// <summary>
/// A document goes with the run that it started, unless one that repeats it or was started by it is still there, or one that its event
/// started is not over: its data names the document too, so that one keeps it from then on.
/// </summary>
internal sealed class DocumentsOfRun : RowsOfRun
{
    internal override bool EraseSome(StudioDbContext db, Guid runId)
    {
        var documents = db.Documents.Where(d => d.RunId == runId);
        if (!documents.Any()) return false;
        // first one that still works with it
        var heirs = First(db.Runs.Where(r => r.RootId == runId && r.FinishedAt == null))
            ?? First(db.Runs.Where(r => r.RetryOf == runId)) ?? First(db.Runs.Where(r => r.ParentId == runId));
        if (heirs is not { } heir)
            return StoredDocuments.RemoveSome(db, documents);
        documents.ExecuteUpdate(set => set.SetProperty(d => d.RunId, heir));
        return false;
    }

    // the newest
    private static Guid? First(IQueryable<RunRow> runs) => runs.OrderByDescending(r => r.Id).Select(r => (Guid?)r.Id).FirstOrDefault();
}
