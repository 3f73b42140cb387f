using System.Text.Json;
using System.Text.Json.Serialization;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Takes one of several ways, by a value.</summary>
[Step("switch", "Switch", NodeGroup.Flow, "call_split", HandsOn = true, Ports = ["default"],
    Does = "Compares a value with cases from top to bottom and takes the way of the first that fits, or “default” when none does. "
        + "Each case is a port of its name.",
    Example = """
        {"value":"{{ $initialPayload.intent ?? \"other\" }}",
        "cases":[{"name":"booking","equals":"book_visit"},{"name":"billing","equals":"billing"}]}
        """)]
public sealed class SwitchNode : ComputingNode<SwitchSettings, SwitchOutput>
{
    private const string Otherwise = "default";

    /// <inheritdoc/>
    public override NodeShape Shape(JsonElement config) =>
        Usual with
        { Ports = [.. NamedPorts.Read(config, "cases", "name").Where(n => n != Otherwise).Select(n => new NodePort(n, n)), .. Outputs] };

    /// <inheritdoc/>
    public override bool MayBeMissing(JsonElement config, string path) =>
        ReadOrNull(config) is { } settings && settings.Cases
            .Where((c, i) => path == "value"
                ? Conditions.MayBeMissing(c.Operator)
                : path == $"cases[{i}].equals" && Conditions.AsksSize(c.Operator)).Any();

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config)
    {
        if (ReadOrNull(config) is not { } settings) return [];
        return NamedPorts.Check([.. settings.Cases.Select(c => c.Name)], i => $"cases[{i}].name", Otherwise)
            .Concat(settings.Cases.SelectMany((c, i) => ConditionList.Check([c.AsCondition(default)], "cases")
                .Select(p => p with { Path = $"cases[{i}].equals" })));
    }

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is { } settings ? Card.Fit(Card.Plain(settings.Value)) : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(SwitchSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        var conditions = new Conditions(input.Run.TimeZone);
        foreach (var option in settings.Cases)
        {
            var result = conditions.Check(option.AsCondition(settings.Value));
            if (result.Code == ExpressionProblemCodes.CannotCompare) continue; // cases may be of several kinds: a text fits none of size
            if (ConditionList.Failure(result, "cases") is { } failed)
                return failed with { Message = $"Case {option.Name}: {failed.Message}" };
            if (result.Holds) return Take(settings, input, option.Name);
        }

        return Take(settings, input, Otherwise);
    }

    private static NodeOutcome Take(SwitchSettings settings, NodeInput input, string port)
    {
        input.Log(NodeLogLevel.Info, $"The value is {Quote.Value(settings.Value)}. The run goes on through {port}.");
        return Complete(new SwitchOutput
        { Value = settings.Value.ValueKind == JsonValueKind.Undefined ? JsonElement.Parse("null") : settings.Value, Case = port }, port);
    }
}

/// <summary>The settings of <see cref="SwitchNode"/>.</summary>
public sealed record SwitchSettings
{
    /// <summary>The value.</summary>
    [Setting("Value", Description = "What is compared, mostly an expression such as {{ $initialPayload.intent }}.", Logged = true)]
    public required JsonElement Value { get; init; }

    /// <summary>The cases.</summary>
    [Setting("Cases", Description = "From top to bottom; the first that fits is taken.", Min = 1, Max = 20)]
    public required IReadOnlyList<SwitchCase> Cases { get; init; }
}

/// <summary>A case of a <see cref="SwitchNode"/>.</summary>
public sealed record SwitchCase
{
    /// <summary>The name.</summary>
    [Setting("Name", Description = "The name of its port.", Min = 1, Max = NamedPorts.Longest)]
    public required string Name { get; init; }

    /// <summary>The comparison.</summary>
    [Setting("Comparison", Choices = ["equals=is", "not_equals=is not", "greater_than=is more than", "greater_or_equal=is at least",
        "less_than=is less than", "less_or_equal=is at most", "matches=matches the pattern"])]
    public ConditionOperator Operator { get; init; } = ConditionOperator.Equals;

    /// <summary>What the value is compared with.</summary>
    [Setting("Compared with", When = Condition.OfTwo)]
    [JsonPropertyName("equals")]
    public JsonElement ComparedWith { get; init; }

    /// <summary>Whether capital and small letters are the same.</summary>
    [Setting("Ignore case", Advanced = true, When = Condition.OfTwo)]
    public bool IgnoreCase { get; init; }

    internal Condition AsCondition(JsonElement value) =>
        new() { Left = value, Operator = Operator, Right = ComparedWith, IgnoreCase = IgnoreCase };
}

/// <summary>The output of <see cref="SwitchNode"/>.</summary>
public sealed record SwitchOutput
{
    [Setting("Value", Description = "The value that was compared.")]
    public required JsonElement Value { get; init; }

    [Setting("Case", Description = "The name of the case that was taken, or default.")]
    public required string Case { get; init; }
}
