using System.Text.Json;
using WorkflowStudio.Engine.Expressions;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>A scope made of JSON texts.</summary>
internal sealed class FakeScope(string? payload = null) : IScope
{
    private readonly List<(string Id, JsonElement Output)> outputs = [];
    private readonly Dictionary<string, JsonElement> ambients = [];

    public JsonElement Payload { get; } = payload is null ? default : Json(payload);

    public IEnumerable<JsonElement> OutputsNewestFirst => outputs.AsEnumerable().Reverse().Select(o => o.Output);

    public FakeScope Step(string id, string output)
    {
        outputs.Add((id, Json(output)));
        return this;
    }

    public FakeScope Ambient(string name, string value)
    {
        ambients[name] = Json(value);
        return this;
    }

    public bool TryOutput(string nodeId, out JsonElement output)
    {
        output = outputs.LastOrDefault(o => o.Id == nodeId).Output;
        return output.ValueKind != JsonValueKind.Undefined;
    }

    public bool TryAmbient(string name, out JsonElement value) => ambients.TryGetValue(name, out value);

    private static JsonElement Json(string text) => JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = 200 });
}
