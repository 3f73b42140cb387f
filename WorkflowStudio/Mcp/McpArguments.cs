using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Mcp;

/// <summary>What a tool was called with: read like the body of a request, and refused with the places that are wrong.</summary>
internal sealed class McpArguments(JsonElement body) : FieldsReadOf(body)
{
    /// <summary>The id of a workflow or of a run; empty with a problem when it is none.</summary>
    public Guid Id(string field)
    {
        if (ShownId.TryRead(NeededText(field), out var id)) return id;
        if (Problems.Count == 0) Wrong(field, $"The {field} has to be an id, such as wf_… or exe_….");
        return Guid.Empty;
    }

    /// <summary>A whole number between two others; <paramref name="preset"/> when it is not given.</summary>
    public int Number(string field, int preset, int least, int most)
    {
        if (!Has(field)) return preset;
        if (Field(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) && number >= least
            && number <= most) return number;
        Wrong(field, $"The {field} has to be a whole number from {least} to {most}.");
        return preset;
    }
}
