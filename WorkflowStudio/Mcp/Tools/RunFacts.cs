using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Mcp.Tools;

/// <summary>A run as tools tell it.</summary>
internal static class RunFacts
{
    /// <summary>How it stands, and what it gave once it ended well.</summary>
    public static JsonObject Of(RunWatch run)
    {
        var state = run.State;
        var told = new JsonObject
        {
            ["run"] = ShownId.Execution(run.Id),
            ["workflow"] = ShownId.Workflow(run.WorkflowId),
            ["status"] = GraphAnswers.Word(state.Status),
            ["is_over"] = state.IsFinal,
        };
        if (state.Failure is { } failure) told["error"] = new JsonObject { ["code"] = failure.Code, ["message"] = failure.Message };
        if (state.Status == RunStatus.Done) told[McpResults.Untrusted] = new JsonObject { ["output"] = McpResults.Outside(Output(run)) };
        return told;
    }

    /// <summary>Each step with its status and what it gave.</summary>
    public static JsonArray Steps(RunWatch run) =>
    [
        .. run.Definition.Nodes.Select(node =>
        {
            var step = run.Step(node.Id);
            var told = new JsonObject { ["node"] = node.Id, ["type"] = node.Type, ["status"] = Word(step.Status) };
            if (step.Caption is { } caption && !step.IsOver) told["waits_for"] = caption;
            if (step.ErrorCode is { } code) told["error"] = new JsonObject { ["code"] = code, ["message"] = step.ErrorMessage };
            if (McpResults.Outside(step.Output) is { } output) told[McpResults.Untrusted] = new JsonObject { ["output"] = output };
            return (JsonNode)told;
        }),
    ];

    // that of the step that ended it, else of the step that was done last
    private static JsonElement Output(RunWatch run) => run.State.Output.ValueKind != JsonValueKind.Undefined
        ? run.State.Output
        : run.Definition.Nodes.Select(n => run.Step(n.Id)).Where(s => s.Status == StepStatus.Done).OrderBy(s => s.EndedSeq).LastOrDefault()
            ?.Output ?? default;

    private static string Word(StepStatus status) => status switch
    {
        StepStatus.Done => "completed",
        StepStatus.NotStarted => "not_started",
        _ => status.ToString().ToLowerInvariant(),
    };
}
