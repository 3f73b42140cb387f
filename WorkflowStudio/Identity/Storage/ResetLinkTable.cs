using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Identity.Storage;

/// <summary>The links for new passwords, beside the accounts.</summary>
internal sealed class ResetLinkTable(IDbContextFactory<IdentityDb> contexts) : IResetLinks
{
    public async Task SetAsync(ResetLink link, byte[] hash, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.ResetLinks.Where(l => l.UserId == link.UserId).ExecuteDeleteAsync(cancellationToken);
        db.ResetLinks.Add(new ResetLinkRow
        {
            UserId = link.UserId, Hash = hash, ExpiresAt = link.Until.ToUnixTimeMilliseconds(), ById = link.ById,
            WorkspaceId = link.WorkspaceId,
        });
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task<ResetLink?> FindAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Good(db, hash, now).AsNoTracking().FirstOrDefaultAsync(cancellationToken) is { } row
            ? new ResetLink(row.UserId, DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAt), row.ById, row.WorkspaceId)
            : null;
    }

    public async Task<bool> TakeAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Good(db, hash, now).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    private static IQueryable<ResetLinkRow> Good(IdentityDb db, byte[] hash, DateTimeOffset now)
    {
        var over = now.ToUnixTimeMilliseconds();
        return db.ResetLinks.Where(l => l.Hash == hash && l.ExpiresAt > over);
    }
}
