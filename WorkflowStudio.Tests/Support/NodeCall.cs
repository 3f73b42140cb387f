using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Tests.Support;

/// <summary>Calls a step as the engine would, with the payload of the reference example unless told otherwise, and keeps its log.</summary>
internal sealed class NodeCall(PracticeFixture practice, NodeType node, string settings)
{
    public const string Payload =
        """{"form_message":"I have had a rash on my left arm for two weeks and would like an appointment next week, mornings are best.","first_name":"Maria","last_name":"Lopez","email":"maria.lopez@example.test","phone":"+17135550142"}""";

    public JsonElement PayloadData { get; set; } = JsonElement.Parse(Payload);

    public List<StepOutput> Upstream { get; } = [];

    public List<string> Log { get; } = [];

    public JsonElement State { get; set; }

    public NodeWake Wake { get; set; } = NodeWake.FirstCall;

    public Guid RunId { get; set; } = practice.Tenant.WorkspaceId;

    public string NodeId { get; set; } = "node_1";

    public string EffectKey { get; set; } = "run/step";

    public DateTimeOffset? Since { get; set; }

    public NodeCall After(string output, string id = "before")
    {
        Upstream.Insert(0, new StepOutput(id, JsonElement.Parse(output)));
        return this;
    }

    public NodeCall With(string payload)
    {
        PayloadData = JsonElement.Parse(payload);
        return this;
    }

    public async Task<NodeOutcome> RunAsync() => await node.ExecuteAsync(
        new NodeInput
        {
            Run = new RunFacts(RunId, practice.Tenant.WorkspaceId, "Intake", practice.Tenant, PracticeFixture.Zone),
            NodeId = NodeId,
            Settings = JsonElement.Parse(settings),
            Payload = PayloadData,
            Upstream = Upstream,
            Attempt = 1,
            EffectKey = EffectKey,
            Now = practice.Clock.GetUtcNow(),
            Since = Since,
            State = State,
            Wake = Wake,
            Log = (level, line) => Log.Add(level == NodeLogLevel.Info ? line : $"{level}: {line}"),
        },
        default);

    /// <summary>Calls the step and expects it to be done.</summary>
    public async Task<JsonElement> OutputAsync() => Assert.IsType<NodeOutcome.Completed>(await RunAsync()).Output;

    /// <summary>Calls the step and expects it to wait; the next call gets its state.</summary>
    public async Task<NodeOutcome.Waiting> WaitAsync()
    {
        var waiting = Assert.IsType<NodeOutcome.Waiting>(await RunAsync());
        State = waiting.State;
        return waiting;
    }

    /// <summary>Moves the clock to the end of the wait.</summary>
    public NodeCall WakeAt(DateTimeOffset time)
    {
        practice.Clock.AdjustTime(time);
        Wake = new NodeWake(NodeWakeKind.Time, null, default);
        return this;
    }
}
