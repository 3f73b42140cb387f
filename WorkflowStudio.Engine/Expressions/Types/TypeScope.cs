using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions.Types;

/// <summary>What the expressions of one step may name, and of what type it is.</summary>
/// <param name="Sight">The steps before.</param>
/// <param name="Types">The types of their outputs.</param>
/// <param name="Ambients">The names with a dollar sign; null when the step's type is not known, then any is allowed.</param>
internal sealed record TypeScope(StepSight Sight, KnownTypes Types, IReadOnlyList<string>? Ambients)
{
    /// <summary>The type of a step's output.</summary>
    public ExpressionType TypeOf(WorkflowNode node) => Types.Of(node);

    /// <summary>The type of a bare field: of the newest output that has it; unknown as soon as a step before may have it or not.</summary>
    public ExpressionType Field(string name) => Types.Field(name, Sight);

    /// <summary>What one item is to those that are run for each; unknown unless an expression tells.</summary>
    public ExpressionType Item { get; init; } = ExpressionType.Any;
}
