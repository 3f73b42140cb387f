using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Operations.Access;

/// <summary>
/// Invites somebody by a link, with roles that the inviter may give. Whether they still may is asked again when somebody joins
/// (<see cref="JoinWorkspace"/>).
/// </summary>
internal sealed class InviteMember(
    IStudioWriter writer, IPeople people, IInvitations invitations, InvitationMail mail, StudioAddress address, AuditTrail audit,
    IdFactory ids, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageMembers;

    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>How many a workspace may have open.</summary>
    public const int Most = 200;

    private const int LongestEmail = 254;

    /// <summary>Makes the link; an earlier one for the same address is good no more.</summary>
    public async Task<Result<NewInvitation>> RunAsync(
        Caller caller, string email, IReadOnlyList<Guid> roleIds, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (caller.UserId is not { } by) return new OperationProblem.Forbidden("Only a person can invite somebody.", null);
        var to = email.Length <= LongestEmail ? email.Trim() : "";
        if (!string.Equals(MailAddresses.Bare(to), to, StringComparison.OrdinalIgnoreCase))
            return Wrong("invalid_email", "email", "This is no e-mail address. Give one such as maria@example.org.");
        var (workspace, now) = (caller.Tenant.WorkspaceId, clock.GetUtcNow());
        var open = await invitations.OpenAsync(workspace, now, cancellationToken);
        if (open.Count >= Most)
            return new OperationProblem.Conflict(
                "too_many_invitations", $"There are {Most} open invitations. Take some back that nobody will use.");
        var person = await people.FindAsync(to, cancellationToken);
        var invitation = new Invitation(ids.New(), workspace, to, [.. roleIds.Distinct()], by, caller.Name, now + Life);
        var noted = await writer.WriteAsync(workspace, write => Note(write, caller, invitation, person), cancellationToken);
        if (!noted.Ok) return noted.Problem;
        var token = SecretLink.NewToken();
        if (!await invitations.AddAsync(invitation, SecretLink.HashOf(token)!, now, cancellationToken))
            return new OperationProblem.Conflict("invited_meanwhile", "Somebody else has just invited this address. Look at the list.");
        var link = address.PublicUrl.TrimEnd('/') + StudioUrls.JoinBy(token);
        return new NewInvitation(invitation, link, await mail.SendAsync(caller, invitation, noted.Value, link, cancellationToken));
    }

    // one place for everything that roles may be refused for, with the line in the log
    private Result<IReadOnlyList<HeldRole>> Note(StudioWrite write, Caller caller, Invitation invitation, Person? person)
    {
        var workspace = invitation.WorkspaceId;
        var wanted = RoleRules.Wanted(StoredRoles.All(MemberStore.MadeRoles(write, workspace)), caller, invitation.RoleIds);
        if (!wanted.Ok) return wanted.Problem;
        if (person is not null && MemberStore.RolesOf(write, workspace, person.Id) is not null)
            return Wrong("already_member", "email", $"{person.Name} is a member already. Change their roles in the list.").Problem!;
        audit.Add(write, caller, AuditActions.MemberInvited, invitation.Id, invitation.Email, RoleRules.Told(wanted.Value));
        return wanted;
    }

    private static Result<NewInvitation> Wrong(string code, string field, string why) =>
        new OperationProblem.Invalid(why, [WorkflowProblem.Error(code, field, null, why)]);
}

/// <summary>An invitation that was made.</summary>
/// <param name="Invitation">What it says.</param>
/// <param name="Link">Its link, which nobody is told again.</param>
/// <param name="Mail">What became of the e-mail, in words.</param>
public sealed record NewInvitation(Invitation Invitation, string Link, string Mail);

/// <summary>Lists the open invitations of the workspace.</summary>
internal sealed class ListInvitations(IInvitations invitations, MemberStore members, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageMembers;

    public async Task<Result<IReadOnlyList<InvitationFacts>>> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var workspace = caller.Tenant.WorkspaceId;
        var roles = StoredRoles.All(await members.MadeRolesAsync(workspace, cancellationToken)).ToDictionary(r => r.IdIn(workspace));
        return (await invitations.OpenAsync(workspace, clock.GetUtcNow(), cancellationToken)).Select(i => new InvitationFacts(
            i.Id, i.Email, [.. i.RoleIds.Where(roles.ContainsKey).Select(id => roles[id].Name)], i.By, i.Until)).ToList();
    }
}

/// <summary>An open invitation.</summary>
/// <param name="Id">What it is taken back by.</param>
/// <param name="Email">For whom it is.</param>
/// <param name="Roles">The names of the roles that there still are.</param>
/// <param name="By">Who invites.</param>
/// <param name="Until">When it ends.</param>
public sealed record InvitationFacts(Guid Id, string Email, IReadOnlyList<string> Roles, string By, DateTimeOffset Until);

/// <summary>Takes an invitation back: its link is good no more.</summary>
internal sealed class WithdrawInvitation(IInvitations invitations, IStudioWriter writer, AuditTrail audit)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageMembers;

    public async Task<Result<Guid>> RunAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var workspace = caller.Tenant.WorkspaceId;
        if (await invitations.RemoveAsync(workspace, id, cancellationToken) is not { } email)
            return new OperationProblem.NotFound("invitation");
        await writer.WriteAsync(
            workspace, write => { audit.Add(write, caller, AuditActions.InvitationWithdrawn, id, email); return 0; }, cancellationToken);
        return id;
    }
}
