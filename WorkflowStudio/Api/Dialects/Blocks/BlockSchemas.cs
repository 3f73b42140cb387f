using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>The inputs of blocks as JSON Schema: the settings of their step types in the words of this dialect.</summary>
internal static class BlockSchemas
{
    public static JsonObject Of(string block, NodeType type)
    {
        var schema = JsonSchemas.Of(type.Settings);
        var fields = schema["properties"]!.AsObject();
        switch (block)
        {
            case "if-else":
                Operator(fields["conditions"]!["items"]!.AsObject());
                fields.Insert(0, "condition", new JsonObject
                {
                    ["description"] = "One comparison, or a single {{ … }} that gives true or false.",
                    ["anyOf"] = new JsonArray(fields["conditions"]!["items"]!.DeepClone(), new JsonObject { ["type"] = "string" }),
                });
                break;
            case "switch":
                Operator(fields["cases"]!["items"]!.AsObject());
                break;
            case "parallel":
                fields.Remove("branches"); // their names are the branches
                break;
            case "wait":
                fields.Remove("for", out var length);
                fields.Insert(1, "duration", length);
                fields["event"] = new JsonObject { ["type"] = "string", ["description"] = "The name of an event to wait for instead." };
                fields["timeout"] = new JsonObject
                { ["type"] = "string", ["description"] = "With an event: the longest wait, such as 3 days." };
                break;
        }

        return schema;
    }

    private static void Operator(JsonObject comparison)
    {
        var fields = comparison["properties"]!.AsObject();
        var at = fields.IndexOf("operator");
        fields.Remove("operator", out var names);
        fields.Insert(at, "operatorName", names);
    }
}
