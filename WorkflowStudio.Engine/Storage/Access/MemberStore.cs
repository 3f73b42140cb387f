using Microsoft.EntityFrameworkCore;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Storage.Access;

/// <summary>The members of workspaces, their roles, and the log of what was done to them.</summary>
public sealed class MemberStore(IDbContextFactory<StudioDbContext> contexts)
{
    /// <summary>The roles of a member; empty for somebody who is none.</summary>
    public async Task<IReadOnlyList<StoredRole>> RolesOfAsync(Guid workspaceId, Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from m in db.MemberRoles.AsNoTracking()
            where m.WorkspaceId == workspaceId && m.UserId == userId
            join r in db.Roles on m.RoleId equals r.Id into made
            from r in made.DefaultIfEmpty()
            select new StoredRole(m.RoleId, r == null ? null : r.Name, r == null ? null : r.Permissions)).ToListAsync(cancellationToken);
    }

    /// <summary>The members of a workspace with the ids of their roles.</summary>
    public async Task<IReadOnlyList<MemberRoleRow>> ListAsync(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.MemberRoles.AsNoTracking().Where(m => m.WorkspaceId == workspaceId).OrderBy(m => m.UserId)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The roles that were made in a workspace, by name.</summary>
    public async Task<IReadOnlyList<RoleRow>> MadeRolesAsync(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Roles.AsNoTracking().Where(r => r.WorkspaceId == workspaceId).OrderBy(r => r.Name)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The log, newest first, from behind an entry; null begins with the newest.</summary>
    public async Task<IReadOnlyList<AuditRow>> AuditAsync(
        Guid workspaceId, Guid? before, int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.Audit.AsNoTracking().Where(a => a.WorkspaceId == workspaceId);
        if (before is { } id) rows = rows.Where(a => a.Id < id);
        return await rows.OrderByDescending(a => a.Id).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>Whether somebody did this to the same thing since a time.</summary>
    public async Task<bool> DidAsync(
        Guid workspaceId, Guid byId, string action, Guid targetId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var first = Queries.TimeOrderedId.FirstAt(since);
        return await db.Audit.AnyAsync(a => a.WorkspaceId == workspaceId && a.Id >= first && a.ById == byId && a.Action == action
            && a.TargetId == targetId, cancellationToken);
    }

    /// <summary>Gives a member exactly these roles, and makes somebody a member who is none.</summary>
    public static void SetRoles(StudioWrite write, Guid workspaceId, Guid userId, IReadOnlyCollection<Guid> roles)
    {
        if (write.Db.Members.Find(workspaceId, userId) is null)
            write.Db.Add(new MemberRow { WorkspaceId = workspaceId, UserId = userId });
        var had = write.Db.MemberRoles.Where(m => m.WorkspaceId == workspaceId && m.UserId == userId).ToList();
        write.Db.RemoveRange(had.Where(m => !roles.Contains(m.RoleId)));
        write.Db.AddRange(roles.Distinct().Except(had.Select(m => m.RoleId))
            .Select(role => new MemberRoleRow { WorkspaceId = workspaceId, UserId = userId, RoleId = role }));
    }

    /// <summary>The ids of a member's roles; null for somebody who is no member.</summary>
    public static IReadOnlyList<Guid>? RolesOf(StudioWrite write, Guid workspaceId, Guid userId) =>
        write.Db.Members.Find(workspaceId, userId) is null
            ? null
            : write.Db.MemberRoles.Where(m => m.WorkspaceId == workspaceId && m.UserId == userId).Select(m => m.RoleId).ToList();

    /// <summary>Takes a member and all that was granted to them out of a workspace. Their keys stay.</summary>
    public static void Remove(StudioWrite write, Guid workspaceId, Guid userId)
    {
        if (write.Db.Members.Find(workspaceId, userId) is { } member) write.Db.Remove(member);
        write.Db.RemoveRange(write.Db.MemberRoles.Where(m => m.WorkspaceId == workspaceId && m.UserId == userId));
        write.Db.RemoveRange(Grants(write.Db, workspaceId, userId));
    }

    /// <summary>Who among these ids is a member or a role of the workspace.</summary>
    public static IReadOnlySet<Guid> KnownUsers(StudioWrite write, Guid workspaceId, IReadOnlyCollection<Guid> ids) =>
        write.Db.Members.Where(m => m.WorkspaceId == workspaceId && ids.Contains(m.UserId)).Select(m => m.UserId).ToHashSet();

    /// <summary>Those among these ids that are roles of the workspace.</summary>
    public static IReadOnlySet<Guid> KnownRoles(StudioWrite write, Guid workspaceId, IReadOnlyCollection<Guid> ids) =>
        write.Db.Roles.Where(r => r.WorkspaceId == workspaceId && ids.Contains(r.Id)).Select(r => r.Id).AsEnumerable()
            .Concat(ids.Where(id => BuiltInRoles.Find(workspaceId, id) is not null)).ToHashSet();

    /// <summary>How many members have a role.</summary>
    public static int Holders(StudioWrite write, Guid workspaceId, Guid roleId) =>
        write.Db.MemberRoles.Count(m => m.WorkspaceId == workspaceId && m.RoleId == roleId);

    /// <summary>The roles that were made in the workspace, to be changed.</summary>
    public static IReadOnlyList<RoleRow> MadeRoles(StudioWrite write, Guid workspaceId) =>
        write.Db.Roles.Where(r => r.WorkspaceId == workspaceId).ToList();

    /// <summary>Adds a role.</summary>
    public static void AddRole(StudioWrite write, RoleRow role) => write.Db.Add(role);

    /// <summary>Removes a role with what was granted to it.</summary>
    public static void RemoveRole(StudioWrite write, RoleRow role)
    {
        write.Db.RemoveRange(Grants(write.Db, role.WorkspaceId, role.Id));
        write.Db.Remove(role);
    }

    /// <summary>Adds to the log.</summary>
    public static void Log(StudioWrite write, AuditRow entry) => write.Db.Add(entry);

    private static IQueryable<GrantRow> Grants(StudioDbContext db, Guid workspaceId, Guid granteeId) =>
        db.Grants.Where(g => g.GranteeId == granteeId && db.Workflows.Any(w => w.Id == g.WorkflowId && w.WorkspaceId == workspaceId));
}

/// <summary>A role of a member: a built-in one by its id alone, or one that was made.</summary>
public sealed record StoredRole(Guid Id, string? Name, string? Permissions);
