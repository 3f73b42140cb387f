using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

public sealed class EndNodeTests
{
    [Theory]
    [InlineData("""{"output":{"who":"{{ name }}","n":1}}""", """{"who":"Maria","n":1}""")]
    [InlineData("{}", "{}")]
    public async Task Execute_Output_EndsTheRunWithIt(string config, string expected) =>
        Assert.Equal(expected, Assert.IsType<NodeOutcome.EndRun>(await new FlowCall(new EndNode(), config, """{"name":"Maria"}""")
            .RunAsync()).Output.GetRawText());

    [Fact]
    public void Type_EndsTheRun() => Assert.True(new NodeCatalog([new EndNode()]).Find("end")!.Ends);
}

public sealed class StopNodeTests
{
    [Theory]
    [InlineData("""{"code":"no_insurance","message":"{{ name }} has none."}""", "no_insurance: Maria has none.")]
    [InlineData("""{"message":"No."}""", "stopped: No.")]
    [InlineData("""{"code":"a b","message":"No."}""",
        "wrong_setting: The code holds characters other than letters, digits, _, - and a dot. (Setting: code)")]
    public async Task Execute_Reason_IsTheFailure(string config, string expected) =>
        Assert.Equal(expected, await new FlowCall(new StopNode(), config, """{"name":"Maria"}""").FailureAsync());

    [Fact]
    public void Type_EndsTheRun() => Assert.True(new NodeCatalog([new StopNode()]).Find("stop")!.Ends);
}

public sealed class SubWorkflowNodeTests
{
    [Theory]
    [InlineData("""{"workflow":"follow-up","payload":{"who":"{{ name }}"}}""", """{"who":"Maria"}""", true)]
    [InlineData("""{"workflow":" follow-up ","wait":false}""", """{"name":"Maria"}""", false)]
    public async Task Execute_FirstCall_StartsTheWorkflow(string config, string payload, bool wait)
    {
        var start = Assert.IsType<NodeOutcome.StartRun>(
            await new FlowCall(new SubWorkflowNode(), config, """{"name":"Maria"}""").RunAsync());

        Assert.Equal(("follow-up", payload, wait), (start.Workflow, start.Payload.GetRawText(), start.Wait));
    }

    [Fact]
    public async Task Execute_StartedRunIsDone_HandsOnItsOutput() =>
        Assert.Equal("""{"run_id":"run_1","output":{"n":1}}""",
            await Woken("""{"run_id":"run_1","status":"done","output":{"n":1},"error":null}""").DoneAsync());

    [Theory]
    [InlineData("""{"run_id":"run_1","status":"failed","output":null,"error":{"code":"x","message":"No slot."}}""",
        "sub_workflow_failed: The workflow that was started failed: No slot. (Run: run_1)")]
    [InlineData("""{"run_id":"run_1","status":"canceled","error":null}""",
        "sub_workflow_failed: The workflow that was started was canceled. (Run: run_1)")]
    public async Task Execute_StartedRunDidNotEndWell_Fails(string told, string expected) =>
        Assert.Equal(expected, await Woken(told).FailureAsync());

    [Theory]
    [InlineData("""{"run_id":"run_1","status":"failed","output":null,"error":{"code":"x","message":"No slot.","node_id":"book"}}""",
        """{"code":"x","message":"No slot.","node_id":"book","run_id":"run_1"}""")]
    [InlineData("""{"run_id":"run_1","status":"canceled","error":null}""",
        """{"code":"canceled","message":null,"node_id":null,"run_id":"run_1"}""")]
    public async Task Execute_StartedRunDidNotEndWell_CarriesItsFailure(string told, string cause) =>
        Assert.Equal(cause, Assert.IsType<NodeOutcome.Failed>(await Woken(told).RunAsync()).Cause.GetRawText());

    private static FlowCall Woken(string told) => new(new SubWorkflowNode(), """{"workflow":"follow-up"}""")
    {
        Wake = new NodeWake(NodeWakeKind.Signal, "run:1", System.Text.Json.JsonElement.Parse(told)),
    };
}
