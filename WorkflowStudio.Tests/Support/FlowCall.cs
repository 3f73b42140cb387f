using System.Text.Json;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Support;

/// <summary>
/// Calls a flow step as the engine would: settings resolved over a payload, on Tuesday, November 24, 2026, 16:14 UTC, in Houston.
/// </summary>
internal sealed class FlowCall(NodeType node, string config, string payload = "{}")
{
    public List<string> Log { get; } = [];

    public DateTimeOffset Now { get; set; } = new(2026, 11, 24, 16, 14, 0, TimeSpan.Zero);

    public JsonElement State { get; set; }

    public NodeWake Wake { get; set; } = NodeWake.FirstCall;

    public async Task<NodeOutcome> RunAsync()
    {
        var scope = new FakeScope(payload);
        var resolution = node.Compile(JsonElement.Parse(config)).Resolve(scope);
        Assert.True(resolution.Succeeded, string.Join(" ", resolution.Problems.Select(p => p.Problem.Message)));
        return await node.ExecuteAsync(
            NodeInputs.With(resolution.Value.GetRawText()) with
            {
                Run = NodeInputs.With("{}").Run with { TimeZone = "America/Chicago" },
                Payload = scope.Payload,
                Scope = scope,
                Now = Now,
                State = State,
                Wake = Wake,
                Log = (level, line) => Log.Add(level == NodeLogLevel.Info ? line : $"{level}: {line}"),
            },
            default);
    }

    /// <summary>Calls the step and expects it to be done: its port, a space, its output.</summary>
    public async Task<string> DoneAsync()
    {
        var outcome = await RunAsync();
        var done = Assert.IsType<NodeOutcome.Completed>(outcome);
        return done.Port is null ? done.Output.GetRawText() : $"{done.Port} {done.Output.GetRawText()}";
    }

    /// <summary>Calls the step and expects a failure: its code, a colon, its message.</summary>
    public async Task<string> FailureAsync()
    {
        var outcome = await RunAsync();
        var failed = Assert.IsType<NodeOutcome.Failed>(outcome);
        Assert.False(failed.Retryable);
        return $"{failed.Code}: {failed.Message}";
    }

    /// <summary>Calls the step, expects it to wait, and wakes it at a time.</summary>
    public async Task<NodeOutcome.Waiting> WaitAsync()
    {
        var waiting = Assert.IsType<NodeOutcome.Waiting>(await RunAsync());
        State = waiting.State;
        return waiting;
    }

    /// <summary>What the checks at save say of the settings: code, place, message.</summary>
    public static IEnumerable<string> Problems(NodeType node, string config) =>
        new NodeCatalog([node]).CheckSettings(new() { Id = "n", Type = node.Type, Config = JsonElement.Parse(config) })
            .Select(p => $"{p.Code} {p.Path}: {p.Message}");
}
