using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>
/// Ids of steps that the model cannot hold. The node of such a step has an id that is made of the step's, always the same, so that runs of
/// any version name it alike; expressions that name the step are written for the node, and back again for the client.
/// </summary>
internal sealed partial class StepIds
{
    /// <summary>The longest id of a step.</summary>
    public const int Longest = 200;

    private const int Readable = 60;
    private const int HashBytes = 6;

    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, string> sentOf;

    private StepIds(Dictionary<string, string> sentOf) => this.sentOf = sentOf;

    /// <summary>The ids of the steps that were sent to a definition.</summary>
    public static StepIds Of(WorkflowDefinition definition) => new(KeptFields.Steps(definition, DocumentsDialect.Instance.Name)
        .Select(s => (Node: s.Name, Sent: s.Value.TryGetProperty("id", out var id) ? id.GetString() : null))
        .Where(s => s.Sent is not null && s.Sent != s.Node).ToDictionary(s => s.Node, s => s.Sent!));

    /// <summary>Whether a step can have this id.</summary>
    public static bool IsGood(string id) => id.Length is >= 1 and <= Longest && !id.Any(char.IsControl);

    /// <summary>The id of the node that a step with this id becomes.</summary>
    public static string Node(string sent)
    {
        if (sent.Length == 0 || WorkflowNode.CanBeId(sent)) return sent;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sent)).AsSpan(0, HashBytes));
        var readable = SlugText.Of(sent, Readable).Replace('-', '_');
        return readable.Length == 0 ? $"step_{hash}" : $"{readable}_{hash}";
    }

    /// <summary>Settings in which expressions name nodes instead of steps.</summary>
    public static JsonElement Inwards(JsonElement config) =>
        Mapped(config, name => name.Length == 0 || WorkflowNode.CanBeId(name) ? null : $"$node.{Node(name)}");

    /// <summary>The id of the step that a node stands for.</summary>
    public string Sent(string node) => sentOf.GetValueOrDefault(node, node);

    /// <summary>
    /// Settings in which expressions name steps instead of nodes. In expressions <c>trigger</c> is the start, whatever a step is called.
    /// </summary>
    public JsonElement Outwards(JsonElement config) => sentOf.Count == 0 ? config : Mapped(config, name =>
        sentOf.TryGetValue(name, out var sent) && sent != WorkflowDefinition.TriggerId
            ? $"$node[{JsonSerializer.Serialize(sent, Plainly)}]" : null);

    private static JsonElement Mapped(JsonElement config, Func<string, string?> named) =>
        config.ValueKind == JsonValueKind.Object && config.GetRawText().Contains("{{", StringComparison.Ordinal)
            ? JsonElement.Parse(Mapped(JsonNode.Parse(config.GetRawText())!, named).ToJsonString(Plainly))
            : config;

    private static JsonNode Mapped(JsonNode node, Func<string, string?> named)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields.ToList())
                    if (value is not null && Mapped(value, named) is var mapped && mapped != value) fields[name] = mapped;
                return fields;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                    if (list[i] is { } item && Mapped(item, named) is var mapped && mapped != item) list[i] = mapped;
                return list;
            default:
                return node.GetValueKind() == JsonValueKind.String && node.GetValue<string>() is var text
                    && Mapped(text, named) is var changed && changed != text ? JsonValue.Create(changed) : node;
        }
    }

    // from the last to the first, so that the places stay right
    private static string Mapped(string text, Func<string, string?> named)
    {
        if (!Template.Contains(text)) return text;
        foreach (var one in Template.Parse(text).References.Where(r => r is { Root: ReferenceRoot.Step, Name: not null })
            .DistinctBy(r => r.Position).OrderByDescending(r => r.Position))
            if (named(one.Name!) is { } other && Name().Match(text, one.Position) is { Success: true } written)
                text = string.Concat(text.AsSpan(0, written.Index), other, text.AsSpan(written.Index + written.Length));
        return text;
    }

    // $node["ID"], $node.ID, ID.output
    [GeneratedRegex("""
        \G(?:\$node\s*(?:\[\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\]|\.\s*[\p{L}\p{N}_-]+)|[\p{L}\p{N}_-]+\s*\.\s*output)
        """)]
    private static partial Regex Name();
}
