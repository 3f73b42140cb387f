using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Mcp.Tools;

/// <summary>Lists runs.</summary>
internal sealed class FindRuns(ListDialectRuns list) : McpTool
{
    private const int Usual = 20;

    private static readonly Dictionary<string, RunStatus[]> Words = new()
    {
        ["processing"] = [RunStatus.Queued, RunStatus.Running],
        ["waiting"] = [RunStatus.Waiting],
        ["completed"] = [RunStatus.Done],
        ["failed"] = [RunStatus.Failed],
        ["paused"] = [RunStatus.Paused],
        ["canceled"] = [RunStatus.Canceled],
    };

    public override string Name => "find_runs";

    public override string Title => "Find runs";

    public override string Description => "Lists runs, the newest first.";

    public override Permission Needs => ListDialectRuns.Needs;

    protected override JsonObject Arguments => new()
    {
        ["workflow"] = Text("Only those of this workflow, wf_…."),
        ["status"] = Word("Only those that stand so.", [.. Words.Keys]),
        ["page"] = Number("The page, from 1.", 1, 100_000),
        ["limit"] = Number("How many on a page; 20 when left out.", 1, ListDialectRuns.MaxTake),
    };

    public override async Task<CallToolResult> CallAsync(Caller caller, McpArguments arguments, CancellationToken cancellationToken)
    {
        Guid? workflow = arguments.Has("workflow") ? arguments.Id("workflow") : null;
        var (page, limit) = (arguments.Number("page", 1, 1, 100_000), arguments.Number("limit", Usual, 1, ListDialectRuns.MaxTake));
        RunStatus[]? statuses = null;
        if (arguments.Text("status") is { } word && !Words.TryGetValue(word, out statuses))
            arguments.Wrong("status", $"The status has to be one of {string.Join(", ", Words.Keys)}.");
        if (arguments.Refusal is { } refusal) return McpResults.Refused(refusal);
        var filter = new NumberedRunFilter { WorkflowId = workflow, Statuses = statuses };
        return McpResults.Of(await list.RunAsync(caller, filter, (page - 1) * limit, limit, cancellationToken), found => new JsonObject
        {
            ["runs"] = new JsonArray([.. found.Items.Select(r => Told(r.Run))]),
            ["total"] = found.Total,
        });
    }

    private static JsonObject Told(RunListRow run) => new()
    {
        ["run"] = ShownId.Execution(run.Id),
        ["workflow"] = ShownId.Workflow(run.WorkflowId),
        ["workflow_name"] = run.WorkflowName,
        ["status"] = GraphAnswers.Word(run.Status),
        ["started_at"] = GraphTranslator.Time(run.CreatedAt),
        ["finished_at"] = run.FinishedAt is { } finished ? GraphTranslator.Time(finished) : null,
        ["started_by"] = run.Cause,
        ["error_code"] = run.ErrorCode,
    };
}

/// <summary>Reads a run with its steps.</summary>
internal sealed class ReadRunTool(AwaitRun wait) : McpTool
{
    public override string Name => "read_run";

    public override string Title => "Read a run";

    public override string Description =>
        "Tells how a run stands: each step with its status and output. With wait_seconds it waits for the end before it answers.";

    public override Permission Needs => AwaitRun.Needs;

    protected override JsonObject Arguments => new()
    {
        ["run"] = Text("The id, exe_…."),
        ["wait_seconds"] = Number("How long to wait for its end; 0 when left out.", 0, RunWorkflow.LongestWait),
    };

    protected override IReadOnlyList<string> Required => ["run"];

    public override async Task<CallToolResult> CallAsync(Caller caller, McpArguments arguments, CancellationToken cancellationToken)
    {
        var (id, seconds) = (arguments.Id("run"), arguments.Number("wait_seconds", 0, 0, RunWorkflow.LongestWait));
        if (arguments.Refusal is { } refusal) return McpResults.Refused(refusal);
        var read = await wait.RunAsync(caller, id, TimeSpan.FromSeconds(seconds), cancellationToken);
        if (!read.Ok) return McpResults.Refused(read.Problem);
        using var run = read.Value;
        var told = RunFacts.Of(run);
        told["steps"] = RunFacts.Steps(run);
        return McpResults.Ok(told);
    }
}

/// <summary>Says why a run failed, or why it waits.</summary>
internal sealed class ExplainRun(AwaitRun wait) : McpTool
{
    private const int Lines = 30;

    public override string Name => "explain_run";

    public override string Title => "Explain a run";

    public override string Description =>
        "Says why a run failed or waits: the step, the reason, the settings it was called with, the data of the start and the last lines "
        + "of the log.";

    public override Permission Needs => AwaitRun.Needs;

    protected override JsonObject Arguments => new() { ["run"] = Text("The id, exe_….") };

    protected override IReadOnlyList<string> Required => ["run"];

    public override async Task<CallToolResult> CallAsync(Caller caller, McpArguments arguments, CancellationToken cancellationToken)
    {
        var id = arguments.Id("run");
        if (arguments.Refusal is { } refusal) return McpResults.Refused(refusal);
        var read = await wait.RunAsync(caller, id, TimeSpan.Zero, cancellationToken);
        if (!read.Ok) return McpResults.Refused(read.Problem);
        using var run = read.Value;
        var told = RunFacts.Of(run);
        var outside = told[McpResults.Untrusted] as JsonObject ?? [];
        outside["payload"] = McpResults.Outside(run.State.Payload);
        if (run.Definition.Nodes.FirstOrDefault(n => run.Step(n.Id) is { IsOver: false, Status: not StepStatus.NotStarted }
            or { Status: StepStatus.Failed }) is { } node)
        {
            told["step"] = new JsonObject
            {
                ["node"] = node.Id,
                ["type"] = node.Type,
                ["config"] = McpResults.Outside(node.Config),
            };
            outside["settings_it_was_called_with"] = McpResults.Outside(run.SettingsUsed(node.Id));
        }

        var log = run.Entries.TakeLast(Lines).Select(RunLogEntry.Of).Select(l => (JsonNode)$"{l.Level} {l.NodeId} {l.Message}");
        outside["log"] = new JsonArray([.. log]);
        told[McpResults.Untrusted] = outside;
        return McpResults.Ok(told);
    }
}

/// <summary>Ends a run.</summary>
internal sealed class CancelRun(ControlRun control) : McpTool
{
    public override string Name => "cancel_run";

    public override string Title => "Cancel a run";

    public override string Description => "Ends a run that is not over; its open steps are canceled.";

    public override Permission Needs => ControlRun.Needs;

    public override bool IsReadOnly => false;

    public override bool IsDestructive => true;

    protected override JsonObject Arguments => new() { ["run"] = Text("The id, exe_….") };

    protected override IReadOnlyList<string> Required => ["run"];

    public override async Task<CallToolResult> CallAsync(Caller caller, McpArguments arguments, CancellationToken cancellationToken)
    {
        var id = arguments.Id("run");
        if (arguments.Refusal is { } refusal) return McpResults.Refused(refusal);
        return McpResults.Of(await control.CancelAsync(caller, id, null, cancellationToken),
            _ => new JsonObject { ["run"] = ShownId.Execution(id), ["asked"] = "cancel" });
    }
}
