using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage.Sqlite;

/// <summary>
/// Writes of a command beside a running server: one transaction each, no group commit, no checkpoint. It sends no signals: nothing that a
/// command writes wakes a run.
/// </summary>
public sealed class PlainWriter(IDbContextFactory<StudioDbContext> contexts) : IStudioWriter, IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    /// <inheritdoc/>
    public async Task<T> WriteAsync<T>(Func<StudioWrite, T> work, CancellationToken cancellationToken = default)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var write = new Write(db);
            var result = work(write);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            write.After.ForEach(action => action());
            return result;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private sealed class Write(StudioDbContext db) : StudioWrite
    {
        public List<Action> After { get; } = [];

        public override StudioDbContext Db { get; } = db;

        public override void Signal(Tenant tenant, string signal, JsonElement data) =>
            throw new NotSupportedException("A command of the shell sends no signals.");

        public override void AfterCommit(Action action) => After.Add(action);
    }
}
