using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Access;

/// <summary>Keeps who did what to whose rights, in the transaction in which it is done.</summary>
internal sealed class AuditTrail(MemberStore members, IStudioWriter writer, IdFactory ids, TimeProvider clock)
{
    // a page is opened twice, and looked at again
    private static readonly TimeSpan Once = TimeSpan.FromMinutes(1);

    /// <summary>Adds a line.</summary>
    public void Add(StudioWrite write, Caller caller, string action, Guid? targetId, string target, string detail = "") =>
        MemberStore.Log(write, Line(caller, action, targetId, target, detail));

    /// <summary>Notes that an owner or admin opened a private workflow of somebody else.</summary>
    public async Task NoteOpenedAsync(Caller caller, WorkflowRow workflow, CancellationToken cancellationToken)
    {
        if (workflow.Visibility != WorkflowVisibility.Private || !caller.SeesAll
            || (workflow.OwnerId is { } owner && owner == caller.UserId)) return;
        var workspace = caller.Tenant.WorkspaceId;
        if (caller.UserId is { } user && await members.DidAsync(
            workspace, user, AuditActions.WorkflowOpened, workflow.Id, clock.GetUtcNow() - Once, cancellationToken)) return;
        var line = Line(caller, AuditActions.WorkflowOpened, workflow.Id, workflow.Name, "It is private.");
        await writer.WriteAsync(workspace, write => { MemberStore.Log(write, line); return 0; }, cancellationToken);
    }

    private AuditRow Line(Caller caller, string action, Guid? targetId, string target, string detail) => new()
    {
        Id = ids.New(), WorkspaceId = caller.Tenant.WorkspaceId, At = clock.GetUtcNow(), ById = caller.UserId ?? caller.KeyId,
        By = caller.Name, Action = action, TargetId = targetId, Target = target, Detail = detail,
    };
}

/// <summary>The names of what the audit log tells.</summary>
internal static class AuditActions
{
    public const string WorkflowOpened = "workflow.opened";
    public const string WorkflowShared = "workflow.shared";
    public const string WorkflowHandedOver = "workflow.handed_over";
    public const string MemberAdded = "member.added";
    public const string MemberInvited = "member.invited";
    public const string InvitationWithdrawn = "member.invitation_withdrawn";
    public const string MemberJoined = "member.joined";
    public const string MemberChanged = "member.changed";
    public const string MemberRemoved = "member.removed";
    public const string ResetLinkMade = "member.reset_link";
    public const string RoleAdded = "role.added";
    public const string RoleChanged = "role.changed";
    public const string RoleRemoved = "role.removed";
    public const string KeyAdded = "key.added";
    public const string KeyRevoked = "key.revoked";
    public const string ConnectionSet = "connection.set";
    public const string ConnectionRemoved = "connection.removed";
    public const string CodeAllowed = "settings.code";
    public const string DefaultVisibilityChanged = "settings.default_visibility";
}

/// <summary>Reads the log of who did what to whose rights.</summary>
internal sealed class ReadAudit(MemberStore members)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewAudit;

    /// <summary>The longest page.</summary>
    public const int MaxCount = 200;

    /// <summary>One page, newest first, from behind a line; null begins with the newest.</summary>
    public async Task<Result<IReadOnlyList<AuditLine>>> RunAsync(
        Caller caller, Guid? before = null, int count = 50, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var rows = await members.AuditAsync(caller.Tenant.WorkspaceId, before, Math.Clamp(count, 1, MaxCount), cancellationToken);
        return rows.Select(r => new AuditLine(r.Id, r.At, r.ById, r.By, r.Action, r.TargetId, r.Target, r.Detail)).ToList();
    }
}

/// <summary>A line of the log.</summary>
/// <param name="Id">What the next page is asked for with.</param>
/// <param name="At">When.</param>
/// <param name="ById">The person or key; null for the command line.</param>
/// <param name="By">Their name then.</param>
/// <param name="Action">What was done, see <see cref="AuditActions"/>.</param>
/// <param name="TargetId">To what; null for the workspace.</param>
/// <param name="Target">Its name then.</param>
/// <param name="Detail">How it is since then, in words.</param>
public sealed record AuditLine(
    Guid Id, DateTimeOffset At, Guid? ById, string By, string Action, Guid? TargetId, string Target, string Detail);
