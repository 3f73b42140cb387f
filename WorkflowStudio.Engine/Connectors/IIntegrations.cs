using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors;

/// <summary>Where the results of workflows can go: channels and addresses elsewhere that people have stored.</summary>
public interface IIntegrations
{
    /// <summary>Those that a workflow may use, oldest first: its own and those that are for any.</summary>
    Task<IReadOnlyList<Integration>> OfWorkflowAsync(Tenant tenant, Guid workflowId, CancellationToken cancellationToken);
}

/// <summary>A channel or an address elsewhere. Its text form leaves its settings out: they hold secrets.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind"><c>slack</c>, <c>email</c> or <c>webhook</c>.</param>
/// <param name="WorkflowId">The workflow that alone may use it; null for any.</param>
/// <param name="Config">Its settings in the clear, an object; undefined when they can no longer be read.</param>
public sealed record Integration(Guid Id, string Name, string Kind, Guid? WorkflowId, JsonElement Config)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} integration {Name}";

    /// <summary>A setting as text; empty where there is none.</summary>
    public string Text(string name) => Config.ValueKind == JsonValueKind.Object && Config.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : "";
}
