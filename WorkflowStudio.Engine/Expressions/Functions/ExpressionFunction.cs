using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>A function of the language: what people read of it, what it takes and gives, and what it does. Pure.</summary>
/// <param name="Name">The name, snake_case.</param>
/// <param name="Description">What it does, one or two sentences.</param>
/// <param name="Parameters">What it takes, in order; optional ones last.</param>
/// <param name="Result">The type of its result.</param>
/// <param name="Example">An expression that works without data.</param>
public sealed record ExpressionFunction(
    string Name, string Description, IReadOnlyList<Parameter> Parameters, ExpressionType Result, string Example)
{
    /// <summary>Its group in the docs and in lists.</summary>
    public string Group { get; init; } = "";

    /// <summary>Whether its result says nothing of a secret that goes in, as a hash.</summary>
    public bool ClearsSecret { get; init; }

    /// <summary>Whether its result is made of what the lambda gives, so that it is as secret as that.</summary>
    internal bool GivesOfLambda { get; init; }

    /// <summary>Computes the result.</summary>
    internal Func<Arguments, Value> Body { get; init; } = _ => throw new InvalidOperationException("A function without a body.");

    /// <summary>The type of the result where it depends on those of the arguments; a lambda counts with the type of its result.</summary>
    internal Func<IReadOnlyList<ExpressionType>, ExpressionType>? Infer { get; init; }

    /// <summary>The types of a lambda's names, of those of the arguments before it.</summary>
    internal Func<IReadOnlyList<ExpressionType>, ExpressionType[]>? LambdaTypes { get; init; }

    /// <summary>The most names that its lambda takes.</summary>
    internal int LambdaNames { get; init; }

    /// <summary>A call with a lambda, for messages.</summary>
    internal string LambdaExample => $"{Name}(items, {Parameters.FirstOrDefault(p => p.Type == ParameterType.Lambda)?.Example})";

    /// <summary>How it is called: <c>round(number, decimals?)</c>.</summary>
    public string Signature => $"{Name}({string.Join(", ", Parameters.Select(p => p.Name + (p.IsMany ? "…" : p.IsOptional ? "?" : "")))})";

    /// <summary>The parameter that an argument is for; null when it takes none there.</summary>
    public Parameter? Parameter(int index) =>
        index < Parameters.Count ? Parameters[index] : Parameters is [.., { IsMany: true } last] ? last : null;

    /// <summary>What is wrong with a number of arguments, or null.</summary>
    internal string? Misfit(int count)
    {
        var least = Parameters.Count(p => !p.IsOptional);
        var most = Parameters is [.., { IsMany: true }] ? int.MaxValue : Parameters.Count;
        if (count >= least && count <= most) return null;
        var wanted = least == most ? $"{least}" : most == int.MaxValue ? $"at least {least}" : $"{least} to {most}";
        return $"{Name} takes {wanted} {(wanted == "1" ? "argument" : "arguments")}, but {count} "
            + $"{(count == 1 ? "is" : "are")} given: {Signature}.";
    }
}

/// <summary>What a function takes.</summary>
/// <param name="Name">The name, for people; arguments are given by their place.</param>
/// <param name="Type">What may be given.</param>
public sealed record Parameter(string Name, ParameterType Type)
{
    /// <summary>Whether it may be left out or be null.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether any number of them may follow; only the last.</summary>
    public bool IsMany { get; init; }

    /// <summary>Whether a value that is missing is taken as null instead of ending the evaluation.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>A lambda that fits, for messages and docs.</summary>
    internal string Example { get; init; } = "";

    /// <summary>The kind of value in words.</summary>
    public string Words => Type switch
    {
        ParameterType.Text => "text",
        ParameterType.Number => "a number",
        ParameterType.Whole => "a whole number",
        ParameterType.Boolean => "true or false",
        ParameterType.Date => "a date such as 2026-06-10 or 2026-06-10T15:24:00Z",
        ParameterType.List => "a list",
        ParameterType.Object => "an object",
        ParameterType.Lambda => "a lambda",
        _ => "any value",
    };
}

/// <summary>What a parameter takes.</summary>
public enum ParameterType
{
    /// <summary>Any value, null too.</summary>
    Any,

    /// <summary>Text; a number or a yes-or-no value is written as text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A text that is a date: ISO 8601.</summary>
    Date,

    /// <summary>A list.</summary>
    List,

    /// <summary>An object.</summary>
    Object,

    /// <summary>A lambda such as <c>x => x.price</c>.</summary>
    Lambda,
}
