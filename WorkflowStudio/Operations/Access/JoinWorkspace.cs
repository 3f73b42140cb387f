using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Operations.Access;

/// <summary>
/// Makes somebody a member by an invitation. What it gives is what the inviter may give now: they may have been taken away, or a role of
/// the invitation may allow more than when it was made.
/// </summary>
internal sealed class JoinWorkspace(
    IStudioWriter writer, WorkspaceStore workspaces, MemberStore members, HiddenWorkflows hidden, AuditTrail audit)
{
    /// <summary>What the invitation is into; null when nobody can join with it any more.</summary>
    public async Task<Membership?> IntoAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        var id = invitation.WorkspaceId;
        if (await workspaces.FindAsync(id, cancellationToken) is not { } workspace) return null;
        var made = StoredRoles.All(await members.MadeRolesAsync(id, cancellationToken));
        var held = await members.RolesOfAsync(id, invitation.ById, cancellationToken);
        return Promised(invitation, made, [.. held.Select(r => r.Id)]).Ok ? new Membership(id, workspace.Slug, workspace.Name) : null;
    }

    /// <summary>Joins. A member keeps the roles that they have; the conflict <c>invitation_void</c> when nobody can join with it.</summary>
    public Task<Result<Guid>> RunAsync(Invitation invitation, Person person, CancellationToken cancellationToken) =>
        writer.WriteAsync(invitation.WorkspaceId, write => Join(write, invitation, person), cancellationToken);

    private Result<Guid> Join(StudioWrite write, Invitation invitation, Person person)
    {
        var workspace = invitation.WorkspaceId;
        if (WorkspaceStore.Find(write, workspace) is null) return Void;
        var promised = Promised(invitation, StoredRoles.All(MemberStore.MadeRoles(write, workspace)),
            MemberStore.RolesOf(write, workspace, invitation.ById) ?? []);
        if (!promised.Ok) return promised.Problem;
        if (MemberStore.RolesOf(write, workspace, person.Id) is not null) return person.Id;
        MemberStore.SetRoles(write, workspace, person.Id, [.. invitation.RoleIds]);
        var self = new Caller { Tenant = new Tenant(workspace, StudioEnvironment.Live), UserId = person.Id, Name = person.Name };
        audit.Add(write, self, AuditActions.MemberJoined, person.Id, person.Name,
            $"{RoleRules.Told(promised.Value)} Invited by {invitation.By}.");
        write.AfterCommit(() => hidden.Forget(workspace));
        return person.Id;
    }

    private static OperationProblem Void { get; } = new OperationProblem.Conflict("invitation_void", "This invitation is no longer good.");

    // the roles, as long as the inviter may give them
    private static Result<IReadOnlyList<HeldRole>> Promised(Invitation invitation, IReadOnlyList<HeldRole> all, IReadOnlyList<Guid> held)
    {
        var workspace = invitation.WorkspaceId;
        var inviter = new Caller
        {
            Tenant = new Tenant(workspace, StudioEnvironment.Live), UserId = invitation.ById, Name = invitation.By,
            Roles = [.. all.Where(r => held.Contains(r.IdIn(workspace)))],
        };
        return inviter.IsPerson && inviter.Refuse(InviteMember.Needs) is null
            && RoleRules.Wanted(all, inviter, invitation.RoleIds) is { Ok: true } good
            ? good
            : Void;
    }
}
