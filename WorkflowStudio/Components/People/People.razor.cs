using Microsoft.AspNetCore.Components;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Components.People;

/// <summary>Who belongs to the workspace, with which roles, and what each role allows.</summary>
public sealed partial class People
{
    [Inject]
    private ListMembers Members { get; set; } = null!;

    [Inject]
    private ListRoles Roles { get; set; } = null!;

    [Inject]
    private ChangeMember Changing { get; set; } = null!;

    [Inject]
    private ChangeRole ChangingRole { get; set; } = null!;

    [Inject]
    private ListInvitations Invitations { get; set; } = null!;

    [Inject]
    private InviteMember Inviting { get; set; } = null!;

    [Inject]
    private WithdrawInvitation Withdrawing { get; set; } = null!;

    [Inject]
    private MakeResetLink Resetting { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    protected override TimeSpan? Follows => null;

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var members = await Members.RunAsync(Session.Caller, Closing);
        if (!members.Ok) return members.Problem;
        var roles = await Roles.RunAsync(Session.Caller, Closing);
        if (!roles.Ok) return roles.Problem;
        var invitations = await Invitations.RunAsync(Session.Caller, Closing);
        return invitations.Ok ? new Shown(members.Value, roles.Value, invitations.Value) : invitations.Problem;
    }

    private static string Named(MemberFacts member) => member.Name.Length > 0 ? member.Name
        : member.Email.Length > 0 ? member.Email : "An account that is gone";

    private async Task MemberAsync(MemberFacts? member)
    {
        if (Facts is not { } facts) return;
        var answer = await Dialogs.OpenAsync<MemberDialog>(member is null ? "Add a member" : Named(member), DialogShape.Form, new()
        {
            [nameof(MemberDialog.Session)] = Session, [nameof(MemberDialog.Member)] = member, [nameof(MemberDialog.Roles)] = facts.Roles,
            [nameof(MemberDialog.Save)] = (Func<string, IReadOnlyList<Guid>, Task<Result<Guid>>>)((email, roles) =>
                StoreAway.TryAsync(() => member is null ? Changing.AddAsync(Session.Caller, email, roles, Closing)
                    : Changing.SetAsync(Session.Caller, member.UserId, roles, Closing))),
        });
        if (answer is Guid)
        {
            Toasts.Done(member is null ? "Added" : "Changed");
            await LoadAsync();
        }
        else if (answer is MemberDialog.Reset && member is not null) await ResetAsync(member);
        else if (answer is MemberDialog.Remove && member is not null && await Confirm.AskAsync(Dialogs, $"Remove {Named(member)}?",
            "They see nothing of this workspace any more, within a minute in pages that are open. What they own stays, and so do their "
                + "keys: look at them under API keys.", "Keep them", "Remove them"))
            await DoAsync(() => Changing.RemoveAsync(Session.Caller, member.UserId, Closing), $"Removed {Named(member)}");
    }

    private async Task InviteAsync()
    {
        if (Facts is not { } facts) return;
        await Dialogs.OpenAsync<MemberDialog>("Invite by link", DialogShape.Form, new()
        {
            [nameof(MemberDialog.Session)] = Session, [nameof(MemberDialog.Roles)] = facts.Roles,
            [nameof(MemberDialog.Invite)] = (Func<string, IReadOnlyList<Guid>, Task<Result<NewInvitation>>>)((email, roles) =>
                StoreAway.TryAsync(() => Inviting.RunAsync(Session.Caller, email, roles, Closing))),
        });
        if (!Closing.IsCancellationRequested) await LoadAsync();
    }

    private async Task WithdrawAsync(InvitationFacts invitation)
    {
        if (await Confirm.AskAsync(Dialogs, $"Take back the invitation of {invitation.Email}?",
            "Its link is good no more.", "Keep it", "Take it back"))
            await DoAsync(() => Withdrawing.RunAsync(Session.Caller, invitation.Id, Closing), "The invitation is taken back");
    }

    private async Task ResetAsync(MemberFacts member)
    {
        var made = await StoreAway.TryAsync(() => Resetting.RunAsync(Session.Caller, member.UserId, Closing));
        if (made.Ok)
            await Dialogs.OpenAsync<LinkDialog>($"New password of {Named(member)}", DialogShape.Form, new()
            {
                [nameof(LinkDialog.Name)] = Named(member), [nameof(LinkDialog.Made)] = made.Value,
                [nameof(LinkDialog.Until)] = Session.Format.Time(made.Value.Until),
            });
        else
            Toasts.Failed(made.Problem.Message);
    }

    private async Task RoleAsync(RoleFacts? role)
    {
        var answer = await Dialogs.OpenAsync<RoleDialog>(role is null ? "Make a role" : role.Name, DialogShape.Form, new()
        {
            [nameof(RoleDialog.Role)] = role,
            [nameof(RoleDialog.Save)] = (Func<string, Permissions, Task<Result<RoleFacts>>>)((name, permissions) =>
                StoreAway.TryAsync(() => role is null ? ChangingRole.AddAsync(Session.Caller, name, permissions, Closing)
                    : ChangingRole.SetAsync(Session.Caller, role.Id, name, permissions, Closing))),
        });
        if (answer is RoleFacts)
        {
            Toasts.Done(role is null ? "The role is made" : "Changed");
            await LoadAsync();
        }
        else if (answer is RoleDialog.Remove && role is not null && await Confirm.AskAsync(Dialogs, $"Remove the role “{role.Name}”?",
            "What was shared with it is shared with it no more. This cannot be undone.", "Keep it", "Remove it"))
            await DoAsync(() => ChangingRole.RemoveAsync(Session.Caller, role.Id, Closing), $"Removed {role.Name}");
    }

    /// <summary>What the page shows.</summary>
    public sealed record Shown(
        IReadOnlyList<MemberFacts> Members, IReadOnlyList<RoleFacts> Roles, IReadOnlyList<InvitationFacts> Invitations);
}
