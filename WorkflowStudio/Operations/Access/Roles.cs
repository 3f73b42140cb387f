using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Access;

/// <summary>Lists the roles of the workspace: every member may read what a name means.</summary>
internal sealed class ListRoles(MemberStore members)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewWorkflows;

    public async Task<Result<IReadOnlyList<RoleFacts>>> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var workspace = caller.Tenant.WorkspaceId;
        return StoredRoles.All(await members.MadeRolesAsync(workspace, cancellationToken)).Select(r => r.Facts(workspace)).ToList();
    }
}

/// <summary>Makes a role, changes one, removes one. The built-in ones are as they are.</summary>
internal sealed class ChangeRole(IStudioWriter writer, AuditTrail audit, IdFactory ids)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageMembers;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 60;

    private static readonly OperationProblem.Conflict BuiltIn = new(
        "built_in_role", "This role is built in: every workspace has it as it is. Make a role of your own instead.");

    /// <summary>Makes a role.</summary>
    public async Task<Result<RoleFacts>> AddAsync(
        Caller caller, string name, Permissions permissions, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (RoleRules.Refuse(caller, permissions) is { } more) return more;
        var row = new RoleRow { Id = ids.New(), WorkspaceId = caller.Tenant.WorkspaceId, Name = name.Trim(), Permissions = "" };
        return await writer.WriteAsync<Result<RoleFacts>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (Wrong(write, row, name, permissions) is { } wrong) return wrong;
                row.Permissions = string.Join(' ', permissions.Names);
                MemberStore.AddRole(write, row);
                audit.Add(write, caller, AuditActions.RoleAdded, row.Id, row.Name, Words(permissions));
                return row.Held().Facts(row.WorkspaceId);
            },
            cancellationToken);
    }

    /// <summary>Changes its name or what it allows; null leaves either.</summary>
    public async Task<Result<RoleFacts>> SetAsync(
        Caller caller, Guid id, string? name, Permissions? permissions, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await writer.WriteAsync<Result<RoleFacts>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (Find(write, caller, id, out var problem) is not { } row) return problem!;
                // what it allows now counts, too: nobody touches what is above them
                var (had, next) = (Permissions.Read(row.Permissions), permissions ?? Permissions.Read(row.Permissions));
                if (RoleRules.Refuse(caller, had.With(next)) is { } more) return more;
                if (Wrong(write, row, name ?? row.Name, next) is { } wrong) return wrong;
                (row.Name, row.Permissions) = ((name ?? row.Name).Trim(), string.Join(' ', next.Names));
                audit.Add(write, caller, AuditActions.RoleChanged, row.Id, row.Name, Words(next));
                return row.Held().Facts(row.WorkspaceId);
            },
            cancellationToken);
    }

    /// <summary>Removes it, with what was granted to it. One that members have stays.</summary>
    public async Task<Result<Guid>> RemoveAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await writer.WriteAsync<Result<Guid>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (Find(write, caller, id, out var problem) is not { } row) return problem!;
                if (RoleRules.Refuse(caller, Permissions.Read(row.Permissions)) is { } more) return more;
                if (MemberStore.Holders(write, row.WorkspaceId, row.Id) is > 0 and var holders)
                    return new OperationProblem.Conflict(
                        "role_in_use", $"{holders} of the members have this role. Give them another one, then remove it.");
                MemberStore.RemoveRole(write, row);
                audit.Add(write, caller, AuditActions.RoleRemoved, row.Id, row.Name);
                return row.Id;
            },
            cancellationToken);
    }

    private static RoleRow? Find(StudioWrite write, Caller caller, Guid id, out OperationProblem? problem)
    {
        var row = MemberStore.MadeRoles(write, caller.Tenant.WorkspaceId).FirstOrDefault(r => r.Id == id);
        problem = row is not null ? null
            : BuiltInRoles.Find(caller.Tenant.WorkspaceId, id) is null ? new OperationProblem.NotFound("role") : BuiltIn;
        return row;
    }

    private static OperationProblem? Wrong(StudioWrite write, RoleRow row, string name, Permissions permissions)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > MaxName || name.Any(char.IsControl))
            return Invalid("name", $"A role needs a name of at most {MaxName} characters.");
        if (permissions.Count == 0)
            return Invalid("permissions", $"A role needs at least one permission. Known: {string.Join(", ", Permissions.AllNames)}.");
        return StoredRoles.All(MemberStore.MadeRoles(write, row.WorkspaceId).Where(r => r.Id != row.Id))
            .Any(r => r.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
            ? new OperationProblem.Conflict("role_exists", $"There is a role {name.Trim()} already. Choose another name.")
            : null;
    }

    private static OperationProblem.Invalid Invalid(string path, string message) =>
        new(message, [WorkflowProblem.Error("invalid_role", path, null, message)]);

    private static string Words(Permissions permissions) => $"It allows {string.Join(", ", permissions.Names)}.";
}
