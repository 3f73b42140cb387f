using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage;

/// <summary>
/// The one way to write. Work is done in a transaction, one after the other, many sharing one commit; reads go through a context of their
/// own beside it (<c>IDbContextFactory&lt;StudioDbContext&gt;</c>).
/// </summary>
public interface IStudioWriter
{
    /// <summary>
    /// Runs <paramref name="work"/> in a transaction and completes when it is durable. The work is synchronous, short, and may be run a
    /// second time with a fresh context when another writer in the same commit failed: it must have no effect outside the context. An
    /// exception undoes the work and comes back to the caller.
    /// </summary>
    /// <remarks>Where several nodes share a database it has its turn while none of them does any other work of this kind: for what is not
    /// of one workspace.</remarks>
    Task<T> WriteAsync<T>(Func<StudioWrite, T> work, CancellationToken cancellationToken = default);

    /// <summary>
    /// The same for work that reads and changes rows of one workspace alone: where several nodes share a database, it takes turns with the
    /// other work of this workspace and waits for no other's.
    /// </summary>
    Task<T> WriteAsync<T>(Guid workspaceId, Func<StudioWrite, T> work, CancellationToken cancellationToken = default);
}

/// <summary>What a piece of writing works with.</summary>
public abstract class StudioWrite
{
    /// <summary>The context, fresh and inside the transaction. <c>SaveChanges</c> is called for the caller at the end.</summary>
    public abstract StudioDbContext Db { get; }

    /// <summary>
    /// Wakes every run of the tenant that waits for this signal. It becomes durable with the rest of the work, so the signal is neither
    /// lost nor sent for something that did not happen.
    /// </summary>
    /// <param name="tenant">The workspace and environment.</param>
    /// <param name="signal">The name, as in <c>NodeOutcome.Waiting.Signal</c>.</param>
    /// <param name="data">What the woken step is told; undefined for nothing.</param>
    public abstract void Signal(Tenant tenant, string signal, JsonElement data);

    /// <summary>
    /// Makes a run that becomes durable with the rest of the work; its pump is told after the commit. The concurrency rule of its workflow
    /// holds. Signals that were sent before it in the same commit are not for it. It is made at the end of the commit: until then only
    /// <see cref="IsStarting"/> knows of it.
    /// </summary>
    public abstract void StartRun(RunStart start);

    /// <summary>Whether a run of the tenant is made in this commit.</summary>
    public abstract bool IsStarting(Tenant tenant);

    /// <summary>
    /// Tells the endpoints that listen what happened to a workflow, once its row is as it shall be: their deliveries become durable with
    /// the rest of the work. Once for each piece of work, however much of the workflow it changes.
    /// </summary>
    public abstract void Announce(WorkflowRow workflow, WorkflowChange change);

    /// <summary>Does something once the work is durable: tells the pages, rings a pump. Not called when the work is undone.</summary>
    public abstract void AfterCommit(Action action);
}
