using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>What makes a run one of somebody's.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Tenant">Its workspace and environment.</param>
/// <param name="WorkflowId">Its workflow.</param>
/// <param name="VersionSerial">The version it keeps.</param>
/// <param name="Shard">Its share.</param>
public sealed record RunIdentity(Guid RunId, Tenant Tenant, Guid WorkflowId, long VersionSerial, int Shard)
{
    /// <summary>The run that started it and waits for it or not; null when a person or a trigger did.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The first of the runs that started each other until this one; null when nobody started it.</summary>
    public Guid? RootId { get; init; }

    /// <summary>How many runs started each other until this one; at most 20.</summary>
    public int Depth { get; init; }

    /// <summary>Whether it is a test of a draft, or was started by one: it is kept out of lists and counts.</summary>
    public bool IsTest { get; init; }
}
