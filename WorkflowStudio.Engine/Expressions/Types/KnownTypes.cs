using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions.Types;

/// <summary>
/// The types of the steps' outputs, shared by one check of one definition. Steps are checked in the order in which they run, so what a
/// step's own expressions say of its output is known to those behind it; of a step that was not checked yet, its schema alone.
/// </summary>
/// <param name="steps">All steps, each after every step it depends on.</param>
/// <param name="schemaOf">The type of a step's output by its schema.</param>
internal sealed class KnownTypes(IReadOnlyList<WorkflowNode> steps, Func<WorkflowNode, ExpressionType> schemaOf)
{
    private readonly Dictionary<WorkflowNode, ExpressionType> known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<WorkflowNode, ExpressionType> items = new(ReferenceEqualityComparer.Instance);
    private (Dictionary<string, List<int>> ByName, List<int> Unknown)? fields;

    /// <summary>The type of a step's output.</summary>
    public ExpressionType Of(WorkflowNode node)
    {
        if (known.TryGetValue(node, out var type)) return type;
        known[node] = type = schemaOf(node);
        return type;
    }

    /// <summary>The type of the items that a step goes through; unknown unless its expressions told.</summary>
    public ExpressionType ItemOf(WorkflowNode node) => items.GetValueOrDefault(node, ExpressionType.Any);

    /// <summary>Keeps what was found out of a step's output.</summary>
    public void Learn(WorkflowNode node, ExpressionType type) => known[node] = type;

    /// <summary>Keeps what was found out of the items that a step goes through.</summary>
    public void LearnItem(WorkflowNode node, ExpressionType type) => items[node] = type;

    /// <summary>Whether what a step collects of the steps that it runs for each item holds a secret.</summary>
    /// <param name="sight">The steps around.</param>
    /// <param name="loop">The step.</param>
    /// <param name="collect">What it collects, as stored; undefined for the newest output of those steps.</param>
    public bool BodyGivesSecret(StepSight sight, WorkflowNode loop, JsonElement collect)
    {
        var body = sight.BodyOf(loop.Id).Where(n => Of(n).IsSecret).ToDictionary(n => n.Id, Of, StringComparer.Ordinal);
        if (collect.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return body.Count > 0;
        return SettingsTemplate.Compile(collect).Templates.SelectMany(t => t.Template.References).Any(r => r.Root switch
        {
            ReferenceRoot.Step => body.TryGetValue(r.Name!, out var output) && IsSecret(output, r.Field),
            ReferenceRoot.Field => body.Values.Any(output => IsSecret(output, r.Name)),
            ReferenceRoot.Ambient => r.Name == AmbientNames.Item && IsSecret(ItemOf(loop), r.Field),
            _ => false,
        });
    }

    private static bool IsSecret(ExpressionType output, string? field) =>
        field is not null && output.Fields is { } fields ? fields.GetValueOrDefault(field)?.IsSecret == true : output.IsSecret;

    /// <summary>The type of a bare field: of the newest output that has it; unknown as soon as a step before may have it or not.</summary>
    public ExpressionType Field(string name, StepSight sight)
    {
        var (byName, unknown) = fields ??= Places();
        var holder = byName.TryGetValue(name, out var places) ? Newest(places, sight) : -1;
        return holder < 0 || Newest(unknown, sight) > holder
            ? ExpressionType.Any
            : Of(steps[holder]).Fields?.GetValueOrDefault(name) ?? ExpressionType.Any;
    }

    private static int Newest(List<int> places, StepSight sight)
    {
        for (var i = places.Count - 1; i >= 0; i--)
            if (sight.IsBefore(places[i])) return places[i];
        return -1;
    }

    private (Dictionary<string, List<int>>, List<int>) Places()
    {
        var (byName, unknown) = (new Dictionary<string, List<int>>(StringComparer.Ordinal), new List<int>());
        for (var place = 0; place < steps.Count; place++)
        {
            if (Of(steps[place]).Fields is not { } known) unknown.Add(place);
            else foreach (var name in known.Keys) (byName.TryGetValue(name, out var places) ? places : byName[name] = []).Add(place);
        }

        return (byName, unknown);
    }
}
