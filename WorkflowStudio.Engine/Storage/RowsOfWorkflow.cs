using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Rows of a feature that hang on a workflow alone: they go when it is erased.</summary>
public abstract class RowsOfWorkflow
{
    // documents are wide: others write between two pieces
    private protected const int PieceLength = 100;

    /// <summary>Erases a piece of them, and says whether there may be more.</summary>
    internal abstract bool EraseSome(StudioDbContext db, Guid workflowId);
}

/// <summary>Those of one table.</summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <param name="of">Whether a row is of a workflow.</param>
public sealed class RowsOfWorkflow<TRow>(Func<Guid, Expression<Func<TRow, bool>>> of) : RowsOfWorkflow
    where TRow : class
{
    internal override bool EraseSome(StudioDbContext db, Guid workflowId) =>
        db.Set<TRow>().Where(of(workflowId)).Take(PieceLength).ExecuteDelete() == PieceLength;
}
