using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Operations.Access;

/// <summary>
/// Makes the link with which a member sets a new password. Whoever has it has the account, so it is made only by somebody who could give
/// and take each role that the member has, in every workspace to which the member belongs; when it is used that is asked again.
/// </summary>
internal sealed class MakeResetLink(
    MemberStore members, WorkspaceStore workspaces, IPeople people, IResetLinks links, IStudioWriter writer, StudioAddress address,
    AuditTrail audit, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageMembers;

    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>Makes it for a member of the caller's workspace; an earlier one is good no more.</summary>
    public async Task<Result<NewResetLink>> RunAsync(Caller caller, Guid userId, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (caller.UserId is not { } by) return new OperationProblem.Forbidden("Only a person can make such a link.", null);
        if (by == userId)
            return new OperationProblem.Conflict("own_password", "Your own password is set on the page Your account.");
        var workspace = caller.Tenant.WorkspaceId;
        if (await RefuseAsync(by, userId, workspace, cancellationToken) is { } why) return why;
        if (!(await people.FindAsync([userId], cancellationToken)).TryGetValue(userId, out var person))
            return new OperationProblem.NotFound("account");
        await writer.WriteAsync(
            workspace,
            write => { audit.Add(write, caller, AuditActions.ResetLinkMade, userId, person.Name); return 0; },
            cancellationToken);
        return await AddAsync(userId, by, workspace, cancellationToken);
    }

    /// <summary>Makes it for whoever runs the server.</summary>
    public Task<NewResetLink> ForServerAsync(Guid userId, CancellationToken cancellationToken) =>
        AddAsync(userId, null, null, cancellationToken);

    /// <summary>Why somebody may not have the account of somebody else; null when they may.</summary>
    /// <param name="by">Who wants to.</param>
    /// <param name="userId">Whose account.</param>
    /// <param name="here">The workspace of which alone the refusal tells anything.</param>
    /// <param name="cancellationToken">Canceled when nobody waits for it.</param>
    public async Task<OperationProblem?> RefuseAsync(Guid by, Guid userId, Guid here, CancellationToken cancellationToken)
    {
        Guid[] all = [.. (await workspaces.MembershipsAsync(userId, cancellationToken)).Select(m => m.WorkspaceId)];
        if (!all.Contains(here)) return new OperationProblem.NotFound("member");
        foreach (var workspace in all)
        {
            var maker = new Caller
            {
                Tenant = new Tenant(workspace, StudioEnvironment.Live), UserId = by, Name = "",
                Roles = await HeldAsync(workspace, by, cancellationToken),
            };
            var refused = maker.Refuse(Needs) ?? (await HeldAsync(workspace, userId, cancellationToken))
                .Select(role => RoleRules.Refuse(maker, role)).FirstOrDefault(r => r is not null);
            if (refused is null) continue;
            return new OperationProblem.Forbidden(
                workspace == here
                    ? "They may more than you, so you cannot set their password. Ask an owner of the workspace."
                    : "They belong to another workspace, too, in which you may not do this. Whoever runs the server can: user reset-link.",
                null)
            { Permission = Permissions.NameOf(Needs) };
        }

        return null;
    }

    private async Task<IReadOnlyList<HeldRole>> HeldAsync(Guid workspace, Guid userId, CancellationToken cancellationToken) =>
        [.. (await members.RolesOfAsync(workspace, userId, cancellationToken)).Select(r => r.Held(workspace)).OfType<HeldRole>()];

    private async Task<NewResetLink> AddAsync(Guid userId, Guid? by, Guid? workspace, CancellationToken cancellationToken)
    {
        var (token, until) = (SecretLink.NewToken(), clock.GetUtcNow() + Life);
        await links.SetAsync(new ResetLink(userId, until, by, workspace), SecretLink.HashOf(token)!, cancellationToken);
        return new NewResetLink(address.PublicUrl.TrimEnd('/') + StudioUrls.NewPasswordBy(token), until);
    }
}

/// <summary>A link that was made.</summary>
/// <param name="Link">What nobody is told again.</param>
/// <param name="Until">When it ends.</param>
public sealed record NewResetLink(string Link, DateTimeOffset Until);
