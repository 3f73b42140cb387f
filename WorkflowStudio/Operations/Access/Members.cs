using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Operations.Access;

/// <summary>A member of a workspace.</summary>
/// <param name="UserId">Their account.</param>
/// <param name="Name">Their name; empty where the account is gone.</param>
/// <param name="Email">Their address; empty likewise.</param>
/// <param name="Roles">Their roles, at least one.</param>
public sealed record MemberFacts(Guid UserId, string Name, string Email, IReadOnlyList<RoleFacts> Roles);

/// <summary>Lists the members of the workspace, by name.</summary>
internal sealed class ListMembers(MemberStore members, IPeople people)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageMembers;

    public async Task<Result<IReadOnlyList<MemberFacts>>> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var workspace = caller.Tenant.WorkspaceId;
        var roles = StoredRoles.All(await members.MadeRolesAsync(workspace, cancellationToken))
            .Select(r => r.Facts(workspace)).ToList();
        var held = (await members.ListAsync(workspace, cancellationToken)).ToLookup(m => m.UserId, m => m.RoleId);
        var known = await people.FindAsync([.. held.Select(h => h.Key)], cancellationToken);
        MemberFacts[] all = [.. held.Select(h => new MemberFacts(
            h.Key, known.GetValueOrDefault(h.Key)?.Name ?? "", known.GetValueOrDefault(h.Key)?.Email ?? "",
            [.. roles.Where(r => h.Contains(r.Id))])).OrderBy(m => m.Name, StringComparer.OrdinalIgnoreCase)];
        return all;
    }
}

/// <summary>
/// Makes somebody a member, gives a member other roles, takes a member away. A workspace keeps an owner, however many are changed at once:
/// it is looked at in the transaction that changes them, and those of a workspace come one after the other.
/// </summary>
internal sealed class ChangeMember(IStudioWriter writer, IPeople people, HiddenWorkflows hidden, AuditTrail audit)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageMembers;

    private const int LongestEmail = 254;

    private static readonly OperationProblem.Conflict LastOwner = new(
        "last_owner", "This is the only owner of the workspace. Make another member an owner first.");

    /// <summary>Makes the person who signs in with an address a member with these roles.</summary>
    public async Task<Result<Guid>> AddAsync(
        Caller caller, string email, IReadOnlyList<Guid> roleIds, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (email.Length <= LongestEmail && await people.FindAsync(email, cancellationToken) is { } person)
            return await SetAsync(caller, person.Id, roleIds, cancellationToken);
        const string why = "Nobody signs in here with this address. Invite them by a link instead.";
        return new OperationProblem.Invalid(why, [WorkflowProblem.Error("unknown_account", "email", null, why)]);
    }

    /// <summary>Gives a person exactly these roles; somebody who is no member yet becomes one.</summary>
    public async Task<Result<Guid>> SetAsync(
        Caller caller, Guid userId, IReadOnlyList<Guid> roleIds, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (roleIds.Count == 0)
            return new OperationProblem.Invalid("A member needs at least one role.",
                [WorkflowProblem.Error("missing_role", "roles", null, "A member needs at least one role.")]);
        if (!(await people.FindAsync([userId], cancellationToken)).TryGetValue(userId, out var person))
            return new OperationProblem.NotFound("account");
        return await writer.WriteAsync(
            caller.Tenant.WorkspaceId, write => Set(write, caller, person, [.. roleIds.Distinct()]), cancellationToken);
    }

    /// <summary>Takes a member away with all that was granted to them. What they own and their keys stay.</summary>
    public async Task<Result<Guid>> RemoveAsync(Caller caller, Guid userId, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var name = (await people.FindAsync([userId], cancellationToken)).GetValueOrDefault(userId)?.Name ?? userId.ToString();
        return await writer.WriteAsync<Result<Guid>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                var workspace = caller.Tenant.WorkspaceId;
                if (MemberStore.RolesOf(write, workspace, userId) is not { } had) return new OperationProblem.NotFound("member");
                if (Refuse(write, caller, had) is { } why) return why;
                if (TakesLastOwner(write, workspace, had, [])) return LastOwner;
                MemberStore.Remove(write, workspace, userId);
                Tell(write, caller, AuditActions.MemberRemoved, userId, name, "");
                return userId;
            },
            cancellationToken);
    }

    private Result<Guid> Set(StudioWrite write, Caller caller, Person person, IReadOnlyList<Guid> wanted)
    {
        var workspace = caller.Tenant.WorkspaceId;
        var roles = StoredRoles.All(MemberStore.MadeRoles(write, workspace)).ToDictionary(r => r.IdIn(workspace));
        if (wanted.Where(id => !roles.ContainsKey(id)).ToList() is [var unknown, ..])
            return new OperationProblem.Invalid($"There is no role {unknown} in this workspace.",
                [WorkflowProblem.Error("unknown_role", "roles", null, $"There is no role {unknown} in this workspace.")]);
        var had = MemberStore.RolesOf(write, workspace, person.Id);
        if (Refuse(write, caller, [.. wanted.Except(had ?? []), .. (had ?? []).Except(wanted)]) is { } why) return why;
        if (had is not null && TakesLastOwner(write, workspace, had, wanted)) return LastOwner;
        MemberStore.SetRoles(write, workspace, person.Id, wanted);
        Tell(write, caller, had is null ? AuditActions.MemberAdded : AuditActions.MemberChanged, person.Id, person.Name,
            $"Roles: {string.Join(", ", wanted.Select(id => roles[id].Name))}.");
        return person.Id;
    }

    private static OperationProblem? Refuse(StudioWrite write, Caller caller, IReadOnlyList<Guid> changed)
    {
        var workspace = caller.Tenant.WorkspaceId;
        return StoredRoles.All(MemberStore.MadeRoles(write, workspace)).Where(r => changed.Contains(r.IdIn(workspace)))
            .Select(r => RoleRules.Refuse(caller, r)).FirstOrDefault(r => r is not null);
    }

    private static bool TakesLastOwner(StudioWrite write, Guid workspace, IReadOnlyList<Guid> had, IReadOnlyList<Guid> wanted)
    {
        var owner = BuiltInRoles.IdOf(workspace, WorkspaceRole.Owner);
        return had.Contains(owner) && !wanted.Contains(owner) && MemberStore.Holders(write, workspace, owner) <= 1;
    }

    private void Tell(StudioWrite write, Caller caller, string action, Guid userId, string name, string detail)
    {
        audit.Add(write, caller, action, userId, name, detail);
        write.AfterCommit(() => hidden.Forget(caller.Tenant.WorkspaceId));
    }
}
