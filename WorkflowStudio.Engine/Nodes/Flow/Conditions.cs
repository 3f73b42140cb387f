using System.Text.Json;
using System.Text.RegularExpressions;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>What conditions came to.</summary>
/// <param name="Holds">Whether they hold.</param>
/// <param name="Problem">What is wrong with a condition, for people; null when nothing is.</param>
/// <param name="Words">The comparison that decided, with the values it saw: "12 is more than 10: yes".</param>
internal readonly record struct ConditionResult(bool Holds, string? Problem, string Words)
{
    /// <summary>The code of the problem.</summary>
    public string Code { get; init; } = WorkflowProblemCodes.WrongSetting;
}

/// <summary>
/// Compares values as people mean it: "10" is more than "9", and 2026-01-01T12:00Z is the same time as 2026-01-01T13:00+01:00. What is
/// missing is neither more nor less than anything; other values without a size in common, such as a list and a number, are a problem. Pure.
/// </summary>
internal sealed class Conditions(string zone)
{
    /// <summary>The most conditions of one step.</summary>
    public const int Most = 50;

    private const int LongestPattern = 1_000;

    private static readonly Dictionary<string, ConditionOperator> ByName =
        Enum.GetValues<ConditionOperator>()
            .ToDictionary(o => JsonNamingPolicy.SnakeCaseLower.ConvertName(o.ToString()), StringComparer.Ordinal);

    /// <summary>Whether the conditions hold together; no condition at all holds.</summary>
    public ConditionResult Check(IReadOnlyList<Condition> conditions, ConditionMatch match)
    {
        var result = new ConditionResult(true, null, "No condition is set");
        foreach (var condition in conditions)
        {
            result = Check(condition);
            if (result.Problem is not null || result.Holds == (match == ConditionMatch.Any)) return result;
        }

        return result;
    }

    /// <summary>Whether one condition holds.</summary>
    public ConditionResult Check(Condition condition)
    {
        if (condition.Operator == ConditionOperator.Matches) return Matches(condition);
        if (AsksSize(condition.Operator) && !TryCompare(condition.Left, condition.Right, condition.IgnoreCase, out _))
            return Incomparable(condition);
        var holds = Holds(condition);
        return new ConditionResult(holds, null, Words(condition, holds));
    }

    /// <summary>
    /// Whether the operator asks for a value that may be missing, so that a reference without a value is null and no failure.
    /// </summary>
    public static bool MayBeMissing(ConditionOperator asked) =>
        asked is ConditionOperator.Exists or ConditionOperator.IsEmpty or ConditionOperator.IsNotEmpty || AsksSize(asked);

    /// <summary>Whether the operator compares by size.</summary>
    public static bool AsksSize(ConditionOperator asked) => asked is >= ConditionOperator.GreaterThan and <= ConditionOperator.LessOrEqual;

    /// <summary>The operator of a name on the wire; null when there is none.</summary>
    public static ConditionOperator? Named(string name) => ByName.TryGetValue(name, out var found) ? found : null;

    /// <summary>Whether the operator looks at one value only.</summary>
    public static bool AsksOne(ConditionOperator asked) => asked is >= ConditionOperator.IsEmpty and <= ConditionOperator.Exists;

    /// <summary>The operator in words: "is empty".</summary>
    public static string Words(ConditionOperator asked) => JsonNamingPolicy.SnakeCaseLower.ConvertName(asked.ToString()).Replace('_', ' ');

    /// <summary>What is wrong with a pattern, for people; null when it can be used.</summary>
    public static string? ProblemOf(JsonElement pattern) => Read(pattern, ignoreCase: false).Problem;

    private bool Holds(Condition c)
    {
        var (left, right) = (c.Left, c.Right);
        return c.Operator switch
        {
            ConditionOperator.Equals => AreSame(left, right, c.IgnoreCase),
            ConditionOperator.NotEquals => !AreSame(left, right, c.IgnoreCase),
            ConditionOperator.Contains => Contains(left, right, c.IgnoreCase),
            ConditionOperator.NotContains => !Contains(left, right, c.IgnoreCase),
            ConditionOperator.StartsWith =>
                Text(left) is { } text && Text(right) is { } start && text.StartsWith(start, Letters(c.IgnoreCase)),
            ConditionOperator.EndsWith => Text(left) is { } text && Text(right) is { } end && text.EndsWith(end, Letters(c.IgnoreCase)),
            ConditionOperator.GreaterThan => Compare(left, right, c.IgnoreCase) > 0,
            ConditionOperator.GreaterOrEqual => Compare(left, right, c.IgnoreCase) >= 0,
            ConditionOperator.LessThan => Compare(left, right, c.IgnoreCase) < 0,
            ConditionOperator.LessOrEqual => Compare(left, right, c.IgnoreCase) <= 0,
            ConditionOperator.IsEmpty => IsEmpty(left),
            ConditionOperator.IsNotEmpty => !IsEmpty(left),
            ConditionOperator.IsTrue => Says(left) == true,
            ConditionOperator.IsFalse => Says(left) == false,
            ConditionOperator.Exists => !IsNothing(left),
            _ => throw new InvalidOperationException($"Checking a condition: {c.Operator} is unknown."),
        };
    }

    /// <summary>Whether two values are the same.</summary>
    public bool AreSame(JsonElement left, JsonElement right, bool ignoreCase)
    {
        if (IsNothing(left) || IsNothing(right)) return IsNothing(left) && IsNothing(right);
        if (left.ValueKind is JsonValueKind.Object or JsonValueKind.Array || right.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            return left.ValueKind == right.ValueKind && JsonElement.DeepEquals(left, right);
        // two texts stay texts, so that the numbers of houses and telephones keep their zeros
        if ((left.ValueKind == JsonValueKind.Number || right.ValueKind == JsonValueKind.Number)
            && TryCompare(left, right, ignoreCase, out var numbers)) return numbers == 0;
        return string.Equals(Text(left), Text(right), Letters(ignoreCase || !AreTexts(left, right)))
            || (HaveTimeOfDay(left, right) && Times(left, right) == 0);
    }

    /// <summary>
    /// Below 0, 0 or above 0 as <paramref name="left"/> is less than, the same as or more than <paramref name="right"/>; null when they
    /// cannot be compared.
    /// </summary>
    public int? Compare(JsonElement left, JsonElement right, bool ignoreCase) =>
        TryCompare(left, right, ignoreCase, out var order) ? order : null;

    private bool TryCompare(JsonElement left, JsonElement right, bool ignoreCase, out int? order) =>
        ValueOrder.TryBySize(Value.Of(left), Value.Of(right), TimeZones.FindOrUtc(zone), Letters(ignoreCase), out order);

    private static ConditionResult Incomparable(Condition c) =>
        new(false, $"{Quote.Value(c.Left)} and {Quote.Value(c.Right)} cannot be compared by size. Compare a number with a number, a date "
            + "with a date, or a text with a text.", "")
        { Code = ExpressionProblemCodes.CannotCompare };

    private bool Contains(JsonElement left, JsonElement right, bool ignoreCase) => left.ValueKind switch
    {
        JsonValueKind.Array => left.EnumerateArray().Any(item => AreSame(item, right, ignoreCase)),
        JsonValueKind.Object =>
            Text(right) is { } name && left.EnumerateObject().Any(p => string.Equals(p.Name, name, Letters(ignoreCase))),
        _ => Text(left) is { } text && Text(right) is { } part && text.Contains(part, Letters(ignoreCase)),
    };

    private static ConditionResult Matches(Condition c)
    {
        var (pattern, problem) = Read(c.Right, c.IgnoreCase);
        if (pattern is null) return new ConditionResult(false, problem, "");
        var holds = Text(c.Left) is { } text && pattern.IsMatch(text);
        return new ConditionResult(holds, null, Words(c, holds));
    }

    private static (Regex? Pattern, string? Problem) Read(JsonElement value, bool ignoreCase)
    {
        if (Text(value) is not { Length: > 0 and <= LongestPattern } pattern)
            return (null, $"The pattern must be text of 1 to {LongestPattern} characters.");
        try
        {
            return (new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
                | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None)), null);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return (null, $"The pattern {pattern} cannot be read: {e.Message}");
        }
    }

    private static bool IsNothing(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => value.GetPropertyCount() == 0,
        _ => false,
    };

    /// <summary>What a value says when it is asked yes or no; null when it says neither.</summary>
    public static bool? Says(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number or JsonValueKind.String => Text(value)!.Trim().ToLowerInvariant() switch
        {
            "true" or "yes" or "on" or "1" => true,
            "false" or "no" or "off" or "0" => false,
            _ => null,
        },
        _ => null,
    };

    private static bool AreTexts(JsonElement left, JsonElement right) =>
        left.ValueKind == JsonValueKind.String && right.ValueKind == JsonValueKind.String;

    private static StringComparison Letters(bool ignoreCase) => ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private int? Times(JsonElement left, JsonElement right) =>
        AreTexts(left, right) && WrittenTime.Read(left.GetString()!, zone) is { } a && WrittenTime.Read(right.GetString()!, zone) is { } b
            ? a.CompareTo(b)
            : null;

    // a day is not the same as its midnight, but may be earlier or later than a time
    private static bool HaveTimeOfDay(JsonElement left, JsonElement right) =>
        AreTexts(left, right) && left.GetString()!.Contains('T', StringComparison.Ordinal)
        && right.GetString()!.Contains('T', StringComparison.Ordinal);

    private static string Words(Condition c, bool holds) =>
        $"{Quote.Value(c.Left)} {Words(c.Operator)}{(AsksOne(c.Operator) ? "" : " " + Quote.Value(c.Right))}: {(holds ? "yes" : "no")}";
}
