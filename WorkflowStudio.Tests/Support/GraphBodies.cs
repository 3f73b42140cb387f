using System.Text.Json.Nodes;

namespace WorkflowStudio.Tests.Support;

/// <summary>Bodies of the graph dialect.</summary>
internal static class GraphBodies
{
    /// <summary>The example of the reference text.</summary>
    public static string Reference { get; } = SharedFiles.ReadOfCheckout("WorkflowStudio/Hosting/Demo/intake-pipeline.json");

    /// <summary>A webhook workflow of one step that only sets a value, changed by <paramref name="change"/>.</summary>
    public static string Small(Action<JsonObject>? change = null)
    {
        var body = JsonNode.Parse("""
            {
              "name": "Small",
              "trigger": { "type": "webhook" },
              "nodes": [ { "id": "a", "type": "set", "config": { "values": { "x": "1" } } } ],
              "link_connections": [ { "from": "trigger", "to": "a" } ]
            }
            """)!.AsObject();
        change?.Invoke(body);
        return body.ToJsonString();
    }
}
