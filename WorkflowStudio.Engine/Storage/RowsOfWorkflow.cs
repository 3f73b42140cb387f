using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Rows of a feature that hang on a workflow alone: they go when it is erased.</summary>
public abstract class RowsOfWorkflow
{
    /// <summary>Erases a piece of them, as many narrow rows as it is told, and says whether there may be more.</summary>
    internal abstract bool EraseSome(StudioDbContext db, Guid workflowId, int rows);
}

/// <summary>Those of one table.</summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <param name="of">Whether a row is of a workflow.</param>
public sealed class RowsOfWorkflow<TRow>(Func<Guid, Expression<Func<TRow, bool>>> of) : RowsOfWorkflow
    where TRow : class
{
    internal override bool EraseSome(StudioDbContext db, Guid workflowId, int rows) =>
        db.Set<TRow>().Where(of(workflowId)).Take(rows).ExecuteDelete() == rows;
}
