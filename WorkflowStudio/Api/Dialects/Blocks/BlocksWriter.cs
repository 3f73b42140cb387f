using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>Writes <c>workflow_blocks</c>: as they were sent, where the steps are still those, else as the links nest.</summary>
internal sealed class BlocksWriter
{
    private readonly BlocksExtension kept;
    private readonly BlockPorts ports;
    private readonly Dictionary<string, (WorkflowNode Node, JsonElement Json)> nodes = new(StringComparer.Ordinal);

    private BlocksWriter(WorkflowDefinition definition, BlocksExtension kept, BlockPorts ports)
    {
        (this.kept, this.ports) = (kept, ports);
        var json = JsonElement.Parse(WorkflowJson.Write(definition)).Field("nodes");
        for (var i = 0; i < definition.Nodes.Count; i++) nodes[definition.Nodes[i].Id] = (definition.Nodes[i], json[i]);
    }

    /// <summary>The blocks; null with the reason, for people, when the definition does not nest.</summary>
    public static JsonArray? Write(WorkflowDefinition definition, IStepTypes types, out string why)
    {
        var kept = BlocksExtension.Of(definition);
        var ports = new BlockPorts(types, n => BlocksExtension.WasBlock(kept.Steps, n));
        return (Remembered(definition, kept, ports, out why) ?? BlockFinder.Find(definition, ports, out why)) is { } tree
            ? new BlocksWriter(definition, kept, ports).Sequence(tree)
            : null;
    }

    /// <summary>Why a definition cannot be written as blocks, for people; null when it can.</summary>
    public static string? WhyNot(WorkflowDefinition definition, IStepTypes types) =>
        Write(definition, types, out var why) is null ? why : null;

    // the nesting that was sent, when it still means the links that are there
    private static IReadOnlyList<BlockStep>? Remembered(
        WorkflowDefinition definition, BlocksExtension kept, BlockPorts ports, out string why)
    {
        why = "";
        if (kept.Tree is null || BlockTreeJson.Read(kept.Tree.ToElement()) is not { } tree
            || BlockLinks.Of(tree, definition.Nodes, ports) is not { } links) return null;
        var meant = BlockFlow.Links(definition with { Links = links }, ports).ToHashSet();
        return meant.SetEquals(BlockFlow.Links(definition, ports)) ? tree : null;
    }

    private JsonArray Sequence(IReadOnlyList<BlockStep> steps)
    {
        var list = new JsonArray();
        foreach (var step in steps) list.Add(Step(step));
        return list;
    }

    private JsonNode? Step(BlockStep step)
    {
        if (step.Id is null)
        {
            var fork = new JsonObject { ["$kind"] = "Block", ["type"] = "parallel", ["implicit"] = true };
            BlockForm.Nest(fork, null, step, ports, Sequence);
            return fork;
        }

        var (node, json) = nodes[step.Id];
        var notes = kept.Steps[step.Id] as JsonObject;
        if (node.Type == BlocksReader.Unreadable && notes?.TryGetPropertyValue(BlocksExtension.Raw, out var raw) == true)
            return raw?.DeepClone();
        var form = BlockForm.Write(node, json, ports);
        BlockForm.Nest(form, node, step, ports, Sequence);
        if (notes is null) return form;
        var branches = form["branches"] as JsonObject ?? [];
        BlockKept.Restore(notes[BlocksExtension.Branches] as JsonObject, branches);
        if (branches.Count > 0 && branches.Parent is null) form["branches"] = branches;
        BlockKept.Restore(notes[BlocksExtension.Fields] as JsonObject, form);
        return form;
    }
}
