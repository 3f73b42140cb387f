using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Access;

namespace WorkflowStudio.Operations;

/// <summary>Who asks, in which workspace and environment. Made at the edge (cookie, key, webhook), checked in operations.</summary>
public sealed record Caller
{
    /// <summary>The workspace and environment: nothing outside is visible.</summary>
    public required Tenant Tenant { get; init; }

    /// <summary>The same workspace's test environment, in which drafts are tested.</summary>
    public Tenant Sandbox => Tenant with { Environment = StudioEnvironment.Test };

    /// <summary>The same caller in one of the two environments.</summary>
    public Caller In(StudioEnvironment environment) => this with { Tenant = Tenant with { Environment = environment } };

    /// <summary>Whether test runs of drafts are shown although they are in the sandbox: to people.</summary>
    public bool SeesTests => IsPerson && Tenant.Environment != StudioEnvironment.Test;

    /// <summary>The person, when it is one.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The key, when it is one.</summary>
    public Guid? KeyId { get; init; }

    /// <summary>The name for logs and histories: a person's name or a key's.</summary>
    public required string Name { get; init; }

    /// <summary>The person's roles, at least one; none for keys.</summary>
    public IReadOnlyList<HeldRole> Roles { get; init; } = [];

    /// <summary>The built-in role of a person who has that one alone; null for keys and for any other roles.</summary>
    public WorkspaceRole? Role
    {
        get => Roles is [{ BuiltIn: { } only }] ? only : null;
        init => Roles = value is { } role ? [HeldRole.Of(role)] : [];
    }

    /// <summary>The key's scopes; empty for people.</summary>
    public IReadOnlySet<string> Scopes { get; init; } = new HashSet<string>();

    /// <summary>The member who made the key, whose own workflows it sees; null when the command line did.</summary>
    public Guid? MakerId { get; init; }

    /// <summary>The users and roles whose shares the key sees.</summary>
    public IReadOnlyList<Guid> SharesOf { get; init; } = [];

    /// <summary>Whether it is a person, no key.</summary>
    public bool IsPerson => Roles.Count > 0;

    /// <summary>Whether no workflow of the workspace is hidden: from its owners and admins.</summary>
    public bool SeesAll => Roles.Any(r => r.SeesAll);

    /// <summary>What the roles, or the scopes, allow in the workspace; of single workflows there may be more, or less.</summary>
    public Permissions Permissions => IsPerson
        ? Roles.Aggregate(default(Permissions), (all, role) => all.With(role.Permissions))
        : Operations.Scopes.Allow(Scopes);

    /// <summary>Which workflows are seen.</summary>
    public Sight Sight => SeesAll
        ? Sight.Everything
        : IsPerson
            ? new Sight
            {
                OwnerId = UserId,
                Grantees = [.. Roles.Select(r => r.IdIn(Tenant.WorkspaceId)), .. UserId is { } user ? [user] : Array.Empty<Guid>()],
            }
            : new Sight { OwnerId = MakerId, KeyId = KeyId, Grantees = SharesOf };

    /// <summary>What is seen of the workspace and environment.</summary>
    public Seen Seen => new(Tenant, Sight);

    /// <summary>Refuses, with the name of what is missing, or answers null.</summary>
    public OperationProblem? Refuse(Permission permission) => Permissions.Has(permission) ? null : Lacking(permission);

    /// <summary>The refusal of what the caller may not do at all.</summary>
    public OperationProblem.Forbidden Lacking(Permission permission)
    {
        var name = Operations.Permissions.NameOf(permission);
        if (IsPerson)
            return new(
                $"This needs the permission {name}, which your role ({string.Join(", ", Roles.Select(r => r.Name))}) does not have. "
                + "Ask an owner of the workspace.", null)
            { Permission = name };
        var scope = Operations.Scopes.Of(permission);
        return new(scope is null ? "No API key can do this; sign in to the studio." : $"The key lacks the scope {scope}.", scope)
        { Permission = name };
    }

    /// <summary>The refusal of what the caller may not do with one workflow.</summary>
    public OperationProblem.Forbidden LackingThere(Permission permission)
    {
        if (Refuse(permission) is OperationProblem.Forbidden all) return all;
        var name = Operations.Permissions.NameOf(permission);
        return new($"You do not have the permission {name} for this workflow. Ask its owner to share it with you so far.",
            IsPerson ? null : Operations.Scopes.Of(permission))
        { Permission = name };
    }
}
