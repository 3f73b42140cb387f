using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>
/// Runs each piece of writing at once, in a transaction of its own, one after the other; remembers the signals of what was committed.
/// </summary>
internal sealed class DirectWriter(IDbContextFactory<StudioDbContext> contexts) : IStudioWriter, IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    public List<(Tenant Tenant, string Name, JsonElement Data)> Signals { get; } = [];

    public List<RunStart> Starts { get; } = [];

    /// <summary>How many transactions were committed.</summary>
    public int Commits { get; private set; }

    public async Task<T> WriteAsync<T>(Func<StudioWrite, T> work, CancellationToken cancellationToken = default)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await db.Database.CreateExecutionStrategy().ExecuteAsync(() => WriteAsync(db, work, cancellationToken));
        }
        finally
        {
            turn.Release();
        }
    }

    public Task<T> WriteAsync<T>(Guid workspaceId, Func<StudioWrite, T> work, CancellationToken cancellationToken = default) =>
        WriteAsync(work, cancellationToken);

    public void Dispose() => turn.Dispose();

    private async Task<T> WriteAsync<T>(StudioDbContext db, Func<StudioWrite, T> work, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var write = new Write(db);
        var result = work(write);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Commits++;
        Signals.AddRange(write.Signals);
        Starts.AddRange(write.Starts);
        foreach (var action in write.After) action();
        return result;
    }

    private sealed class Write(StudioDbContext db) : StudioWrite
    {
        public List<(Tenant Tenant, string Name, JsonElement Data)> Signals { get; } = [];

        public List<RunStart> Starts { get; } = [];

        public List<Action> After { get; } = [];

        public override StudioDbContext Db => db;

        public override void Signal(Tenant tenant, string signal, JsonElement data) => Signals.Add((tenant, signal, data));

        public override void StartRun(RunStart start) => Starts.Add(start);

        public override bool IsStarting(Tenant tenant) => Starts.Exists(s => s.Run.Tenant == tenant);

        public override void Announce(WorkflowRow workflow, WorkflowChange change)
        {
            // nobody listens
        }

        public override void AfterCommit(Action action) => After.Add(action);
    }
}
