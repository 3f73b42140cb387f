using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage.Access;

/// <summary>
/// Which workflows somebody sees: those for everybody in the workspace, their own, and what is shared with them. Made of who asks; that it
/// is enough to ask at all is for whoever made it to know.
/// </summary>
public sealed record Sight
{
    /// <summary>Nothing is hidden: from owners and admins, and from the engine itself.</summary>
    public static Sight Everything { get; } = new() { SeesAll = true };

    /// <summary>Whether nothing is hidden.</summary>
    public bool SeesAll { get; init; }

    /// <summary>The person whose own workflows are seen; null for nobody.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>The key whose own workflows are seen; null for none.</summary>
    public Guid? KeyId { get; init; }

    /// <summary>The users and roles whose grants count.</summary>
    public IReadOnlyList<Guid> Grantees { get; init; } = [];

    /// <summary>Whether a workflow is seen; of one that is shared, by what was granted.</summary>
    public bool Sees(WorkflowVisibility visibility, Guid? ownerId, Guid? ownerKeyId, GrantLevel? granted) =>
        SeesAll || visibility == WorkflowVisibility.Tenant || Owns(ownerId, ownerKeyId)
        || (visibility == WorkflowVisibility.Shared && granted is not null);

    /// <summary>Whether a workflow is theirs.</summary>
    public bool Owns(Guid? ownerId, Guid? ownerKeyId) =>
        (ownerId is not null && ownerId == OwnerId) || (ownerKeyId is not null && ownerKeyId == KeyId);
}

/// <summary>What of a workspace and environment is looked at, and what of it is seen.</summary>
public readonly record struct Seen(Tenant Tenant, Sight Sight)
{
    /// <summary>All of it: for the engine, and for whoever has asked already.</summary>
    public static implicit operator Seen(Tenant tenant) => new(tenant, Sight.Everything);
}
