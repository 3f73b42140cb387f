using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Mcp.Tools;

/// <summary>Starts a run and waits for its end for a while.</summary>
internal sealed class RunWorkflow(StartRun start, AwaitRun wait) : McpTool
{
    /// <summary>The longest wait, in seconds.</summary>
    public const int LongestWait = 60;

    private const int UsualWait = 20;

    public override string Name => "run_workflow";

    public override string Title => "Run a workflow";

    public override string Description =>
        "Starts a run of a published workflow with some data and waits for its end. A run that is not over then goes on: read_run tells "
        + "how it stands.";

    public override Permission Needs => StartRun.Needs;

    public override bool IsReadOnly => false;

    protected override JsonObject Arguments => new()
    {
        ["workflow"] = Text("The id, wf_…."),
        ["payload"] = Object("The data, which expressions know as $initialPayload."),
        ["wait_seconds"] = Number($"How long to wait for the end; {UsualWait} when left out, 0 for not at all.", 0, LongestWait),
    };

    protected override IReadOnlyList<string> Required => ["workflow"];

    public override async Task<CallToolResult> CallAsync(Caller caller, McpArguments arguments, CancellationToken cancellationToken)
    {
        var (id, seconds) = (arguments.Id("workflow"), arguments.Number("wait_seconds", UsualWait, 0, LongestWait));
        var payload = arguments.Object("payload") ?? JsonElement.Parse("{}");
        if (arguments.Refusal is { } refusal) return McpResults.Refused(refusal);
        return await StartAsync(start, wait, caller, id, payload, TimeSpan.FromSeconds(seconds), cancellationToken);
    }

    /// <summary>Starts a run, waits, and tells how it stands.</summary>
    public static async Task<CallToolResult> StartAsync(
        StartRun start, AwaitRun wait, Caller caller, Guid id, JsonElement payload, TimeSpan longest, CancellationToken cancellationToken)
    {
        var started = await start.RunAsync(caller, id, payload, "api", null, cancellationToken);
        if (!started.Ok) return McpResults.Refused(started.Problem);
        using var run = (await wait.RunAsync(caller, started.Value.RunId, longest, cancellationToken)).Value;
        // whoever may start runs and not see them is told that there is one
        return McpResults.Ok(run is null
            ? new JsonObject { ["run"] = ShownId.Execution(started.Value.RunId), ["status"] = "processing" }
            : RunFacts.Of(run));
    }
}
