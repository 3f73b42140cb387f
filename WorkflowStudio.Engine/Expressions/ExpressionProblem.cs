using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>Why a template cannot be read or has no value.</summary>
/// <param name="Code">One of <see cref="ExpressionProblemCodes"/>.</param>
/// <param name="Message">What is wrong and what to do, for people.</param>
/// <param name="Position">Where in the template's text, in characters from 0.</param>
/// <param name="Expression">The expression as written, without its braces; may be shortened.</param>
public sealed record ExpressionProblem(string Code, string Message, int Position, string Expression);

/// <summary>The codes of <see cref="ExpressionProblem"/>; listed in docs/problems.md.</summary>
public static class ExpressionProblemCodes
{
    /// <summary>The template does not follow the grammar.</summary>
    public const string Unreadable = WorkflowProblemCodes.UnreadableTemplate;

    /// <summary>A reference has no value: the step has no output, or the data has no such field.</summary>
    public const string MissingValue = "missing_value";

    /// <summary>The value is larger than the language allows.</summary>
    public const string ResultTooLarge = "result_too_large";
}

/// <summary>The budgets of the language: it always ends, and never makes much of little (design/nodes.md, "Expressions").</summary>
public static class ExpressionLimits
{
    /// <summary>The longest expression, in bytes of UTF-8.</summary>
    public const int MaxExpressionBytes = 4_096;

    /// <summary>The deepest nesting of an expression, and of the JSON that settings resolve to.</summary>
    public const int MaxDepth = 64;

    /// <summary>The largest value of a template and of a step's resolved settings, in bytes of UTF-8 JSON.</summary>
    public const int MaxResultBytes = 1_048_576;
}
