using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Code;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Engine.Nodes.Http;
using static WorkflowStudio.Tests.Model.Definitions;

namespace WorkflowStudio.Tests.Model;

public sealed class WorkflowSurroundingsTests
{
    private static readonly Guid FollowUp = Guid.Parse("0190aaaa-0000-7000-8000-000000000007");

    private static readonly WorkflowSurroundings Around = new(
        [new(FollowUp, "follow-up", "Follow up", WorkflowStatus.Active), new(Guid.Empty, "recall", "Recall", WorkflowStatus.Paused)],
        new Dictionary<string, IReadOnlyList<string>>
        { [ConnectionKinds.Http] = ["crm"], [ConnectionKinds.WebhookSecret] = ["hub"] });

    [Theory]
    [InlineData("follow-up", null)]
    [InlineData(" follow-up ", null)]
    [InlineData("wf_0190aaaa000070008000000000000007", null)]
    [InlineData("{{ $initialPayload.which }}", null)]
    [InlineData("folow-up", "warning unknown_workflow nodes[0].config.workflow [s] There is no workflow folow-up, so the step fails. "
        + "Choose one that is there, or make it first. Did you mean follow-up?")]
    [InlineData("wf_0190aaaa000070008000000000000008", "warning unknown_workflow nodes[0].config.workflow [s] There is no workflow "
        + "wf_0190aaaa000070008000000000000008, so the step fails. Choose one that is there, or make it first.")]
    [InlineData("recall", "warning workflow_not_active nodes[0].config.workflow [s] The workflow Recall is not active, so the step fails. "
        + "Activate it, or choose another.")]
    public void Validate_AWorkflowThatAStepStarts_HasToBeThere(string workflow, string? problem) =>
        Assert.Equal(
            problem is null ? [] : [problem], Found(Of("trigger>s", Step("s", "sub_workflow", $$"""{"workflow":"{{workflow}}"}"""))));

    [Theory]
    [InlineData("crm", null)]
    [InlineData("", null)]
    [InlineData("crn", "warning no_connection nodes[0].config.connection [h] There is no HTTP connection crn, so the step fails. Choose "
        + "another, or make it under Connections. Did you mean crm?")]
    public void Validate_AConnectionThatAStepUses_HasToBeThere(string connection, string? problem) =>
        Assert.Equal(problem is null ? [] : [problem],
            Found(Of("trigger>h", Step("h", "http_request", $$"""{"url":"https://example.test/","connection":"{{connection}}"}"""))));

    [Theory]
    [InlineData("hub", null)]
    [InlineData("hob", "warning no_connection trigger.config.signature.connection [] There is no WEBHOOK-SECRET connection hob, so every "
        + "post is refused. Choose another, or make it under Connections. Did you mean hub?")]
    public void Validate_TheSecretOfASignature_HasToBeThere(string connection, string? problem)
    {
        var config = System.Text.Json.JsonElement.Parse($$$"""{"signature":{"scheme":"github","connection":"{{{connection}}}"}}""");
        Assert.Equal(problem is null ? [] : [problem], Found(
            Of("trigger>e", Step("e", "end", "{}")) with { Trigger = new WorkflowTrigger { Type = "webhook", Config = config } }));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "warning code_not_allowed nodes[0] [c] This workspace does not allow code, so the step fails. Whoever may change "
        + "the settings of the workspace (its owners and admins) can allow it, on the server: practice code --allow on.")]
    public void Validate_AStepOfCode_HasToBeAllowed(bool allows, string? problem) => Assert.Equal(
        problem is null ? [] : [problem],
        Found(Of("trigger>c", Step("c", "code", """{"code":"return 1"}""")), Around with { AllowsCode = allows }));

    [Fact]
    public void Validate_TheWorkflowForFailures_HasToBeThere() => Assert.Equal(
        ["warning unknown_workflow settings.error_workflow [] There is no workflow alarm, so nothing is started when a run fails. Choose "
            + "one that is there, or make it first."],
        Found(Of("trigger>e", Step("e", "end", "{}")) with { Settings = new() { ErrorWorkflow = "alarm" } }));

    [Fact]
    public void Validate_AStepThatIsSwitchedOff_MayNameWhatIsNotThere() =>
        Assert.Empty(Found(Of("trigger>s", Step("s", "sub_workflow", """{"workflow":"gone"}""") with { Disabled = true })));

    [Fact]
    public void Validate_WhereNotAllWorkflowsAreKnown_NoneIsMissing() =>
        Assert.Empty(Found(Of("trigger>s", Step("s", "sub_workflow", """{"workflow":"gone"}""")), Around with { IsComplete = false }));

    private static IEnumerable<string> Found(WorkflowDefinition definition, WorkflowSurroundings? around = null) =>
        new WorkflowValidator(new NodeCatalog(
                [new SubWorkflowNode(), new HttpRequestNode(null!, null!, null!), new CodeNode(null!), new EndNode()]))
            .Validate(definition, around: around ?? Around)
            .Select(p => $"{(p.Severity == ProblemSeverity.Warning ? "warning " : "")}{p.Code} {p.Path} [{p.NodeId}] {p.Message}");
}
