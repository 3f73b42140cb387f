using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Workspaces and who belongs to them.</summary>
public sealed class WorkspaceStore(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>The workspace with this name in addresses, or null.</summary>
    public async Task<WorkspaceRow?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workspaces.AsNoTracking().SingleOrDefaultAsync(w => w.Slug == slug, cancellationToken);
    }

    /// <summary>The workspace with this id, or null.</summary>
    public async Task<WorkspaceRow?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workspaces.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancellationToken);
    }

    /// <summary>All workspaces, oldest first.</summary>
    public async Task<IReadOnlyList<WorkspaceRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workspaces.AsNoTracking().OrderBy(w => w.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The workspaces of a person with the person's role in each, oldest first.</summary>
    public async Task<IReadOnlyList<Membership>> MembershipsAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Members.AsNoTracking()
            .Where(m => m.UserId == userId)
            .OrderBy(m => m.WorkspaceId)
            .Join(db.Workspaces, m => m.WorkspaceId, w => w.Id, (m, w) => new Membership(w.Id, w.Slug, w.Name, m.Role))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Adds a workspace.</summary>
    public static void Add(StudioWrite write, WorkspaceRow row) => write.Db.Add(row);

    /// <summary>Makes a person a member, or changes the role.</summary>
    public static void Join(StudioWrite write, Guid workspaceId, Guid userId, WorkspaceRole role)
    {
        var member = write.Db.Members.Find(workspaceId, userId);
        if (member is null) write.Db.Add(new MemberRow { WorkspaceId = workspaceId, UserId = userId, Role = role });
        else member.Role = role;
    }
}

/// <summary>A person's place in a workspace.</summary>
public sealed record Membership(Guid WorkspaceId, string Slug, string Name, WorkspaceRole Role);
