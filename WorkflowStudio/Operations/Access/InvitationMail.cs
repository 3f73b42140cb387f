using WorkflowStudio.Engine.Connectors.Mail;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Operations.Access;

/// <summary>
/// Sends the link of an invitation by the mail server of the workspace: not through the outbox, where everybody who sees its messages could
/// take the link. Whoever manages connections could have the mail go elsewhere, so a link that lets somebody manage people goes by no mail.
/// </summary>
internal sealed class InvitationMail(IMailServer server, WorkspaceStore workspaces, IdFactory ids)
{
    /// <summary>What became of it, in words.</summary>
    public async Task<string> SendAsync(
        Caller caller, Invitation invitation, IReadOnlyList<HeldRole> roles, string link, CancellationToken cancellationToken)
    {
        if (roles.Any(r => r.Permissions.Has(Permission.ManageMembers)))
            return "Nothing was sent: a link for somebody who may manage people goes by no e-mail. Hand it over yourself.";
        var tenant = caller.In(StudioEnvironment.Live).Tenant;
        if (!await server.IsConnectedAsync(tenant, cancellationToken))
            return "Nothing was sent, as no mail server is connected. Hand the link over yourself.";
        var name = (await workspaces.FindAsync(tenant.WorkspaceId, cancellationToken))?.Name ?? "";
        var mail = new MailToSend(ids.New(), "", [invitation.Email], $"{caller.Name} invites you to {name}", Text(caller.Name, name, link));
        var sent = await server.SendAsync(tenant, mail, cancellationToken);
        return sent.Has(out _, out var problem)
            ? $"It was sent to {invitation.Email}, too."
            : $"It could not be sent: {problem.Message} Hand the link over yourself.";
    }

    private static string Text(string by, string workspace, string link) =>
        $"""
        {by} invites you to {workspace} in WorkflowStudio.

        Open this link to join. It is good once, for {InviteMember.Life.TotalDays:0} days:
        {link}

        If you did not expect it, leave it alone: nothing happens.
        """;
}
