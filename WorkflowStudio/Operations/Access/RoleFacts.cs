using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Access;

/// <summary>A role of a workspace.</summary>
/// <param name="Id">Its id: <c>shared_role_ids</c> names it.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsBuiltIn">Whether every workspace has it.</param>
/// <param name="Permissions">What it allows.</param>
public sealed record RoleFacts(Guid Id, string Name, bool IsBuiltIn, Permissions Permissions);

/// <summary>Turns what is stored of roles into what somebody holds.</summary>
internal static class StoredRoles
{
    /// <summary>A role as it is stored; null for one that is gone.</summary>
    public static HeldRole? Held(this StoredRole role, Guid workspaceId) => BuiltInRoles.Find(workspaceId, role.Id) is { } builtIn
        ? HeldRole.Of(builtIn)
        : role.Name is null
            ? null
            : new HeldRole { Name = role.Name, MadeId = role.Id, Permissions = Permissions.Read(role.Permissions ?? "") };

    /// <summary>A role that was made.</summary>
    public static HeldRole Held(this RoleRow row) =>
        new() { Name = row.Name, MadeId = row.Id, Permissions = Permissions.Read(row.Permissions) };

    /// <summary>All roles of a workspace: the built-in ones first, the one that may most at the head.</summary>
    public static IReadOnlyList<HeldRole> All(IEnumerable<RoleRow> made) =>
        [.. BuiltInRoles.All.Select(HeldRole.Of), .. made.Select(Held)];

    /// <summary>What is told of a role.</summary>
    public static RoleFacts Facts(this HeldRole role, Guid workspaceId) =>
        new(role.IdIn(workspaceId), role.Name, role.BuiltIn is not null, role.Permissions);
}

/// <summary>Who may give which role: nobody gives, takes or makes one that allows more than they may themselves.</summary>
internal static class RoleRules
{
    /// <summary>Why somebody may not give or take a role; null when they may.</summary>
    public static OperationProblem? Refuse(Caller caller, HeldRole role)
    {
        if (role.BuiltIn == WorkspaceRole.Owner && !caller.Roles.Any(r => r.BuiltIn == WorkspaceRole.Owner))
            return new OperationProblem.Forbidden("Only an owner may make somebody an owner, or take that away.", null)
            { Permission = Permissions.NameOf(Permission.ManageMembers) };
        if (role.SeesAll && !caller.SeesAll)
            return new OperationProblem.Forbidden("Only an owner or an admin may make somebody an admin, or take that away.", null)
            { Permission = Permissions.NameOf(Permission.ManageMembers) };
        return Refuse(caller, role.Permissions);
    }

    /// <summary>The roles of these ids, which somebody wants to give; the problem when one is none, or is not theirs to give.</summary>
    public static Result<IReadOnlyList<HeldRole>> Wanted(IReadOnlyList<HeldRole> all, Caller caller, IReadOnlyList<Guid> ids)
    {
        var workspace = caller.Tenant.WorkspaceId;
        if (ids.Count == 0) return Invalid("missing_role", "A member needs at least one role.");
        var roles = all.ToDictionary(r => r.IdIn(workspace));
        if (ids.Where(id => !roles.ContainsKey(id)).ToList() is [var unknown, ..])
            return Invalid("unknown_role", $"There is no role {unknown} in this workspace.");
        HeldRole[] wanted = [.. ids.Select(id => roles[id])];
        return wanted.Select(r => Refuse(caller, r)).FirstOrDefault(p => p is not null) is { } refused ? refused : wanted;
    }

    /// <summary>Roles as the log tells them.</summary>
    public static string Told(IEnumerable<HeldRole> roles) => $"Roles: {string.Join(", ", roles.Select(r => r.Name))}.";

    /// <summary>The same of single permissions.</summary>
    public static OperationProblem? Refuse(Caller caller, Permissions permissions) =>
        permissions.Without(caller.Permissions).Each.ToList() is [var first, ..]
            ? new OperationProblem.Forbidden(
                $"This would allow {Permissions.NameOf(first)}, which you do not have yourself. Ask an owner of the workspace.", null)
            { Permission = Permissions.NameOf(first) }
            : null;

    private static OperationProblem Invalid(string code, string why) =>
        new OperationProblem.Invalid(why, [WorkflowProblem.Error(code, "roles", null, why)]);
}
