using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Operations;

/// <summary>What a use case may be allowed. Keys hold the scope of the same meaning; people hold them by their role.</summary>
public enum Permission
{
    /// <summary>Scope <c>service.workflows.workflows.view</c>; every member.</summary>
    ViewWorkflows,

    /// <summary>Scope <c>service.workflows.workflows.manage</c>; editors and owners.</summary>
    ManageWorkflows,

    /// <summary>Scope <c>service.workflows.workflows.run</c>; editors and owners.</summary>
    RunWorkflows,

    /// <summary>Scope <c>service.workflows.runs.view</c>; every member.</summary>
    ViewRuns,

    /// <summary>Scope <c>service.workflows.webhooks.manage</c>; owners.</summary>
    ManageWebhooks,

    /// <summary>Scope <c>service.workflows.events.send</c>; editors and owners.</summary>
    SendEvents,

    /// <summary>
    /// Scope <c>service.workflows.data.manage</c>: the practice's contacts, calendar, invoices, outbox; every member may.
    /// </summary>
    ManageData,

    /// <summary>No scope: members, keys and connections are managed by owners in person.</summary>
    ManageWorkspace,
}

/// <summary>The scopes of API keys (docs/decisions.md, "Keys").</summary>
public static class Scopes
{
    private static readonly Dictionary<Permission, string> Names = new()
    {
        [Permission.ViewWorkflows] = "service.workflows.workflows.view",
        [Permission.ManageWorkflows] = "service.workflows.workflows.manage",
        [Permission.RunWorkflows] = "service.workflows.workflows.run",
        [Permission.ViewRuns] = "service.workflows.runs.view",
        [Permission.ManageWebhooks] = "service.workflows.webhooks.manage",
        [Permission.SendEvents] = "service.workflows.events.send",
        [Permission.ManageData] = "service.workflows.data.manage",
    };

    /// <summary>Every scope that a key may have.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Values];

    /// <summary>The scope of a permission, or null when no key can have it.</summary>
    public static string? Of(Permission permission) => Names.GetValueOrDefault(permission);
}

/// <summary>Who asks, in which workspace and environment. Made at the edge (cookie, key, webhook), checked in operations.</summary>
public sealed record Caller
{
    /// <summary>The workspace and environment: nothing outside is visible.</summary>
    public required Tenant Tenant { get; init; }

    /// <summary>The same workspace's test environment, in which drafts are tested.</summary>
    public Tenant Sandbox => Tenant with { Environment = StudioEnvironment.Test };

    /// <summary>Whether test runs of drafts are shown although they are in the sandbox: to people.</summary>
    public bool SeesTests => Role is not null && Tenant.Environment != StudioEnvironment.Test;

    /// <summary>The person, when it is one.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The key, when it is one.</summary>
    public Guid? KeyId { get; init; }

    /// <summary>The name for logs and histories: a person's name or a key's.</summary>
    public required string Name { get; init; }

    /// <summary>The person's role; null for keys.</summary>
    public WorkspaceRole? Role { get; init; }

    /// <summary>The key's scopes; empty for people.</summary>
    public IReadOnlySet<string> Scopes { get; init; } = new HashSet<string>();

    /// <summary>Refuses, with the name of what is missing, or answers null.</summary>
    public OperationProblem? Refuse(Permission permission)
    {
        if (Role is { } role)
        {
            var needed = NeededRole(permission);
            return role >= needed
                ? null
                : new OperationProblem.Forbidden($"Your role is {role}; this needs {needed}. Ask an owner of the workspace.", null);
        }

        var scope = Operations.Scopes.Of(permission);
        return scope is not null && Scopes.Contains(scope)
            ? null
            : new OperationProblem.Forbidden(
                scope is null ? "No API key can do this; sign in to the studio." : $"The key lacks the scope {scope}.", scope);
    }

    private static WorkspaceRole NeededRole(Permission permission) => permission switch
    {
        Permission.ViewWorkflows or Permission.ViewRuns or Permission.ManageData => WorkspaceRole.Viewer,
        Permission.ManageWorkspace or Permission.ManageWebhooks => WorkspaceRole.Owner,
        _ => WorkspaceRole.Editor,
    };
}
