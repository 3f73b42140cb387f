using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>Why a template cannot be read or has no value.</summary>
/// <param name="Code">One of <see cref="ExpressionProblemCodes"/>.</param>
/// <param name="Message">What is wrong and what to do, for people.</param>
/// <param name="Position">Where in the template's text, in characters from 0.</param>
/// <param name="Expression">The expression as written, without its braces; may be shortened.</param>
public sealed record ExpressionProblem(string Code, string Message, int Position, string Expression)
{
    /// <summary>How many characters it concerns; 0 when only the place is known.</summary>
    public int Length { get; init; }

    /// <summary>What probably should stand there instead; null when nobody can know.</summary>
    public string? Replacement { get; init; }

    /// <summary>What has no value, so that it can be told for the place where the template stands; null for every other problem.</summary>
    internal Lack? Lack { get; init; }

    /// <summary>
    /// The same where it is known for what the missing value is wanted; what the expression itself wants it for goes before.
    /// </summary>
    internal ExpressionProblem WantedAs(ParameterType kind) =>
        Lack is { Wanted: null } lack ? this with { Lack = lack with { Wanted = kind } } : this;
}

/// <summary>A value that is missing.</summary>
/// <param name="Written">The reference as written.</param>
/// <param name="Cause">Why it has none, as a part of a sentence.</param>
/// <param name="Wanted">What it is wanted for; null where the place of the template decides.</param>
internal sealed record Lack(string Written, string Cause, ParameterType? Wanted);

/// <summary>The codes of <see cref="ExpressionProblem"/>; listed in docs/problems.md.</summary>
public static class ExpressionProblemCodes
{
    /// <summary>The template does not follow the grammar.</summary>
    public const string Unreadable = WorkflowProblemCodes.UnreadableTemplate;

    /// <summary>There is no function of this name.</summary>
    public const string UnknownFunction = WorkflowProblemCodes.UnknownFunction;

    /// <summary>A function was given too few, too many or other arguments than it takes.</summary>
    public const string WrongArguments = WorkflowProblemCodes.WrongArguments;

    /// <summary>The expression is longer than <see cref="ExpressionLimits.MaxExpressionBytes"/>.</summary>
    public const string TooLong = "expression_too_long";

    /// <summary>The expression is nested deeper than <see cref="ExpressionLimits.MaxDepth"/>.</summary>
    public const string TooDeep = "expression_too_deep";

    /// <summary>A reference has no value: the step has no output, or the data has no such field.</summary>
    public const string MissingValue = "missing_value";

    /// <summary>An operator or a function met a value that it cannot work with.</summary>
    public const string WrongValue = "wrong_value";

    /// <summary>Two values were compared by size that have none in common, such as a list and a number.</summary>
    public const string CannotCompare = "cannot_compare";

    /// <summary>The value is larger than the language allows.</summary>
    public const string ResultTooLarge = "result_too_large";

    /// <summary>The evaluation took more steps than <see cref="ExpressionLimits.MaxSteps"/>.</summary>
    public const string TooManySteps = "too_many_steps";

    /// <summary>A regular expression cannot be read, or uses what only backtracking could do.</summary>
    public const string UnsupportedPattern = "unsupported_pattern";
}

/// <summary>The budgets of the language: it always ends, and never makes much of little (docs/expressions.md, "Limits").</summary>
public static class ExpressionLimits
{
    /// <summary>The longest expression, in bytes of UTF-8.</summary>
    public const int MaxExpressionBytes = 4_096;

    /// <summary>The deepest nesting of an expression, and of the JSON that it makes and that settings resolve to.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// The largest value of a template, of everything computed on the way and of a step's resolved settings, in bytes of UTF-8 JSON.
    /// </summary>
    public const int MaxResultBytes = 1_048_576;

    /// <summary>The most steps of one evaluation: an operator, a call, an item of a list and 64 characters of text are one each.</summary>
    public const int MaxSteps = 1_000_000;

    /// <summary>The longest regular expression, in characters.</summary>
    public const int MaxPatternLength = 500;
}
