using System.Text.Json;
using WorkflowStudio.Engine.Expressions.Logic;

namespace WorkflowStudio.Engine.Nodes.Triggers;

/// <summary>
/// Whether an event starts a run: the trigger's <c>constraints</c>. They see the event as <c>data</c>; anything but true-like means no.
/// </summary>
public sealed class StartRule
{
    /// <summary>How much of what a rule saw is told, in characters.</summary>
    public const int LongestSeen = 2_000;

    private readonly LogicRule? rule;

    private StartRule(LogicRule? rule) => this.rule = rule;

    /// <summary>The rule of a trigger without constraints.</summary>
    public static StartRule Always { get; } = new(null);

    /// <summary>The rule of constraints that passed the check at save.</summary>
    public static StartRule Of(JsonElement constraints) => Read(constraints, out var rule) is [var problem, ..]
        ? throw new InvalidOperationException($"Reading the constraints of a published version: {problem.Path}: {problem.Message}")
        : rule;

    /// <summary>Reads constraints; what is wrong with them. Null is none.</summary>
    public static IReadOnlyList<LogicProblem> Read(JsonElement constraints, out StartRule rule)
    {
        rule = Always;
        if (constraints.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return [];
        var reading = LogicRule.Compile(constraints);
        if (reading.Rule is { } read) rule = new StartRule(read);
        return reading.Problems;
    }

    /// <summary>Whether an event with this data starts a run.</summary>
    public bool Allows(JsonElement data) => rule is null || rule.IsTrueForEvent(data);

    /// <summary>The values that the rule looked at, as JSON by path, cut to <see cref="LongestSeen"/>.</summary>
    public string Saw(JsonElement data) => rule is null ? "{}" : rule.SeenOfEvent(data, LongestSeen);
}
