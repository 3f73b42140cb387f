using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Json;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>What is wrong with blocks as they were sent.</summary>
/// <param name="StepId">The step, as the client calls it; null for the whole.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record BlockIssue(string? StepId, string Message);

/// <summary>Blocks as a model.</summary>
/// <param name="Nodes">Their steps.</param>
/// <param name="Links">What follows what.</param>
/// <param name="Kept">What the model does not say, see <see cref="BlocksExtension"/>.</param>
/// <param name="Issues">What was no step, or has a name twice.</param>
/// <param name="Refusal">Why they cannot be stored at all; null when they can.</param>
internal sealed record ReadBlocks(IReadOnlyList<WorkflowNode> Nodes, IReadOnlyList<LinkConnection> Links, BlocksExtension Kept,
    IReadOnlyList<BlockIssue> Issues, string? Refusal);

/// <summary>
/// Reads <c>workflow_blocks</c>. Every list is taken, for a draft may hold anything: what is no step becomes one that cannot run and comes
/// back as it was.
/// </summary>
internal sealed class BlocksReader
{
    /// <summary>The type of what is no step.</summary>
    public const string Unreadable = "unreadable";

    private const string NoStep = "A step must be an object with $kind, Action or Block, and a type.";
    private const int MaxNesting = 20;

    private readonly List<WorkflowNode> nodes = [];
    private readonly List<BlockIssue> issues = [];
    private readonly HashSet<string> sent = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly JsonObject notes = [];
    private readonly IStepTypes types;
    private readonly BlockPorts ports;
    private int made;
    private bool isTooNested;

    private BlocksReader(IStepTypes types) => (this.types, ports) = (types, new BlockPorts(types, n => BlocksExtension.WasBlock(notes, n)));

    /// <summary>The model of blocks, which are a list.</summary>
    public static ReadBlocks Read(JsonElement blocks, IStepTypes types)
    {
        var reader = new BlocksReader(types);
        reader.Collect(blocks, 0);
        var tree = reader.Sequence(blocks, 0);
        var links = BlockLinks.Of(tree, reader.nodes, reader.ports)!;
        var definition = WorkflowDefinition.Empty with { Nodes = reader.nodes, Links = links };
        var text = BlockTreeJson.Write(tree);
        var isFound = BlockFinder.Find(definition, reader.ports, out _) is { } found
            && JsonNode.DeepEquals(BlockTreeJson.Write(found), text);
        return new ReadBlocks(
            reader.nodes, links, new BlocksExtension(reader.notes, isFound ? null : text), reader.issues, reader.Refusal());
    }

    /// <summary>What a problem of the model says of what was sent.</summary>
    public static string Told(WorkflowProblem problem) =>
        problem.Code == WorkflowProblemCodes.UnknownNodeType
        && problem.Message.StartsWith($"There is no step type {Unreadable}.", StringComparison.Ordinal)
            ? NoStep
            : SentId(problem.NodeId) is { } id && id != problem.NodeId && problem.Code == WorkflowProblemCodes.InvalidNodeId
                ? Taken(id)
                : problem.Message;

    /// <summary>The id that a step was sent with; null for null. One whose id was taken has another in the model.</summary>
    public static string? SentId(string? id) =>
        id is not null && id.LastIndexOf('#') is > 0 and var mark && int.TryParse(id.AsSpan(mark + 1), out _) ? id[..mark] : id;

    private static string Taken(string id) => $"The id {id} is taken by another step. Give each step its own id.";

    private string? Refusal() => isTooNested
        ? $"The blocks lie more than {MaxNesting} deep in each other. Move the inner ones into a workflow of their own."
        : nodes.Exists(n => BlocksNodes.IsTooDeep(n.Config)) || JsonDepth.IsOver(BlocksNodes.Utf8(notes), BlocksNodes.MaxValueDepth + 4)
            ? $"A value of a step is nested more than {BlocksNodes.MaxValueDepth} levels deep. Make it flatter."
            : null;

    // ids that are sent are not made
    private void Collect(JsonElement list, int depth)
    {
        if (list.ValueKind != JsonValueKind.Array || depth > 3 * MaxNesting) return;
        foreach (var step in list.EnumerateArray())
        {
            if (step.Text("id") is { } id) sent.Add(id);
            foreach (var branches in new[] { step.Field("branches") }.Concat(Items(step.Field("groups")).Select(g => g.Field("branches"))))
                foreach (var branch in Fields(branches)) Collect(branch.Value, depth + 1);
            foreach (var group in Items(step.Field("groups"))) Collect(group.Field("then"), depth + 1);
        }
    }

    private List<BlockStep> Sequence(JsonElement list, int depth)
    {
        if (depth > MaxNesting) isTooNested = true;
        return isTooNested ? [] : [.. list.EnumerateArray().Select(s => Step(s, depth))];
    }

    // ask-ai is ask_ai here
    private string Known(string type) =>
        types.Find(type) is null && type.Replace('-', '_') is var ours && types.Find(ours) is not null ? ours : type;

    private BlockStep Step(JsonElement step, int depth)
    {
        var isBlock = step.Text("$kind") == "Block";
        if (BlockForm.IsFork(step)) return new BlockStep(null, Ways("", step, depth), Closed("", step));
        var id = NewId(step.Field("id"));
        if ((!isBlock && step.Text("$kind") != "Action") || step.Text("type") is not { } type)
        {
            nodes.Add(new WorkflowNode { Id = id, Type = Unreadable });
            notes[id] = new JsonObject { [BlocksExtension.Raw] = step.ToNode() };
            issues.Add(new BlockIssue(step.Text("id"), NoStep));
            return new BlockStep(id, [], []);
        }

        var nodeType = isBlock ? BlockTypes.NodeOf(type, step.Field("inputs")) : Known(type);
        var at = nodes.Count;
        var node = BlockForm.Read(step, id, nodeType, isBlock);
        nodes.Add(node);
        var kept = new JsonObject();
        if (ports.IsBlock(node) != isBlock)
        {
            kept[BlocksExtension.Kind] = isBlock ? "Block" : "Action";
            notes[id] = kept;
            nodes[at] = node = node with { }; // asked anew: it was sent otherwise
        }

        var closed = Closed(nodeType, step);
        var ways = Ways(nodeType, step, depth);
        var read = new BlockStep(id, ports.Needed(node, [.. ways.Where(w => w.Steps.Count > 0 || !closed.Contains(w.Port ?? ""))]), closed);
        BlockForm.Note(kept, step, node, read, ports);
        if (kept.Count > 0 && kept.Parent is null) notes[id] = kept;
        return read;
    }

    private List<BlockWay> Ways(string nodeType, JsonElement step, int depth) =>
    [
        .. Fields(step.Field("branches")).Where(b => b.Value.ValueKind == JsonValueKind.Array)
            .Select(b => BlockWay.Of(BlockTypes.Branch(nodeType, b.Name), Sequence(b.Value, depth + 1))),
        .. Groups(step).Select(g => new BlockWay(null, Sequence(g.Field("then"), depth + 1), Ways(nodeType, g, depth + 1))),
    ];

    private static IEnumerable<JsonElement> Groups(JsonElement step) =>
        BlockForm.HasGroups(step.Field("groups")) ? step.Field("groups").EnumerateArray() : [];

    private static string[] Closed(string nodeType, JsonElement step) =>
        [.. Items(step.Field("closed")).Select(c => c.ValueKind == JsonValueKind.String ? c.GetString()! : "")
            .Where(c => c.Length > 0).Select(c => BlockTypes.Branch(nodeType, c))];

    private string NewId(JsonElement given)
    {
        var id = given.ValueKind switch
        {
            JsonValueKind.String => given.GetString()!,
            JsonValueKind.Number => given.GetRawText(),
            _ => "",
        };
        if (id.Length == 0)
        {
            do id = $"step_{++made}";
            while (sent.Contains(id) || !taken.Add(id));
            return id;
        }

        if (id != WorkflowDefinition.TriggerId && taken.Add(id)) return id;
        issues.Add(new BlockIssue(id, id == WorkflowDefinition.TriggerId
            ? "The id trigger is reserved: it is the start. Choose another."
            : Taken(id)));

        // no good id in the model either, so that nothing runs until it is put right
        for (var i = 2; ; i++)
            if ($"{id}#{i.ToString(CultureInfo.InvariantCulture)}" is var other && !sent.Contains(other) && taken.Add(other)) return other;
    }

    private static IEnumerable<JsonProperty> Fields(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : [];

    private static IEnumerable<JsonElement> Items(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];
}
