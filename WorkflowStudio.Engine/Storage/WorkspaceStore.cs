using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Scripting;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Workspaces and who belongs to them.</summary>
public sealed class WorkspaceStore(IDbContextFactory<StudioDbContext> contexts) : IScriptPermits
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

    /// <inheritdoc/>
    public async Task<bool> AllowsAsync(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workspaces.AnyAsync(w => w.Id == workspaceId && w.AllowsCode, cancellationToken);
    }

    /// <summary>All workspaces, oldest first.</summary>
    public async Task<IReadOnlyList<WorkspaceRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workspaces.AsNoTracking().OrderBy(w => w.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The workspaces of a person, oldest first.</summary>
    public async Task<IReadOnlyList<Membership>> MembershipsAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Members.AsNoTracking()
            .Where(m => m.UserId == userId)
            .OrderBy(m => m.WorkspaceId)
            .Join(db.Workspaces, m => m.WorkspaceId, w => w.Id, (m, w) => new Membership(w.Id, w.Slug, w.Name))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Makes a person a member with one role, or gives a member that one in the place of theirs.</summary>
    public static void Join(StudioWrite write, Guid workspaceId, Guid userId, WorkspaceRole role) =>
        MemberStore.SetRoles(write, workspaceId, userId, [BuiltInRoles.IdOf(workspaceId, role)]);

    /// <summary>The workspace, to be changed.</summary>
    public static WorkspaceRow? Find(StudioWrite write, Guid id) => write.Db.Workspaces.Find(id);

    /// <summary>The connections of both environments, the live ones first.</summary>
    public async Task<IReadOnlyList<ConnectionRow>> ConnectionsAsync(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Connections.AsNoTracking().Where(c => c.WorkspaceId == workspaceId).OrderBy(c => c.Environment).ThenBy(c => c.Kind)
            .ThenBy(c => c.Name).ToListAsync(cancellationToken);
    }

    /// <summary>Removes a connection: the one of its kind, or that of a name. Answers its name; null when there is none.</summary>
    public static string? Disconnect(StudioWrite write, Tenant tenant, string kind, string? name)
    {
        var row = Connection(write, tenant, kind, name);
        if (row is not null) write.Db.Remove(row);
        return row?.Name;
    }

    /// <summary>A connection: the one of its kind, or that of a name; null when there is none.</summary>
    public static ConnectionRow? Connection(StudioWrite write, Tenant tenant, string kind, string? name) =>
        write.Db.Connections.FirstOrDefault(c => c.WorkspaceId == tenant.WorkspaceId && c.Environment == tenant.Environment
            && c.Kind == kind && (name == null || c.Name == name));

    /// <summary>Adds a connection in the place of an earlier one of its kind; of a kind with several, of its name.</summary>
    public static void Connect(StudioWrite write, ConnectionRow row)
    {
        var isNamed = ConnectionKinds.IsNamed(row.Kind);
        var old = write.Db.Connections.FirstOrDefault(c =>
            c.WorkspaceId == row.WorkspaceId && c.Environment == row.Environment && c.Kind == row.Kind && (!isNamed || c.Name == row.Name));
        if (old is null) write.Db.Add(row);
        else (old.Name, old.Settings, old.ProtectedSecret, old.CreatedAt) = (row.Name, row.Settings, row.ProtectedSecret, row.CreatedAt);
    }
}

/// <summary>A person's place in a workspace.</summary>
public sealed record Membership(Guid WorkspaceId, string Slug, string Name);
