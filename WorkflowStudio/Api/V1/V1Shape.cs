using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api.V1;

/// <summary>Which dialect a body speaks, by the fields that only one of them has.</summary>
/// <param name="Graph">Those of graph in it.</param>
/// <param name="Sequences">Those of sequences in it.</param>
internal readonly record struct V1Shape(IReadOnlyList<string> Graph, IReadOnlyList<string> Sequences)
{
    private static readonly string[] OfGraph = ["nodes", "link_connections", "trigger", "status", "settings"];
    private static readonly string[] OfSequences = ["steps", "triggerType"];
    private static readonly string[] OfAnswers = ["id", "slug", "createdAt"];

    /// <summary>Whether it speaks graph, and that alone.</summary>
    public bool IsGraph => Graph.Count > 0 && Sequences.Count == 0;

    /// <summary>Why a body that speaks both is refused; null for any other.</summary>
    public ApiProblem? Refusal => Graph.Count == 0 || Sequences.Count == 0 ? null : ApiProblem.Invalid(
        $"The body holds {string.Join(", ", Graph)} of the graph dialect and {string.Join(", ", Sequences)} of the sequences dialect. "
        + "Send the fields of one of them.",
        [.. Graph.Concat(Sequences).Select(f => WorkflowProblem.Error(
            WorkflowProblemCodes.WrongField, f, null, $"The field {f} does not go together with those of the other dialect."))]);

    /// <summary>Looks at a body.</summary>
    public static V1Shape Of(JsonElement body)
    {
        // an answer of ours that is sent back tells of graph beside its own fields: those are not meant
        if (OfAnswers.All(f => body.TryGetProperty(f, out _)) && OfSequences.All(f => body.TryGetProperty(f, out _)))
            return new V1Shape([], OfSequences);
        var isBare = !OfSequences.Any(f => body.TryGetProperty(f, out _));
        return new V1Shape(
            [.. OfGraph.Where(f => body.TryGetProperty(f, out var value) && Tells(f, value, isBare))],
            [.. OfSequences.Where(f => body.TryGetProperty(f, out _))]);
    }

    // a trigger that is no object, and what both may hold beside their own fields, tell nothing where sequences speaks
    private static bool Tells(string field, JsonElement value, bool isBare) => field switch
    {
        "trigger" => value.ValueKind == JsonValueKind.Object,
        "status" or "settings" => isBare,
        _ => true,
    };
}
