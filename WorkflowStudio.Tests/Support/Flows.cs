using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Plans;

namespace WorkflowStudio.Tests.Support;

/// <summary>Writes small definitions: <c>Flows.Of("trigger &gt; a:echo &gt; b:echo", "a &gt; c:echo")</c>.</summary>
internal static class Flows
{
    /// <summary>
    /// Each line is a chain of steps; a step is <c>id</c>, or <c>id:type</c> where it stands first; a port is written behind its step:
    /// <c>a.then</c>.
    /// </summary>
    public static WorkflowDefinition Of(params string[] chains)
    {
        var nodes = new List<WorkflowNode>();
        var links = new List<LinkConnection>();
        foreach (var chain in chains)
        {
            (string Id, string? Port)? before = null;
            foreach (var word in chain.Split('>', StringSplitOptions.TrimEntries))
            {
                var (idAndPort, type) = Cut(word, ':');
                var (id, port) = Cut(idAndPort, '.');
                if (type is not null) nodes.Add(new WorkflowNode { Id = id, Type = type, Config = JsonElement.Parse("{}") });
                if (before is { } from) links.Add(new LinkConnection(from.Id, from.Port, id));
                before = (id, port);
            }
        }

        return new WorkflowDefinition { Trigger = new WorkflowTrigger { Type = "manual" }, Nodes = nodes, Links = links };
    }

    /// <summary>The definition with another version of one step.</summary>
    public static WorkflowDefinition With(this WorkflowDefinition definition, string id, Func<WorkflowNode, WorkflowNode> change) =>
        definition with { Nodes = [.. definition.Nodes.Select(n => n.Id == id ? change(n) : n)] };

    /// <summary>The definition with a step's settings.</summary>
    public static WorkflowDefinition Setting(this WorkflowDefinition definition, string id, string config) =>
        definition.With(id, n => n with { Config = JsonElement.Parse(config) });

    public static RunPlan Plan(this WorkflowDefinition definition, params NodeType[] types) =>
        RunPlan.Of(definition, new NodeCatalog(types));

    private static (string, string?) Cut(string word, char at)
    {
        var i = word.IndexOf(at, StringComparison.Ordinal);
        return i < 0 ? (word, null) : (word[..i], word[(i + 1)..]);
    }
}
