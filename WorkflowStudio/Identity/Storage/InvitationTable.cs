using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Identity.Storage;

/// <summary>The invitations, beside the accounts.</summary>
internal sealed class InvitationTable(IDbContextFactory<IdentityDb> contexts, ILookupNormalizer names) : IInvitations
{
    public async Task<bool> AddAsync(Invitation invitation, byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (over, email) = (now.ToUnixTimeMilliseconds(), names.NormalizeEmail(invitation.Email)!);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Invitations.Where(i => i.ExpiresAt <= over || (i.WorkspaceId == invitation.WorkspaceId && i.NormalizedEmail == email))
            .ExecuteDeleteAsync(cancellationToken);
        db.Invitations.Add(new InvitationRow
        {
            Id = invitation.Id, Hash = hash, WorkspaceId = invitation.WorkspaceId, Email = invitation.Email, NormalizedEmail = email,
            Roles = string.Join(' ', invitation.RoleIds), ById = invitation.ById, By = invitation.By,
            ExpiresAt = invitation.Until.ToUnixTimeMilliseconds(), IsTaken = false,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // of two at once the index lets one in; anything else shows itself here
            if (!await db.Invitations.AnyAsync(
                i => i.WorkspaceId == invitation.WorkspaceId && i.NormalizedEmail == email, cancellationToken)) throw;
            return false;
        }
    }

    public async Task<IReadOnlyList<Invitation>> OpenAsync(Guid workspaceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await Open(db, now).AsNoTracking().Where(i => i.WorkspaceId == workspaceId).OrderByDescending(i => i.ExpiresAt)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(Read)];
    }

    public async Task<Invitation?> FindAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Open(db, now).AsNoTracking().FirstOrDefaultAsync(i => i.Hash == hash, cancellationToken) is { } row ? Read(row) : null;
    }

    public async Task<bool> TakeAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Open(db, now).Where(i => i.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.IsTaken, true), cancellationToken) == 1;
    }

    public async Task ReturnAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Invitations.Where(i => i.Id == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.IsTaken, false), cancellationToken);
    }

    public async Task<string?> RemoveAsync(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var its = db.Invitations.Where(i => i.Id == id && i.WorkspaceId == workspaceId && !i.IsTaken);
        var email = await its.Select(i => i.Email).FirstOrDefaultAsync(cancellationToken);
        return email is not null && await its.ExecuteDeleteAsync(cancellationToken) == 1 ? email : null;
    }

    private static IQueryable<InvitationRow> Open(IdentityDb db, DateTimeOffset now)
    {
        var over = now.ToUnixTimeMilliseconds();
        return db.Invitations.Where(i => !i.IsTaken && i.ExpiresAt > over);
    }

    private static Invitation Read(InvitationRow row) => new(
        row.Id, row.WorkspaceId, row.Email, [.. row.Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)], row.ById,
        row.By, DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAt));
}
