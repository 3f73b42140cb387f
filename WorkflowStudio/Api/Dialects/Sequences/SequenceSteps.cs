using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>
/// A list of steps, and the nodes and links that it stands for. Each step leads to the next one; conditions and switches may lead to a
/// later one (<see cref="StepJumps"/>).
/// </summary>
internal static class SequenceSteps
{
    private static readonly string Dialect = SequencesDialect.Instance.Name;

    // of a node, what a step may say beside its type and config, in the words of the model
    private static readonly string[] More = ["name", "on_error", "retry", "timeout", "disabled"];

    /// <summary>The definition whose steps these are.</summary>
    /// <param name="present">What else there is of it.</param>
    /// <param name="steps">The steps, checked for their form.</param>
    /// <param name="intro">The first message of the sequence; null for none.</param>
    /// <param name="problems">What cannot be: a jump to nowhere.</param>
    public static WorkflowDefinition Read(
        WorkflowDefinition present, JsonElement steps, string? intro, out IReadOnlyList<WorkflowProblem> problems)
    {
        var sent = steps.EnumerateArray().ToList();
        var ids = Ids(sent);
        var wrong = new List<WorkflowProblem>();
        var nodes = sent.Select((step, i) => Node(step, ids[i], intro)).ToList();
        var links = new List<LinkConnection> { new(WorkflowDefinition.TriggerId, null, ids[0]) };
        for (var i = 0; i < sent.Count; i++)
        {
            var place = $"steps[{i}].config";
            links.AddRange(StepJumps.From(sent[i], nodes[i].Type, i, ids, (path, why) => wrong.Add(
                WorkflowProblem.Error(WorkflowProblemCodes.WrongSetting, JsonPlace.Join(place, path), null, why))));
        }

        problems = wrong;
        return KeptFields.WithSteps(present with { Nodes = nodes, Links = links }, Dialect, ids.Zip(sent));
    }

    /// <summary>
    /// The same definition with another first message: it stands in the steps that send it by the name of a template, as long as nobody
    /// has changed them otherwise. Nothing else is touched: a list of steps cannot say all that a graph may hold.
    /// </summary>
    public static WorkflowDefinition WithIntro(WorkflowDefinition present, string? before, string? intro)
    {
        var sent = KeptFields.Steps(present, Dialect).ToDictionary(s => s.Name, s => s.Value);
        return present with { Nodes = [.. present.Nodes.Select(Renewed)] };

        WorkflowNode Renewed(WorkflowNode node) =>
            sent.TryGetValue(node.Id, out var step) && KeptFields.AreSame(Node(step, node.Id, before), node)
                ? node with { Config = Node(step, node.Id, intro).Config }
                : node;
    }

    /// <summary>
    /// The steps of a definition: as they were sent where they still say what it does. Those that others drew come in their order, which
    /// is all that a list can say of a graph.
    /// </summary>
    public static JsonElement Write(WorkflowDefinition definition)
    {
        var nodes = StepChain.TryOrder(definition, out var chain) ? chain : definition.Nodes;
        string[] ids = [.. nodes.Select(n => n.Id)];
        var intro = SequencesTranslator.Intro(definition);
        var links = definition.Links.ToLookup(l => l.From);
        var buffer = new ArrayBufferWriter<byte>();
        using (var w = new Utf8JsonWriter(buffer, SequencesJson.Writing))
        {
            w.WriteStartArray();
            for (var i = 0; i < nodes.Count; i++)
            {
                var (node, index) = (nodes[i], i);
                KeptFields.Step(definition, Dialect, node, Stands, Written).WriteTo(w);

                // a step that leads elsewhere now is not the one that was sent
                WorkflowNode Stands(JsonElement sent) => StepJumps.From(sent, node.Type, index, ids).ToHashSet().SetEquals(links[node.Id])
                    ? Node(sent, node.Id, intro)
                    : node with { Type = "" };

                JsonElement Written(WorkflowNode one) => Step(one, [.. links[one.Id]], index, ids);
            }

            w.WriteEndArray();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static List<string> Ids(List<JsonElement> steps)
    {
        var given = steps.Select(s => s.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString()! : null);
        var taken = given.OfType<string>().ToHashSet(StringComparer.Ordinal);
        return
        [
            .. given.Select((id, i) =>
            {
                if (id is not null) return id;
                var name = $"step_{i + 1}";
                while (!taken.Add(name)) name += "_";
                return name;
            }),
        ];
    }

    private static WorkflowNode Node(JsonElement step, string id, string? intro)
    {
        var type = step.GetProperty("type").GetString()!;
        var node = new WorkflowNode
        {
            Id = id, Type = type,
            Config = StepConfigs.Read(type, step.TryGetProperty("config", out var config) ? config : default, intro),
        };
        var fields = new JsonObject { ["id"] = "a", ["type"] = "a" };
        foreach (var name in More)
            if (step.TryGetProperty(name, out var value)) fields[name] = JsonNode.Parse(value.GetRawText());
        if (fields.Count == 2) return node;
        var body = new JsonObject { ["trigger"] = new JsonObject { ["type"] = "manual" }, ["nodes"] = new JsonArray(fields) };
        // what is not of the model's form is a field that nobody knows: it comes back, and means nothing
        if (!WorkflowJson.TryRead(JsonElement.Parse(body.ToJsonString()), out WorkflowDefinition read, out _)) return node;
        return read.Nodes[0] with { Id = node.Id, Type = node.Type, Config = node.Config };
    }

    private static JsonElement Step(WorkflowNode node, IReadOnlyList<LinkConnection> links, int index, string[] ids)
    {
        var written = JsonNode.Parse(WorkflowJson.Write(WorkflowDefinition.Empty with { Nodes = [node] }))!["nodes"]![0]!.AsObject();
        if (node.Type is not ("condition" or "switch")) return JsonElement.Parse(written.ToJsonString());
        if (written["config"] is not JsonObject config) written["config"] = config = [];
        foreach (var (field, port, _) in StepJumps.OfConditions.Where(_ => node.Type == "condition")) config[field] = To(port);
        if (node.Type == "switch")
        {
            config[StepJumps.Default] = To(StepJumps.Default);
            foreach (var option in (config["cases"] as JsonArray ?? []).OfType<JsonObject>())
                if (option["name"]?.GetValueKind() == JsonValueKind.String)
                    option[StepJumps.OfCase] = To(option["name"]!.GetValue<string>());
        }

        return JsonElement.Parse(written.ToJsonString());

        string To(string port)
        {
            var to = links.FirstOrDefault(l => l.FromPort == port)?.To;
            return to is null ? "end" : index + 1 < ids.Length && ids[index + 1] == to ? "next" : to;
        }
    }
}
