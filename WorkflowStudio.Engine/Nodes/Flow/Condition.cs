using System.Text.Json;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>A comparison that settings make.</summary>
public sealed record Condition
{
    /// <summary>The comparisons that need something to compare with.</summary>
    internal const string OfTwo = "operator=equals|not_equals|contains|not_contains|starts_with|ends_with|greater_than|greater_or_equal|"
        + "less_than|less_or_equal|matches";

    /// <summary>What is compared.</summary>
    [Setting("Value", Description = "What is compared, mostly an expression such as {{ $initialPayload.total }}. For “exists”, “is empty”, "
        + "“is not empty” and comparisons by size it may be missing; by size the answer is then no.", Logged = true)]
    public required JsonElement Left { get; init; }

    /// <summary>How.</summary>
    [Setting("Comparison", Choices = ["equals=is", "not_equals=is not", "greater_than=is more than", "greater_or_equal=is at least",
        "less_than=is less than", "less_or_equal=is at most", "matches=matches the pattern"])]
    public ConditionOperator Operator { get; init; } = ConditionOperator.Equals;

    /// <summary>With what.</summary>
    [Setting("Compared with", Description = "Not needed for comparisons of one value, such as “is empty”.", When = OfTwo, Logged = true)]
    public JsonElement Right { get; init; }

    /// <summary>Whether capital and small letters are the same.</summary>
    [Setting("Ignore case", Description = "Capital and small letters count as the same.", Advanced = true, When = OfTwo)]
    public bool IgnoreCase { get; init; }
}

/// <summary>The operators of conditions (docs/decisions.md, "Conditions").</summary>
public enum ConditionOperator
{
    /// <summary>The same value: numbers as numbers, times as times, anything else exactly.</summary>
    Equals,

    /// <summary>Not the same value.</summary>
    NotEquals,

    /// <summary>A text that holds a text, a list that holds a value, an object that holds a field.</summary>
    Contains,

    /// <summary>The opposite of <see cref="Contains"/>.</summary>
    NotContains,

    /// <summary>A text that begins so.</summary>
    StartsWith,

    /// <summary>A text that ends so.</summary>
    EndsWith,

    /// <summary>A larger number, a later time, or a text that comes later in the alphabet.</summary>
    GreaterThan,

    /// <summary>Larger or the same.</summary>
    GreaterOrEqual,

    /// <summary>Smaller, earlier.</summary>
    LessThan,

    /// <summary>Smaller or the same.</summary>
    LessOrEqual,

    /// <summary>Missing, null, text of nothing but spaces, or a list or object without entries.</summary>
    IsEmpty,

    /// <summary>The opposite of <see cref="IsEmpty"/>.</summary>
    IsNotEmpty,

    /// <summary>true, or text or a number that says so: true, yes, on, 1.</summary>
    IsTrue,

    /// <summary>false, or text or a number that says so: false, no, off, 0.</summary>
    IsFalse,

    /// <summary>There is a value and it is not null.</summary>
    Exists,

    /// <summary>A text in which the regular expression is found. It always ends: no backtracking.</summary>
    Matches,
}

/// <summary>Whether all conditions must hold, or one is enough.</summary>
public enum ConditionMatch
{
    /// <summary>Each of them.</summary>
    All,

    /// <summary>At least one.</summary>
    Any,
}
