using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Components.People;

/// <summary>What the page says of a line of the audit log.</summary>
internal static class AuditWords
{
    /// <summary>What was done to what.</summary>
    public static string Of(string action, string target) => action switch
    {
        AuditActions.WorkflowOpened => $"Opened the private workflow “{target}”",
        AuditActions.WorkflowShared => $"Shared the workflow “{target}”",
        AuditActions.WorkflowHandedOver => $"Handed over the workflow “{target}”",
        AuditActions.MemberAdded => $"Added {target}",
        AuditActions.MemberInvited => $"Invited {target}",
        AuditActions.InvitationWithdrawn => $"Took back the invitation of {target}",
        AuditActions.MemberJoined => $"{target} joined",
        AuditActions.MemberChanged => $"Changed the roles of {target}",
        AuditActions.MemberRemoved => $"Removed {target}",
        AuditActions.ResetLinkMade => $"Made a link for a new password of {target}",
        AuditActions.RoleAdded => $"Made the role “{target}”",
        AuditActions.RoleChanged => $"Changed the role “{target}”",
        AuditActions.RoleRemoved => $"Removed the role “{target}”",
        AuditActions.KeyAdded => $"Made the key “{target}”",
        AuditActions.KeyRevoked => $"Revoked the key “{target}”",
        AuditActions.ConnectionSet => $"Connected “{target}”",
        AuditActions.ConnectionRemoved => $"Removed the connection “{target}”",
        AuditActions.CodeAllowed => "Changed who may use code in workflows",
        AuditActions.DefaultVisibilityChanged => "Changed who sees new workflows",
        _ => target.Length > 0 ? $"{action}: {target}" : action,
    };
}
