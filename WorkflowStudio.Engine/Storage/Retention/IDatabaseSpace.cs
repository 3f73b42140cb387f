using System.Data.Common;

namespace WorkflowStudio.Engine.Storage.Retention;

/// <summary>Gives the space of deleted rows back to the disk, where the database does not do it by itself.</summary>
public interface IDatabaseSpace
{
    /// <summary>How many pages are worth being given back now; 0 when the database keeps its space itself.</summary>
    Task<long> ExcessAsync(CancellationToken cancellationToken);

    /// <summary>Gives back at most this many pages inside the writer's transaction, and answers how many were.</summary>
    long Release(DbConnection connection, DbTransaction transaction, int pages);
}
