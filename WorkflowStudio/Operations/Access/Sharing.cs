using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Access;

/// <summary>How a workflow is to be shared; what is null stays as it is.</summary>
/// <param name="Visibility">Who sees it.</param>
/// <param name="UserIds">Exactly these users: who had a grant keeps its level, others get <see cref="GrantLevel.Run"/>.</param>
/// <param name="RoleIds">Exactly these roles, likewise.</param>
internal sealed record SharingWish(
    WorkflowVisibility? Visibility = null, IReadOnlyList<Guid>? UserIds = null, IReadOnlyList<Guid>? RoleIds = null)
{
    /// <summary>Whether it asks for nothing.</summary>
    public bool IsEmpty => Visibility is null && UserIds is null && RoleIds is null;
}

/// <summary>A grant.</summary>
/// <param name="GranteeId">The user or the role.</param>
/// <param name="IsRole">Whether it is a role.</param>
/// <param name="Level">How much it gives.</param>
public sealed record GrantFacts(Guid GranteeId, bool IsRole, GrantLevel Level);

/// <summary>How a workflow is shared.</summary>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="Name">Its name.</param>
/// <param name="Visibility">Who sees it.</param>
/// <param name="OwnerId">Whose it is.</param>
/// <param name="Grants">What was granted; it counts while the workflow is shared.</param>
public sealed record SharingFacts(
    Guid WorkflowId, string Name, WorkflowVisibility Visibility, Guid? OwnerId, IReadOnlyList<GrantFacts> Grants)
{
    /// <summary>The users it is granted to: <c>shared_user_ids</c>.</summary>
    public IReadOnlyList<Guid> UserIds => [.. Grants.Where(g => !g.IsRole).Select(g => g.GranteeId)];

    /// <summary>The roles it is granted to: <c>shared_role_ids</c>.</summary>
    public IReadOnlyList<Guid> RoleIds => [.. Grants.Where(g => g.IsRole).Select(g => g.GranteeId)];
}

/// <summary>
/// Writes how a workflow is shared, for operations that make or change one: the rules are here, whoever asks has asked for permission.
/// </summary>
internal sealed class Sharing(HiddenWorkflows hidden, AuditTrail audit)
{
    /// <summary>Does what is wished for; or says which ids are not of the workspace, and then nothing is to be stored.</summary>
    public OperationProblem? Apply(StudioWrite write, Caller caller, WorkflowRow workflow, SharingWish wish)
    {
        if (wish.IsEmpty) return null;
        var grants = GrantStore.Of(write, workflow.Id);
        if (Unknown(write, workflow, wish.UserIds, wish.RoleIds) is { Count: > 0 } unknown)
            return new OperationProblem.Invalid(unknown[0].Message, unknown);
        Exactly(wish.UserIds, isRole: false);
        Exactly(wish.RoleIds, isRole: true);
        if (wish.Visibility is { } visibility) workflow.Visibility = visibility;
        Tell(write, caller, workflow, Words(wish));
        return null;

        void Exactly(IReadOnlyList<Guid>? ids, bool isRole)
        {
            if (ids is null) return;
            foreach (var gone in grants.Where(g => g.IsRole == isRole && !ids.Contains(g.GranteeId))) GrantStore.Remove(write, gone);
            foreach (var id in ids.Distinct().Where(id => grants.All(g => g.GranteeId != id)))
                GrantStore.Add(write, new GrantRow { WorkflowId = workflow.Id, GranteeId = id, IsRole = isRole, Level = GrantLevel.Run });
        }
    }

    /// <summary>The same of a workflow that is being made. Tells nobody where nothing is hidden.</summary>
    public OperationProblem? Make(StudioWrite write, Caller caller, WorkflowRow workflow, SharingWish wish)
    {
        if (!wish.IsEmpty) return Apply(write, caller, workflow, wish);
        if (workflow.Visibility != WorkflowVisibility.Tenant) write.AfterCommit(() => hidden.Forget(workflow.WorkspaceId));
        return null;
    }

    /// <summary>Grants something to a user or a role, or takes it away with null; or says that there is none with this id.</summary>
    public OperationProblem? Grant(StudioWrite write, Caller caller, WorkflowRow workflow, Guid granteeId, GrantLevel? level)
    {
        var had = GrantStore.Of(write, workflow.Id).FirstOrDefault(g => g.GranteeId == granteeId);
        var isRole = MemberStore.KnownRoles(write, workflow.WorkspaceId, [granteeId]).Count > 0;
        if (level is null)
        {
            if (had is null) return new OperationProblem.NotFound("grant");
            GrantStore.Remove(write, had);
        }
        else if (had is not null)
        {
            had.Level = level.Value;
        }
        else if (!isRole && Unknown(write, workflow, [granteeId], null).Count > 0)
        {
            return new OperationProblem.NotFound("user or role");
        }
        else
        {
            GrantStore.Add(write, new GrantRow { WorkflowId = workflow.Id, GranteeId = granteeId, IsRole = isRole, Level = level.Value });
        }

        Tell(write, caller, workflow, level is { } given
            ? $"The {(isRole ? "role" : "user")} {granteeId} has {Lower(given)}."
            : $"The grant of {granteeId} was taken away.");
        return null;
    }

    /// <summary>Makes a member the owner.</summary>
    public OperationProblem? HandOver(StudioWrite write, Caller caller, WorkflowRow workflow, Guid userId)
    {
        if (MemberStore.KnownUsers(write, workflow.WorkspaceId, [userId]).Count == 0) return new OperationProblem.NotFound("member");
        (workflow.OwnerId, workflow.OwnerKeyId) = (userId, null);
        audit.Add(write, caller, AuditActions.WorkflowHandedOver, workflow.Id, workflow.Name, $"Its owner is {userId}.");
        write.AfterCommit(() => hidden.Forget(workflow.WorkspaceId));
        return null;
    }

    private static List<WorkflowProblem> Unknown(
        StudioWrite write, WorkflowRow workflow, IReadOnlyList<Guid>? userIds, IReadOnlyList<Guid>? roleIds)
    {
        var problems = new List<WorkflowProblem>();
        if (userIds is { Count: > 0 })
            Find(userIds, MemberStore.KnownUsers(write, workflow.WorkspaceId, [.. userIds.Distinct()]), "shared_user_ids", "user");
        if (roleIds is { Count: > 0 })
            Find(roleIds, MemberStore.KnownRoles(write, workflow.WorkspaceId, [.. roleIds.Distinct()]), "shared_role_ids", "role");
        return problems;

        void Find(IReadOnlyList<Guid> ids, IReadOnlySet<Guid> known, string field, string what)
        {
            for (var i = 0; i < ids.Count; i++)
                if (!known.Contains(ids[i]))
                    problems.Add(WorkflowProblem.Error($"unknown_{what}", $"{field}[{i}]", null,
                        $"There is no {what} {ids[i]} in this workspace. Use the id of one that belongs to it, or leave it out."));
        }
    }

    private void Tell(StudioWrite write, Caller caller, WorkflowRow workflow, string detail)
    {
        audit.Add(write, caller, AuditActions.WorkflowShared, workflow.Id, workflow.Name, detail);
        write.AfterCommit(() => hidden.Forget(workflow.WorkspaceId));
    }

    private static string Words(SharingWish wish)
    {
        var said = new List<string>();
        if (wish.Visibility is { } visibility) said.Add($"Its visibility is {visibility.ToString().ToLowerInvariant()}.");
        if (wish.UserIds is { } users) said.Add($"It is granted to {users.Count} users.");
        if (wish.RoleIds is { } roles) said.Add($"It is granted to {roles.Count} roles.");
        return string.Join(' ', said);
    }

    private static string Lower(GrantLevel level) => level.ToString().ToLowerInvariant();
}
