using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Keys;

/// <summary>API keys and the stored answers to requests made with them.</summary>
public sealed class KeyStore(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>The key with this hash, revoked or not; null when there is none.</summary>
    public async Task<ApiKeyRow?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash, cancellationToken);
    }

    /// <summary>The keys of a workspace, newest first.</summary>
    public async Task<IReadOnlyList<ApiKeyRow>> ListAsync(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ApiKeys.AsNoTracking().Where(k => k.WorkspaceId == workspaceId).OrderByDescending(k => k.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The stored answer, or null.</summary>
    public async Task<KeptAnswer?> AnswerAsync(KeptAnswer request, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Idempotency.AsNoTracking().SingleOrDefaultAsync(
            i => i.WorkspaceId == request.Tenant.WorkspaceId && i.Environment == request.Tenant.Environment && i.Method == request.Method
                && i.Path == request.Path && i.Key == request.Key,
            cancellationToken);
        return row?.ToAnswer();
    }

    /// <summary>Notes when a key was last used.</summary>
    public static void NoteUse(StudioWrite write, Guid id, DateTimeOffset at) =>
        write.Db.ApiKeys.Where(k => k.Id == id && (k.LastUsedAt == null || k.LastUsedAt < at))
            .ExecuteUpdate(set => set.SetProperty(k => k.LastUsedAt, at));

    /// <summary>Adds a key.</summary>
    public static void Add(StudioWrite write, ApiKeyRow key) => write.Db.Add(key);

    /// <summary>The key, to be changed, or null.</summary>
    public static ApiKeyRow? Find(StudioWrite write, Guid workspaceId, Guid id) =>
        write.Db.ApiKeys.SingleOrDefault(k => k.Id == id && k.WorkspaceId == workspaceId);
}
