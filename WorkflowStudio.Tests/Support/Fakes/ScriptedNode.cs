using System.Text.Json;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Tests.Support.Fakes;

/// <summary>A step type that does what a test tells it to.</summary>
internal sealed class ScriptedNode(string type, Func<NodeInput, CancellationToken, ValueTask<NodeOutcome>> script, bool effect = false,
    bool waits = false, string[]? ports = null, string? body = null, int? quorum = null)
    : NodeType(new StepAttribute(type, type, NodeGroup.Flow, "science")
    {
        Does = "Does what a test tells it to.", Example = "{}", Ports = ports, HasOutsideEffect = effect, Waits = waits, HandsOn = true,
    })
{
    private int calls;

    public int Calls => Volatile.Read(ref calls);

    public override NodeSchema Settings => NodeSchema.None;

    public override NodeSchema Output => NodeSchema.None;

    public override NodeShape Shape(JsonElement config) =>
        Usual with { BodyPort = body, CollectSetting = body is null ? null : "collect", Quorum = quorum };

    public override ValueTask<NodeOutcome> ExecuteAsync(NodeInput input, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref calls);
        return script(input, cancellationToken);
    }

    /// <summary>A step that completes with its settings as output.</summary>
    public static ScriptedNode Echo(string type = "echo", bool effect = false) =>
        new(type, (input, _) => ValueTask.FromResult<NodeOutcome>(new NodeOutcome.Completed(input.Settings)), effect);

    /// <summary>A step that fails.</summary>
    public static ScriptedNode Failing(string type = "failing", bool retryable = false) =>
        new(type, (_, _) => ValueTask.FromResult<NodeOutcome>(
            new NodeOutcome.Failed("no_luck", "It did not work. Try another day.", retryable)), effect: true);

    /// <summary>A step that takes the port that its setting <c>port</c> names.</summary>
    public static ScriptedNode Branch(params string[] ports) => new(
        "branch", (input, _) => ValueTask.FromResult<NodeOutcome>(
            new NodeOutcome.Completed(JsonElement.Parse("{}"), input.Settings.GetProperty("port").GetString())), ports: ports);

    /// <summary>A step that runs the steps behind <c>each</c> for the items of its setting <c>items</c>.</summary>
    public static ScriptedNode ForEach(int concurrency = 1, bool keepGoing = false) => new(
        "each", (input, _) => ValueTask.FromResult<NodeOutcome>(
            new NodeOutcome.ForEach(input.Settings.GetProperty("items"), concurrency, keepGoing)), ports: ["each", "done"], body: "each");

    /// <summary>A step that waits once for a time and a signal, then completes with what woke it.</summary>
    public static ScriptedNode Waiting(TimeSpan? forTime, string? signal, string type = "waiting") => new(
        type,
        (input, _) => ValueTask.FromResult<NodeOutcome>(input.Wake.Kind == NodeWakeKind.FirstCall
            ? new NodeOutcome.Waiting(input.Now + forTime, signal, JsonElement.Parse("""{"asked":1}"""), "an answer")
            : new NodeOutcome.Completed(JsonSerializer.SerializeToElement(new
            {
                why = input.Wake.Kind.ToString(),
                signal = input.Wake.Signal,
                remembered = input.State.GetProperty("asked").GetInt32(),
            }))),
        effect: true, waits: true);
}
