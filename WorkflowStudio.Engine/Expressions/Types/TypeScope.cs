using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions.Types;

/// <summary>What the expressions of one step may name, and of what type it is.</summary>
/// <param name="Sight">The steps before.</param>
/// <param name="OutputOf">The type of a step's output.</param>
/// <param name="Ambients">The names with a dollar sign; null when the step's type is not known, then any is allowed.</param>
internal sealed record TypeScope(StepSight Sight, Func<WorkflowNode, ExpressionType> OutputOf, IReadOnlyList<string>? Ambients)
{
    /// <summary>The type of a step's output, found out once per check.</summary>
    public ExpressionType TypeOf(WorkflowNode node) => Sight.Known(node, OutputOf);

    /// <summary>The type of a bare field: of the newest output that has it; unknown as soon as a step before may have it or not.</summary>
    public ExpressionType Field(string name)
    {
        foreach (var node in Sight.NearestFirst)
        {
            if (TypeOf(node) is not { Fields: { } fields }) return ExpressionType.Any;
            if (fields.TryGetValue(name, out var type)) return type;
        }
        return ExpressionType.Any;
    }
}
