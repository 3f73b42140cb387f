using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Api.Dialects.Blocks;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Api.Dialects.Blocks;

/// <summary>What the tests of the translator share.</summary>
internal static class BlockCases
{
    public static NodeCatalog Types { get; } = new(
    [
        new SetNode(), new ConditionNode(), new SwitchNode(), new ForEachNode(), new ParallelNode(), new MergeNode(), new WaitNode(null!),
        new WaitForEventNode(), new EndNode(), new StopNode(), new FakeNode("ask", ["approved", "rejected", "timeout"], waits: true),
    ]);

    public static JsonElement Json(string text) => JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = 200 });

    public static WorkflowDefinition Read(JsonElement blocks) =>
        BlocksExtension.With(WorkflowDefinition.Empty, BlocksReader.Read(blocks, Types));

    public static WorkflowDefinition Read(string blocks) => Read(Json(blocks));

    /// <summary>The definition as it is after it was stored.</summary>
    public static WorkflowDefinition Stored(WorkflowDefinition definition)
    {
        Assert.True(WorkflowJson.TryRead(WorkflowJson.Write(definition), out WorkflowDefinition read, out var problems),
            string.Join('\n', problems));
        return read;
    }

    public static JsonArray Write(WorkflowDefinition definition)
    {
        var blocks = BlocksWriter.Write(definition, Types, out var why);
        Assert.True(blocks is not null, why);
        return blocks;
    }

    /// <summary>The links as text, sorted.</summary>
    public static string Links(WorkflowDefinition definition) => string.Join(' ', BlockFlow
        .Links(definition, new BlockPorts(Types, _ => null)).Select(l => $"{l.From}:{l.Port}>{l.To}").Order(StringComparer.Ordinal));

    /// <summary>Says where what came back is not what was sent; null where it is. Ids that were made may be there.</summary>
    public static string? Difference(JsonNode? sent, JsonNode? back, string path = "")
    {
        if (sent is JsonArray one && back is JsonArray other && one.Count == other.Count)
            return one.Select((s, i) => Difference(s, other[i], $"{path}[{i}]")).FirstOrDefault(d => d is not null);
        if (sent is not JsonObject a || back is not JsonObject b)
            return JsonNode.DeepEquals(sent, back) ? null : $"{path}: {sent?.ToJsonString()} → {back?.ToJsonString()}";
        var made = a.ContainsKey("$kind") && (a["id"] is null || a["id"]!.ToJsonString() == "\"\"");
        var keys = a.Select(f => f.Key).Union(b.Select(f => f.Key)).Where(k => !made || k != "id");
        return keys.Select(k => a.ContainsKey(k) && b.ContainsKey(k)
            ? Difference(a[k], b[k], $"{path}.{k}")
            : $"{path}.{k}: only {(a.ContainsKey(k) ? "sent" : "back")}, {(a[k] ?? b[k])?.ToJsonString()}")
            .FirstOrDefault(d => d is not null);
    }
}

/// <summary>Choices that a generator has made: whoever builds from them takes one after the other; when all are taken, 0.</summary>
internal sealed class Choices(int[] tape)
{
    private int at;

    public bool AreLeft => at < tape.Length;

    public int Next(int count) => at < tape.Length ? tape[at++] % count : 0;

    public T Of<T>(params T[] options) => options[Next(options.Length)];
}
