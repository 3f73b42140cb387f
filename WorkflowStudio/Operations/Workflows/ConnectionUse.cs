using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>
/// Asks whoever lets a definition run for the permission to use the connections that it names. Those that the version before it names are
/// in use already: a change that leaves them needs nothing. No grant of a workflow gives the permission: connections are the workspace's.
/// </summary>
internal sealed class ConnectionUse(NodeCatalog types)
{
    /// <summary>What the caller needs to name a connection.</summary>
    public const Permission Needs = Permission.UseConnections;

    /// <summary>Why somebody may not let a new workflow run; null when they may.</summary>
    public OperationProblem? Refuse(Caller caller, WorkflowDefinition definition) => Refuse(caller, () => null, definition);

    /// <summary>Why somebody may not put a definition into the place of the one that runs; null when they may.</summary>
    public OperationProblem? Refuse(Caller caller, StudioWrite write, WorkflowRow row, WorkflowDefinition definition) =>
        Refuse(caller, () => write.ActiveDefinition(row), definition);

    private OperationProblem? Refuse(Caller caller, Func<string?> before, WorkflowDefinition after)
    {
        if (caller.Refuse(Needs) is not OperationProblem.Forbidden lacking) return null;
        OutsideName[] named = [.. types.ConnectionsOf(after)];
        if (named.Length == 0) return null;
        var present = before();
        if (present == StoredDefinitions.Text(after)) return null;
        var used = present is null
            ? []
            : types.ConnectionsOf(StoredDefinitions.Definition(present)).Select(c => (c.Kind, c.Name)).ToHashSet();
        // what an expression comes to, another step may say: nobody knows that it is the connection of before
        return Array.Find(named, c => c.IsExpression || !used.Contains((c.Kind, c.Name))) is { } added
            ? new OperationProblem.Forbidden(
                $"The workflow uses the connection {ShownText.Fit(added.Name, 60)}. {lacking.Message}", lacking.Scope)
            { Permission = lacking.Permission }
            : null;
    }
}
