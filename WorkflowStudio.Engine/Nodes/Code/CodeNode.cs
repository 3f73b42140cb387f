using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Scripting;

namespace WorkflowStudio.Engine.Nodes.Code;

/// <summary>Runs a script that somebody wrote for this step.</summary>
[Step("code", "Code", NodeGroup.Data, "code", HandsOn = true, RunsCode = true,
    Does = "Runs a script in JavaScript: it is given input and returns a value, and what it writes with console.log stands in the run's "
        + "log. It reaches nothing else: no network, no files, no other steps. Endless loops, too much memory and slow patterns fail the "
        + "step. A workspace has to allow code first.",
    Example = """
        {"code":"const total = input.lines.reduce((sum, line) => sum + line.amount, 0);\nreturn { total };",
        "input":{"lines":"{{ $initialPayload.lines ?? [] }}"}}
        """)]
public sealed class CodeNode(IScripts scripts) : NodeType<CodeSettings, CodeOutput>
{
    private const string Code = "code";

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config)
    {
        if (config.ValueKind != JsonValueKind.Object || !config.TryGetProperty(Code, out var code)
            || code.ValueKind != JsonValueKind.String || ScriptSource.Check(code.GetString()!) is not { } problem) return [];
        return
        [
            SettingProblem.Wrong(Code, problem.Message)
                with { Position = problem.Position is { } at ? new TextRange(at, 1) : null },
        ];
    }

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config)?.Code.Split('\n')
        .Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0) is { } line ? Card.Fit(line) : null;

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(CodeSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        var given = settings.Input.ValueKind == JsonValueKind.Undefined ? input.Payload : settings.Input;
        var run = await scripts.RunAsync(
            input.Run.Tenant, settings.Code, given, TimeSpan.FromSeconds(settings.TimeoutSeconds), cancellationToken);
        foreach (var line in run.Lines) input.Log(NodeLogLevel.Info, line);
        return run.Value.Has(out var value, out var problem) ? Complete(new CodeOutput { Value = value }) : problem.AsFailure();
    }
}

/// <summary>The settings of <see cref="CodeNode"/>.</summary>
public sealed record CodeSettings
{
    /// <summary>The script.</summary>
    [Setting("Code", Description = "JavaScript that ends with return and a value. What it is given is called input. Braces in it are its "
        + "own: expressions stand in the input.", Min = 1, Max = ScriptLimits.LongestSource, Verbatim = true,
        Editor = FieldEditor.MultiLine)]
    public required string Code { get; init; }

    /// <summary>What the script is given.</summary>
    [Setting("Input", Description = "What the script is given: any value. Empty: the data that started the run.")]
    public JsonElement Input { get; init; }

    /// <summary>The longest time.</summary>
    [Setting("Longest time", Description = "Waiting for its turn does not count.", Unit = "seconds", Min = 1, Max = 10, Advanced = true)]
    public int TimeoutSeconds { get; init; } = 5;
}

/// <summary>The output of <see cref="CodeNode"/>.</summary>
public sealed record CodeOutput
{
    [Setting("Value", Description = "What the script returned; nothing when it returned nothing. At most 1 MiB.")]
    public required JsonElement Value { get; init; }
}
