using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Mcp;

/// <summary>
/// Something that an AI client can ask of the studio. A tool translates: what is allowed, and what is done, is an operation's matter.
/// </summary>
internal abstract class McpTool
{
    /// <summary>The name on the wire: small letters and _.</summary>
    public abstract string Name { get; }

    /// <summary>A few words for people.</summary>
    public abstract string Title { get; }

    /// <summary>What it does, and what to call before and after it, for the model.</summary>
    public abstract string Description { get; }

    /// <summary>What the caller needs; tools that it may not use are not shown to it.</summary>
    public abstract Permission Needs { get; }

    /// <summary>Whether it changes nothing.</summary>
    public virtual bool IsReadOnly => true;

    /// <summary>Whether it may take something away.</summary>
    public virtual bool IsDestructive => false;

    /// <summary>The arguments, as properties of a JSON Schema.</summary>
    protected abstract JsonObject Arguments { get; }

    /// <summary>The arguments that have to be given.</summary>
    protected virtual IReadOnlyList<string> Required => [];

    /// <summary>Does it.</summary>
    public abstract Task<CallToolResult> CallAsync(Caller caller, McpArguments arguments, CancellationToken cancellationToken);

    /// <summary>The tool as clients see it.</summary>
    public Tool Describe() => new()
    {
        Name = Name,
        Title = Title,
        Description = Description,
        InputSchema = JsonElement.Parse(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = Arguments,
            ["required"] = new JsonArray([.. Required.Select(r => (JsonNode)r)]),
        }.ToJsonString()),
        Annotations = new ToolAnnotations
        { Title = Title, ReadOnlyHint = IsReadOnly, DestructiveHint = IsDestructive, OpenWorldHint = !IsReadOnly },
    };

    /// <summary>An argument that is text.</summary>
    protected static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    /// <summary>An argument that is a whole number.</summary>
    protected static JsonObject Number(string description, int least, int most) =>
        new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most, ["description"] = description };

    /// <summary>An argument that is one of some words.</summary>
    protected static JsonObject Word(string description, params string[] words) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]), ["description"] = description };

    /// <summary>An argument that is an object.</summary>
    protected static JsonObject Object(string description) => new() { ["type"] = "object", ["description"] = description };

    /// <summary>An argument that is a list of objects.</summary>
    protected static JsonObject List(string description) =>
        new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" }, ["description"] = description };
}
