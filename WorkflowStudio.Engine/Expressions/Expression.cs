using System.Text;
using WorkflowStudio.Engine.Expressions.Functions;
using WorkflowStudio.Engine.Expressions.Values;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>The syntax tree of the language. A closed set; <see cref="Evaluator"/> gives it meaning, the type checker its types.</summary>
/// <param name="Position">Where it begins in the template's text, in characters from 0.</param>
internal abstract record Expression(int Position)
{
    /// <summary>Where it ends.</summary>
    public int End { get; init; }

    /// <summary>A value that stands in the expression itself.</summary>
    public sealed record Literal(int Position, Value Value) : Expression(Position);

    /// <summary>A path that begins at a root of the scope.</summary>
    /// <param name="Position">Where it begins.</param>
    /// <param name="Root">What it begins at.</param>
    /// <param name="Name">The step's id, the ambient name or the field; null for the payload.</param>
    /// <param name="Segments">The way from there.</param>
    /// <param name="Text">The path as written.</param>
    public sealed record Path(int Position, ReferenceRoot Root, string? Name, PathSegment[] Segments, string Text) : Expression(Position)
    {
        /// <summary>The name in UTF-8, as JSON is searched for it.</summary>
        public byte[] NameUtf8 { get; } = Name is null ? [] : Encoding.UTF8.GetBytes(Name);
    }

    /// <summary>A path that begins at a parameter of a lambda.</summary>
    /// <param name="Position">Where it begins.</param>
    /// <param name="Slot">The place of the parameter among those that are known here.</param>
    /// <param name="Segments">The way from there.</param>
    /// <param name="Text">The path as written.</param>
    public sealed record Local(int Position, int Slot, PathSegment[] Segments, string Text) : Expression(Position);

    /// <summary>A path that begins at a value in parentheses or at the result of a function.</summary>
    public sealed record Access(int Position, Expression Target, PathSegment[] Segments, string Text) : Expression(Position);

    /// <summary><c>a ?? b ?? c</c>: the first that is neither missing nor null, else the last.</summary>
    public sealed record Coalesce(int Position, IReadOnlyList<Expression> Options) : Expression(Position);

    /// <summary><c>-a</c>.</summary>
    public sealed record Negation(int Position, Expression Operand) : Expression(Position);

    /// <summary><c>not a</c>, <c>!a</c>.</summary>
    public sealed record Not(int Position, Expression Operand) : Expression(Position);

    /// <summary><c>a + b - c</c> or <c>a * b / c</c>, from the left to the right.</summary>
    public sealed record Arithmetic(int Position, Expression First, (char Operator, Expression Operand)[] Rest) : Expression(Position);

    /// <summary><c>a == b</c>, <c>a &lt; b</c> …</summary>
    public sealed record Comparison(int Position, string Operator, Expression Left, Expression Right) : Expression(Position);

    /// <summary><c>a and b and c</c>, or <c>a or b or c</c>: stops at the first that decides.</summary>
    public sealed record Logic(int Position, bool IsAnd, Expression[] Operands) : Expression(Position);

    /// <summary><c>a ? b : c</c>.</summary>
    public sealed record Conditional(int Position, Expression Test, Expression Then, Expression Else) : Expression(Position);

    /// <summary><c>[a, b]</c>.</summary>
    public sealed record ListOf(int Position, Expression[] Items) : Expression(Position);

    /// <summary><c>{a: b}</c>.</summary>
    public sealed record ObjectOf(int Position, (string Name, Expression Value)[] Fields) : Expression(Position);

    /// <summary><c>f(a, b)</c> or <c>a | f(b)</c>.</summary>
    public sealed record Call(int Position, ExpressionFunction Function, Expression[] Arguments) : Expression(Position)
    {
        /// <summary>What the function keeps between calls, for example a pattern that was read.</summary>
        public object? Kept { get; set; }
    }

    /// <summary><c>x => …</c>: an argument of some functions and nothing else.</summary>
    /// <param name="Position">Where it begins.</param>
    /// <param name="FirstSlot">The place of the first parameter among those that are known inside.</param>
    /// <param name="Names">The parameters.</param>
    /// <param name="Body">What is evaluated for every item.</param>
    public sealed record Lambda(int Position, int FirstSlot, string[] Names, Expression Body) : Expression(Position);

    /// <summary>The expressions directly inside, in the order of the text.</summary>
    public IEnumerable<Expression> Children => this switch
    {
        Access access => [access.Target],
        Coalesce coalesce => coalesce.Options,
        Negation negation => [negation.Operand],
        Not not => [not.Operand],
        Arithmetic arithmetic => [arithmetic.First, .. arithmetic.Rest.Select(r => r.Operand)],
        Comparison comparison => [comparison.Left, comparison.Right],
        Logic logic => logic.Operands,
        Conditional conditional => [conditional.Test, conditional.Then, conditional.Else],
        ListOf list => list.Items,
        ObjectOf fields => fields.Fields.Select(f => f.Value),
        Call call => call.Arguments,
        Lambda lambda => [lambda.Body],
        _ => [],
    };
}
